"""The kinds of work that are done as jobs: each a function of a desk, arguments and progress that returns a result."""

from collections.abc import Mapping
from typing import Any

from corpus.errors import Conflict
from workbench.desk import Desk
from workbench.jobs.worker import Kind
from workbench.pairing import propose
from workbench.progress import Progress
from workbench.proposals import Wanted


def align(desk: Desk, arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Aligns the articles `source` and `target`; where they are aligned already, that is their bitext."""
    source, target = arguments["source"], arguments["target"]
    known = [bitext.id for bitext in desk.bitexts.of_article(source) if bitext.target_article == target]
    return {"bitext": known[0] if known else desk.align(source, target, progress=progress)}


def realign(desk: Desk, arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Runs the aligner again over a `bitext` that is at `revision`."""
    conflict = Conflict(
        "Somebody changed this bitext while it was to be realigned, so it was left as it is now. "
        "Realign it again if that is still wanted."
    )
    # Before the work, too: it may have waited long.
    if desk.bitexts.get(arguments["bitext"]).revision != arguments["revision"]:
        raise conflict
    try:
        change = desk.realign(arguments["bitext"], arguments["revision"], progress)
    except Conflict:
        raise conflict from None
    return {"bitext": arguments["bitext"], "changed": bool(change.before or change.after)}


def pair(desk: Desk, arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Proposes pairs among the free articles in two languages that were taken in `since` a day."""
    wanted = Wanted(arguments["source_language"], arguments["target_language"], arguments["since"])
    return {"proposed": propose(desk, wanted, progress)}


KINDS: dict[str, Kind] = {"align": align, "realign": realign, "pair": pair}
