"""Sentences for the user that a page can say in its own language: a template in English and what fills it."""

from collections.abc import Mapping
from typing import Any


def sentence(template: str) -> str:
    """Marks a sentence for the user, so that the catalogues of translations have it; gives it back as it is."""
    return template


class Message(str):
    """A few English words that say why, already filled; `template` and `values` let a page say it in its language."""

    template: str
    values: Mapping[str, object]

    def described(self) -> dict[str, Any]:
        """Template and values, as plain data."""
        return {"template": self.template, "values": dict(self.values)}

    def __new__(cls, template: str, /, **values: object) -> "Message":
        message = super().__new__(cls, template.format(**values))
        message.template = template
        message.values = values
        return message


class UserError(Exception):
    """A failure a user can do something about; a face answers it with its sentence, anything else is a defect.

    `template` is the English sentence with `{names}` and `values` fills them, so that a page can translate the
    sentence before filling it; `str()` gives the English one filled.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values
