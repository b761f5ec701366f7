"""The errors of a desk and its service, and the one type under which both faces catch every failure."""

from corpus.text.messages import UserError


class DeskError(UserError):
    """A file that is no desk, or one that this version cannot use."""


class DeskFailure(DeskError):
    """An operation that the system under a desk's file does not allow; what is stored stays as it was."""


class DeskBusy(DeskFailure):
    """A desk that another program has been writing to for too long: the same is worth another try."""


class ServiceError(UserError):
    """A server that cannot start."""


class EngineError(UserError):
    """A machine translation that is not to be had."""


class NotAllowed(UserError):
    """Something that the user's role does not let them do."""


class InvalidName(UserError):
    """A name that a person cannot have in the histories of a desk."""


class CannotComment(UserError):
    """A comment that cannot be kept as it is."""


class CannotAssign(UserError):
    """A day or a person that a bitext cannot be given to."""


class CannotReview(UserError):
    """A step of the review that a unit does not allow."""


class CannotGiveRole(UserError):
    """A change of somebody's role that the desk does not allow."""


class JobError(UserError):
    """Work in the background that cannot be done."""
