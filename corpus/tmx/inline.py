"""The text of a segment among the elements that stand in it.

The text of `hi` is text, native code in `bpt`, `ept`, `it`, `ph` and `ut` is not, nor what a code holds for itself in
`sub` (TMX 1.4b, section 3.4). What follows an element is always text.
"""

from typing import Any

from corpus.text.xml import local

_CODE = frozenset({"bpt", "ept", "it", "ph", "ut"})


def plain(segment: Any) -> str:
    """Returns the text without native code."""
    if not len(segment):
        return segment.text or ""
    parts = [segment.text or ""]
    for child in segment:
        if local(child) not in _CODE:
            parts.append(plain(child))
        parts.append(child.tail or "")
    return "".join(parts)


def has_codes(segment: Any) -> bool:
    """Returns whether native code stands in a segment, at any depth."""
    return any(local(element) in _CODE for element in segment.iter())
