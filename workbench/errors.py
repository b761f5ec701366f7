"""What can go wrong with a desk and its service, and the one type under which both faces catch every failure."""

from corpus.errors import CorpusError
from glossary.errors import GlossaryError


class WorkbenchError(Exception):
    """A failure a user can do something about; see `corpus.errors.CorpusError` for `template` and `values`."""

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


class DeskError(WorkbenchError):
    """A file that is no desk, or one that this version cannot use."""


class DeskFailure(DeskError):
    """What the system under a desk's file does not let the workbench do; what is stored stays as it was."""


class DeskBusy(DeskFailure):
    """A desk that another program has been writing to for too long: the same is worth another try."""


class ServiceError(WorkbenchError):
    """A server that cannot start."""


class EngineError(WorkbenchError):
    """A machine translation that is not to be had."""


class NotAllowed(WorkbenchError):
    """Something that the user's role does not let them do."""


class CannotGiveRole(WorkbenchError):
    """A change of somebody's role that the desk does not allow."""


class JobError(WorkbenchError):
    """Work in the background that cannot be done."""


USER_ERRORS = (CorpusError, GlossaryError, WorkbenchError)
"""What a command line or a page answers with one sentence; anything else is a defect of the workbench."""
