"""The bands in which matches are counted before work begins, as translators' offers and invoices have them."""

from enum import StrEnum


class Band(StrEnum):
    """The band of a unit: its best match, or that its text was met before.

    A unit whose text stood earlier in its own text, or in another one of those that are counted together, is a
    repetition, whatever is in the memory, unless the memory has it from the same place (102, 101).
    """

    BOTH_NEIGHBOURS = "102"
    ONE_NEIGHBOUR = "101"
    REPETITION = "repetition"
    REPETITION_ACROSS = "repetition across"
    EXACT = "100"
    FROM_95 = "95–99"
    FROM_85 = "85–94"
    FROM_75 = "75–84"
    FROM_50 = "50–74"
    NEW = "new"


LOWEST = 50
"""The lowest score that has a band; what is below is new."""

_FROM = ((102, Band.BOTH_NEIGHBOURS), (101, Band.ONE_NEIGHBOUR), (100, Band.EXACT), (95, Band.FROM_95),
         (85, Band.FROM_85), (75, Band.FROM_75), (LOWEST, Band.FROM_50))  # fmt: skip


def band_of(score: int) -> Band:
    """Returns the band of a match of so many percent."""
    return next((band for least, band in _FROM if score >= least), Band.NEW)
