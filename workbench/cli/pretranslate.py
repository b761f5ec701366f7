"""The command that fills empty units from the memory and by the machine."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from corpus.text import languages
from workbench.cli.base import as_json, echo_status, open_desk, print_json, print_table, progress_bar, say_found
from workbench.desk import Desk
from workbench.errors import DeskError
from workbench.services import pretranslation
from workbench.services.article_intake import begin_translation, import_articles
from workbench.services.pretranslation import LEAST, MOST, PretranslationOptions, PretranslationReport


@click.command()
@click.argument("bitexts_or_folder", nargs=-1, required=True, metavar="BITEXT… | FOLDER")
@click.option("--target-lang", default="zh-Hans", show_default=True, help="Into which the files of a folder go.")
@click.option("--lang", default="", help="Language of the files of a folder; told from the texts where not named.")
@click.option(
    "--threshold",
    default=PretranslationOptions.threshold,
    show_default=True,
    type=click.IntRange(LEAST, MOST),
    help="Of matches, in percent.",
)
@click.option("--no-machine", is_flag=True, help="From the memory alone.")
@as_json
def pretranslate(
    bitexts_or_folder: tuple[str, ...], target_lang: str, lang: str, threshold: int, no_machine: bool, as_json: bool
) -> None:
    """Fill the empty units of bitexts (their numbers), or of the translations of all files in a folder.

    Matches of the same text come first, then repaired ones, from the threshold on, then the machine. What has a target
    stays as it is, so that a pretranslation which was ended goes on when it is called again.
    """
    desk, wanted = open_desk(), PretranslationOptions(threshold, not no_machine)
    bitexts, rows = _bitexts(desk, bitexts_or_folder, lang, languages.canonical(target_lang)), []
    for bitext in bitexts:
        # That an engine is missing is said before any of them is filled.
        pretranslation.engine_for(desk, desk.bitexts.get(bitext), wanted)
    for bitext in bitexts:
        with progress_bar(f"pretranslating bitext {bitext}") as progress:
            rows.append((bitext, pretranslation.pretranslate(desk, bitext, wanted, progress)))
    if as_json:
        print_json([{"bitext": bitext, **filled.described()} for bitext, filled in rows])
        return
    print_table(_row(bitext, filled) for bitext, filled in rows)
    echo_status(_terms(filled for _, filled in rows))
    doubtful = sum(filled.doubtful for _, filled in rows)
    if doubtful:
        echo_status(
            f"{doubtful} drafts were not put in: they repeat themselves, are not translated, or have a number with "
            "another magnitude"
        )


def _bitexts(desk: Desk, named: tuple[str, ...], lang: str, target_language: str) -> list[int]:
    if all(each.isdecimal() for each in named):
        return [desk.bitexts.get(int(each)).id for each in named]
    if len(named) > 1 or not Path(named[0]).is_dir():
        raise DeskError("{name} is neither the number of a bitext nor a folder: name one.", name=" ".join(named))
    files = sorted(path for path in Path(named[0]).iterdir() if path.is_file() and not path.name.startswith("."))
    if not files:
        raise DeskError("There are no files in {name}: name another folder.", name=named[0])
    return list(dict.fromkeys(_begun(desk, files, lang, target_language)))


def _begun(desk: Desk, files: list[Path], lang: str, target_language: str) -> Iterator[int]:
    """The translations of the articles in some files: those that are begun already, else new ones."""
    taken = import_articles(desk, files, lang)
    say_found(taken.found)
    for article, _ in taken.articles:
        if article.id is None or languages.primary(article.language) == languages.primary(target_language):
            continue
        begun = [
            bitext.id
            for bitext in desk.bitexts.of_article(article.id)
            if bitext.source_article == article.id and bitext.target_language == target_language
        ]
        yield begun[0] if begun else begin_translation(desk, article.id, target_language)


def _row(bitext: int, filled: PretranslationReport) -> tuple[object, ...]:
    return (
        bitext,
        f"{filled.exact} exact",
        f"{filled.repaired} repaired",
        f"{filled.machine} machine",
        f"{filled.left} left",
    )


def _terms(filled: Iterable[PretranslationReport]) -> str:
    all_of = list(filled)
    missing_terms = sum((each.missing_terms for each in all_of), Counter[tuple[str, tuple[str, ...]]]())
    total = PretranslationReport(terms=sum(each.terms for each in all_of), missing_terms=missing_terms)
    missing = "; ".join(f"{each.term} → {' / '.join(each.required)} ({each.count})" for each in total.missing)
    said = f"{total.terms} terms were required of the machine, {total.found} are in its translations"
    return f"{said}; missing: {missing}" if missing else said
