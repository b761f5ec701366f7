"""Commands on articles and bitexts: intake, articles, segment, align."""

import io
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import click

import corpus.intake
from corpus.alignment import Bead, format_beads, unrelated
from corpus.alignment import align as align_sentences
from corpus.articles import Article
from corpus.bitexts.model import Bitext
from corpus.bitexts.store import units_from_beads
from corpus.embeddings import Encoders
from corpus.text import languages
from corpus.text.timestamps import now
from corpus.tmx import write as write_tmx
from corpus.tmx.mapping import units_to_tmx
from workbench import __version__, settings
from workbench.cli.base import READABLE, as_json, echo_status, open_desk, print_json, print_table, say_found
from workbench.services.article_intake import ImportedArticles, import_articles


@click.command()
@click.argument("files", nargs=-1, required=True, type=READABLE)
@click.option("--lang", default="", help="Language of the text (a BCP 47 tag); told from the text where not named.")
@click.option("--presplit", is_flag=True, help="A line of the file is a sentence, a blank line ends a paragraph.")
@as_json
def intake(files: tuple[Path, ...], lang: str, presplit: bool, as_json: bool) -> None:
    """Bring files into the desk as articles. Pages of one issue are to be named together."""
    desk = open_desk()
    taken = import_articles(desk, files, lang, presplit)
    if as_json:
        print_json(_intake(taken))
    else:
        _say_taken(taken)
    if taken.found.refusals:
        sys.exit(1)


def _say_taken(taken: ImportedArticles) -> None:
    print_table(_row(article) for article, _ in taken.articles)
    known = sum(not new for _, new in taken.articles)
    echo_status(f"{len(taken.articles) - known} new articles" + (f", {known} already in the desk" if known else ""))
    if taken.found.decisions:
        echo_status(f"{len(taken.found.decisions)} repairs and omissions: --json lists them")
    say_found(taken.found)


def _intake(taken: ImportedArticles) -> dict[str, object]:
    """Returns the output of the command with --json."""
    found = taken.found
    return {
        "articles": [_described(article) | {"new": new} for article, new in taken.articles],
        "leftovers": [asdict(leftover) for leftover in found.leftovers],
        "decisions": [
            {name: getattr(decision, name) for name in ("id", "rule", "file", "place", "before", "after", "message")}
            for decision in found.decisions
        ],
        "gaps": [asdict(gap) for gap in found.gaps],
        "notes": [note.message for note in found.notes],
        "warnings": [note.message for note in found.notes if note.warns],
        "refused": [{"file": refusal.file, "message": str(refusal.error)} for refusal in found.refusals],
    }


@click.command()
@as_json
def articles(as_json: bool) -> None:
    """List the articles of the desk."""
    found = open_desk().articles.all()
    if as_json:
        print_json([_described(article) for article in found])
    else:
        print_table(_row(article) for article in found)


def _row(article: Article) -> tuple[object, ...]:
    return article.id, article.language, article.date, article.title, f"{len(article.sentences())} sentences"


def _described(article: Article) -> dict[str, object]:
    return {
        **{name: getattr(article, name) for name in _DESCRIBED},
        "paragraphs": [
            {"kind": paragraph.kind, "place": paragraph.place, "sentences": paragraph.sentences}
            for paragraph in article.paragraphs
        ],
        "captions": [asdict(caption) for caption in article.captions],
    }


_DESCRIBED = ("id", "language", "title", "byline", "date", "source", "section", "page", "file")


@click.command()
@click.argument("file", type=READABLE)
@click.option("--lang", default="", help="Language of the text (a BCP 47 tag); told by its script where not named.")
@as_json
def segment(file: Path, lang: str, as_json: bool) -> None:
    """Print the sentences of a file, one a line, with a blank line between paragraphs."""
    article = corpus.intake.read_one(file, lang, segment=settings.segmenter())
    if as_json:
        print_json([paragraph.sentences for paragraph in article.paragraphs])
    else:
        click.echo("\n\n".join("\n".join(paragraph.sentences) for paragraph in article.paragraphs))


@click.command()
@click.argument("source", type=READABLE)
@click.argument("target", type=READABLE)
@click.option("--source-lang", default="", help="Language of SOURCE; told by its script where not named.")
@click.option("--target-lang", default="", help="Language of TARGET; told by its script where not named.")
@click.option("--presplit", is_flag=True, help="A line of a file is a sentence.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["tsv", "tmx", "json", "beads"]),
    default="tsv",
    show_default=True,
    help="What is printed: texts, a TMX file, texts and scores, or sentence numbers.",
)
def align(source: Path, target: Path, source_lang: str, target_lang: str, presplit: bool, format_: str) -> None:
    """Align the sentences of two files that say the same thing in two languages."""
    source_article = corpus.intake.read_one(source, source_lang, presplit)
    target_article = corpus.intake.read_one(target, target_lang, presplit)
    paragraphs = source_article.paragraph_numbers(), target_article.paragraph_numbers()
    beads = align_sentences(
        source_article.sentences(), target_article.sentences(), settings.encoder(Encoders()), paragraphs=paragraphs
    )
    _PRINTERS[format_](source_article, target_article, beads)
    matched = [bead.score for bead in beads if bead.source and bead.target]
    mean = sum(matched) / max(len(matched), 1)
    echo_status(f"{len(beads)} units, {len(beads) - len(matched)} without counterpart, mean score {mean:.2f}")
    for file, article in ((source, source_article), (target, target_article)):
        if languages.contradicts(article.text(), article.language):
            echo_status(f"{file} does not look like {article.language}: are the two files the wrong way round?")
    if languages.primary(source_article.language) == languages.primary(target_article.language):
        echo_status(
            f"Both texts are in {source_article.language}: name two languages with --source-lang and --target-lang."
        )
    if unrelated([bead.score for bead in beads]):
        echo_status("These texts may be no translations of each other: more than half of the units score below 0.5.")


def _texts(source: Article, target: Article, bead: Bead) -> tuple[str, str]:
    source_sentences, target_sentences = source.sentences(), target.sentences()
    return (
        languages.join([source_sentences[i] for i in bead.source], source.language),
        languages.join([target_sentences[j] for j in bead.target], target.language),
    )


def _print_tsv(source: Article, target: Article, beads: list[Bead]) -> None:
    print_table(_texts(source, target, bead) for bead in beads)


def _print_json(source: Article, target: Article, beads: list[Bead]) -> None:
    rows = []
    for bead in beads:
        source_text, target_text = _texts(source, target, bead)
        numbers = {"source_sentences": bead.source, "target_sentences": bead.target}
        rows.append(
            {"source": source_text, "target": target_text, "score": bead.score, "crossing": bead.crossing, **numbers}
        )
    print_json(rows)


def _print_tmx(source: Article, target: Article, beads: list[Bead]) -> None:
    time = now()
    bitext = Bitext(0, source.title, source.language, target.language, None, None, time)
    units = [
        replace(unit, id=number, changed_at=time)
        for number, unit in enumerate(units_from_beads(source, target, beads), 1)
    ]
    stream = io.BytesIO()
    write_tmx(stream, units_to_tmx(bitext, units), source.language, __version__)
    sys.stdout.buffer.write(stream.getvalue())


_PRINTERS: dict[str, Callable[[Article, Article, list[Bead]], None]] = {
    "tsv": _print_tsv,
    "tmx": _print_tmx,
    "json": _print_json,
    "beads": lambda source, target, beads: click.echo(format_beads(beads), nl=False),
}
