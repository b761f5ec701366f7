"""Alignment at the desk: two articles become a bitext, and its units are rearranged and aligned again."""

from collections.abc import Iterable, Sequence
from functools import partial

from corpus import alignment
from corpus.alignment.calibration import scale_of
from corpus.bitexts import operations
from corpus.bitexts.model import Bead
from corpus.bitexts.operations import Action
from corpus.bitexts.store import units_from_beads
from corpus.bitexts.undo import Change, Seen
from corpus.embeddings import Encoder
from corpus.embeddings.cache import CachedEncoder
from corpus.embeddings.metered import MeteredEncoder
from corpus.text.progress import Meter, Progress, silent
from workbench import settings
from workbench.desk import Desk
from workbench.services.term_recognition import renderings_in
from workbench.services.unit_editing import record_step


def align_articles(
    desk: Desk, source: int, target: int, beads: Iterable[Bead] | None = None, progress: Progress = silent
) -> int:
    """Aligns two articles, by the aligner or by given beads, and returns the id of the new bitext."""
    source_article, target_article = desk.articles.get(source), desk.articles.get(target)
    if beads is None:
        sentences, others = source_article.sentences(), target_article.sentences()
        total = len(sentences) + len(others)
        paragraphs = source_article.paragraph_numbers(), target_article.paragraph_numbers()
        align = _aligner(desk, source_article.language, target_article.language, total, progress, paragraphs)
        beads = align(sentences, others)
    units = units_from_beads(source_article, target_article, beads)
    return desk.bitexts.add(units, source_article, target_article.language, target_article)


def rearrange_bitext(desk: Desk, bitext: int, revision: int, action: Action, seen: Seen = ()) -> Change:
    """Carries out an action of the alignment editor, as a step that can be undone.

    Raises Conflict where the bitext has gone on from `revision` and a unit that the action changes is not as it
    was `seen`, as id and version; CannotRearrange where the action has no place.
    """
    operation = partial(operations.apply, action=action)
    return record_step(desk, lambda: desk.undo_log.record(bitext, action.name, operation, revision, seen))


def realign_bitext(desk: Desk, bitext: int, revision: int, progress: Progress = silent) -> Change:
    """Runs the aligner again between the accepted units; raises Conflict where the bitext is not at `revision`."""
    found, before = desk.bitexts.get(bitext), desk.bitexts.units(bitext)
    total = operations.open_sentences(before)
    # Before the step: nobody has to wait for the aligner to write to the desk.
    units = operations.realign(before, _aligner(desk, found.source_language, found.target_language, total, progress))
    return record_step(desk, lambda: desk.undo_log.record(bitext, "realign", lambda _: units, revision))


def _aligner(
    desk: Desk,
    language: str,
    target_language: str,
    total: int,
    progress: Progress,
    paragraphs: tuple[Sequence[int], Sequence[int]] | None = None,
) -> operations.Align:
    """Returns the aligner of `total` sentences in two languages, in one or more stretches, as the term base hints."""
    # A sentence is one step as it is encoded and one as it is aligned.
    meter = Meter(2 * total, progress)
    bare = encoder_of(desk)
    encoder, scale = MeteredEncoder(bare, meter), scale_of(bare)

    def align(source: Sequence[str], target: Sequence[str]) -> list[Bead]:
        hints = renderings_in(desk, source, language, target_language)
        encoded = meter.done + len(source) + len(target)

        def report(done: int) -> None:
            meter.go_to(encoded + done)

        return alignment.align(source, target, encoder, hints, report, paragraphs, scale)

    return align


def encoder_of(desk: Desk) -> Encoder:
    """Returns the house's sentence encoder, with the vectors that the desk keeps; its weights load at this call."""
    return CachedEncoder(desk.db, settings.encoder(desk.resources.encoders))
