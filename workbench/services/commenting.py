"""Comments on the units of a bitext: they are written, mention people, are resolved and reopened."""

import re
from collections.abc import Iterable

from corpus.errors import NotFound
from workbench.desk import Desk
from workbench.errors import CannotComment
from workbench.stores.comments import Comment
from workbench.stores.roles import Permission

LONGEST_COMMENT = 5000


def add_comment(desk: Desk, bitext: int, unit: int, text: str, returned_to: str | None = None) -> Comment:
    """Comments on a unit and returns the comment; raises CannotComment where it has no text, or too long a one.

    One with which the unit is `returned_to` somebody mentions them.
    """
    desk.require(Permission.COMMENT)
    found = desk.bitexts.unit_in(bitext, unit)
    text = text.strip()
    if not text:
        raise CannotComment("A comment has a text: write one.")
    if len(text) > LONGEST_COMMENT:
        raise CannotComment("This comment is too long: {most} characters are the most.", most=LONGEST_COMMENT)
    mentions = mentioned(text, desk.people.known())
    if returned_to:
        mentions = list(dict.fromkeys([returned_to, *mentions]))
    return desk.comments.add(bitext, found.id, text, mentions, returned_to is not None)


def settle_comment(desk: Desk, bitext: int, unit: int, comment: int, resolved: bool) -> Comment:
    """Resolves a comment on a unit, or reopens it, and returns it; raises NotFound where the unit has no such one."""
    desk.require(Permission.COMMENT)
    found = desk.comments.get(comment)
    if (found.bitext, found.unit) != (bitext, unit):
        raise NotFound("There is no comment {id} on this unit.", id=comment)
    return desk.comments.settle(comment, resolved)


def mentioned(text: str, names: Iterable[str]) -> list[str]:
    """Returns the names that a text mentions, such as `@Wang` or `@LIU Wei`, in the order of their first places."""
    found = dict.fromkeys(name for _, name in split_mentions(text, names) if name)
    return list(found)


def split_mentions(text: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """Returns the parts of a text in order, each with the name that it mentions, if it does.

    Of several names that fit the longest counts. A Latin name ends where its word ends; a Chinese one may be followed
    by anything, since Chinese has no spaces.
    """
    known = {name.casefold(): name for name in names}
    if not known:
        return [(text, "")]
    choices = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<![A-Za-z0-9])[@＠]({choices})(?:(?<=[⺀-鿿])|(?![^\W⺀-鿿]))", re.IGNORECASE)
    parts, end = [], 0
    for match in pattern.finditer(text):
        parts += [(text[end : match.start()], ""), (match[0], known.get(match[1].casefold(), ""))]
        end = match.end()
    return [part for part in [*parts, (text[end:], "")] if part[0]]
