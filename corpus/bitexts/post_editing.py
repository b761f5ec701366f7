"""How far a target was changed since it was put in from the memory, the machine or an alignment.

The measure is Levenshtein's edit distance (1966) over characters, divided by the length of the longer text.
"""

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from corpus.bitexts.model import Origin, Unit
from corpus.text import languages


def draft_of(versions: Sequence[Unit]) -> Unit | None:
    """Returns the version in which the text was last put in that a person went on from; None where it was typed.

    `versions` are all of a unit, the oldest first.
    """
    draft: Unit | None = None
    before: Unit | None = None
    for version in versions:
        put_in = before is None or version.provenance != before.provenance
        if not version.target:
            draft = None
        elif version.origin not in (Origin.TYPED, Origin.NONE) and (put_in or draft is None):
            draft = version
        before = version
    return draft


def changed_share(versions: Sequence[Unit], language: str) -> float | None:
    """Returns the share (0…1) of a target that was changed since it was put in; None where it was typed.

    `versions` are all of a unit, the oldest first, the present one last.
    """
    draft = draft_of(versions)
    if draft is None:
        return None
    begun, now = (languages.join(unit.target, language) for unit in (draft, versions[-1]))
    return Levenshtein.normalized_distance(begun, now)
