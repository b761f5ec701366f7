"""Masks: what stands in a text in the place of something that an engine is not to touch."""

import regex

# Made-up names: most models take them over as they are, where they translate, split or drop other signs.
_SHAPES = ("XQ{}", "__T{}__", "ZX{}ZX")


def free_masks(text: str, count: int, shape: int = 0) -> list[str]:
    """Returns masks that do not stand in a text; there are three shapes, of which an engine may keep one better."""
    masks: list[str] = []
    number = 0
    while len(masks) < count:
        number += 1
        mask = _SHAPES[shape].format(number)
        if mask.casefold() not in text.casefold():
            masks.append(mask)
    return masks


SHAPES = range(len(_SHAPES))


def put(text: str, places: list[tuple[int, int]], masks: list[str]) -> str:
    """Returns a text with masks in some places, which are in order and do not overlap."""
    parts, done = [], 0
    for (start, end), mask in zip(places, masks, strict=True):
        parts += [text[done:start], mask]
        done = end
    return "".join([*parts, text[done:]])


def place(draft: str, mask: str) -> tuple[int, int] | None:
    """Returns the place of a mask in a draft; None where it is gone, or stands there several times."""
    pattern = rf"(?<![\p{{Latin}}\d_]){regex.escape(mask)}(?![\p{{Latin}}\d_])"
    found = list(regex.finditer(pattern, draft, regex.IGNORECASE))
    return found[0].span() if len(found) == 1 else None
