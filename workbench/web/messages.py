"""Sentences for the user in the language of the page: translated first, then filled."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from corpus.text.messages import Message, UserError
from workbench.stores.jobs import JobMessage


def translated(message: UserError | Message | JobMessage | Mapping[str, Any]) -> str:
    """The sentence of a failure, a message, or the plain data that one was kept as."""
    if isinstance(message, Mapping):
        return filled(message["template"], message["values"])
    return filled(message.template, message.values)


def filled(template: str, values: Mapping[str, object]) -> str:
    """A template in the language of the page, with its values; one of them may be a sentence itself."""
    sentence: str = gettext(template)
    return sentence.format(**{name: _value(value) for name, value in values.items()})


def _value(value: object) -> object:
    return translated(value) if isinstance(value, Message | dict) else value
