"""The command that proposes terms for the term base."""

from pathlib import Path

import click

from workbench.cli.base import as_json, echo_status, open_desk, print_json, print_table, progress_bar
from workbench.services import term_candidates
from workbench.services.concept_editing import propose_concept


@click.command("candidates")
@click.argument("bitext_or_file")
@click.option("--source-lang", default="en", show_default=True, help="Of a TMX file.")
@click.option("--target-lang", default="zh-Hans", show_default=True, help="Of a TMX file.")
@click.option("--best", default=50, show_default=True, type=click.IntRange(1), help="How many are printed.")
@click.option(
    "--accept", multiple=True, metavar="TERM", help="Propose this candidate to the term base; may be repeated."
)
@as_json
def propose(
    bitext_or_file: str, source_lang: str, target_lang: str, best: int, accept: tuple[str, ...], as_json: bool
) -> None:
    """Propose terms from the confirmed units of a bitext (its number) or from a TMX file, the most termlike first.

    A line has the term, its translations, how often it was found, and a pair of sentences in which it stands.
    """
    desk = open_desk()
    if bitext_or_file.isdecimal():
        bitext = desk.bitexts.get(int(bitext_or_file))
        material = term_candidates.from_bitext(bitext, desk.bitexts.units(bitext.id))
    else:
        material = term_candidates.from_tmx(Path(bitext_or_file), source_lang, target_lang)
    with progress_bar("aligning words") as progress:
        found = term_candidates.propose(desk, material, progress)
    for candidate in found:
        if candidate.source in accept:
            propose_concept(desk, term_candidates.concept_of(candidate, material))
            echo_status(f"proposed: {candidate.source}")
    if as_json:
        print_json([
            {"source": each.source, "targets": each.targets, "acronym": each.acronym, "score": each.score,
             "count": each.count, "contexts": [material.pairs[number] for number in each.contexts]}
            for each in found[:best]
        ])  # fmt: skip
    else:
        print_table(
            (each.source, each.acronym, "; ".join(each.targets), each.count, *material.pairs[each.contexts[0]])
            for each in found[:best]
        )
    echo_status(f"{len(found)} candidates from {len(material.pairs)} units")
