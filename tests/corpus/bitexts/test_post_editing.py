"""How far a target was changed since it was put in."""

import pytest

from corpus.bitexts.model import Origin, Provenance, Unit
from corpus.bitexts.post_editing import changed_share

MACHINE = Provenance(Origin.MACHINE, None, "argos")


def versions(*texts: tuple[str, Provenance]) -> list[Unit]:
    return [Unit(("x",), (text,) if text else ()).made(provenance) for text, provenance in texts]


TYPED = Provenance(Origin.TYPED)
NONE = Provenance()


@pytest.mark.parametrize(
    ("history", "share"),
    [
        ([("", NONE), ("十个字的机器译文啊啊", MACHINE)], 0.0),
        ([("", NONE), ("十个字的机器译文啊啊", MACHINE), ("十个字的机器译文吧吧", MACHINE)], 0.2),
        # Step by step it is one draft.
        ([("一二三四", MACHINE), ("一二三", MACHINE), ("一二", MACHINE)], 0.5),
        # Emptied, and typed anew.
        ([("一二三四", MACHINE), ("", NONE), ("五六", TYPED)], None),
        ([("五六", TYPED)], None),
    ],
)
def test_the_share_is_that_of_the_longer_text(history: list[tuple[str, Provenance]], share: float | None):
    assert changed_share(versions(*history), "zh-Hans") == share
