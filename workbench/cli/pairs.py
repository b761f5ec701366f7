"""The command that proposes which articles of two folders belong together."""

from pathlib import Path

import click

import corpus.intake
from corpus.articles import Article
from corpus.document_alignment import Pair
from corpus.document_alignment import pair as pair_articles
from corpus.embeddings import Encoders
from corpus.text import languages
from corpus.text.errors import UnreadableFile
from workbench import settings
from workbench.cli.base import as_json, echo_status, print_json, print_table

_FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("dir_en", type=_FOLDER)
@click.argument("dir_zh", type=_FOLDER)
@as_json
def pair(dir_en: Path, dir_zh: Path, as_json: bool) -> None:
    """Propose which text files of two folders belong together, with the probability that they do.

    Each file is one article. Those without counterpart are named on standard error.
    """
    paths = _files(dir_en), _files(dir_zh)
    sources, targets = ([corpus.intake.read_one(path) for path in side] for side in paths)
    pairs = pair_articles(sources, targets, settings.encoder(Encoders()))
    alone = [path for number, side in enumerate(paths) for path in _alone(side, pairs, number)]
    if as_json:
        print_json({
            "pairs": [_described(pair, *paths) for pair in pairs],
            "alone": [str(path) for path in alone],
        })  # fmt: skip
        return
    print_table((paths[0][pair.source], paths[1][pair.target], f"{pair.score:.2f}") for pair in pairs)
    for path in alone:
        echo_status(f"no counterpart: {path}")
    if len(spoken := _languages([*sources, *targets])) == 1:
        echo_status(f"all files are in the language {spoken.pop()}: nothing can be paired")


def _files(folder: Path) -> list[Path]:
    """The files of a folder in order, without hidden ones."""
    if not folder.is_dir():
        raise UnreadableFile("There is no folder {path}: check the path.", path=folder)
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _alone(paths: list[Path], pairs: list[Pair], side: int) -> list[Path]:
    taken = {(pair.source, pair.target)[side] for pair in pairs}
    return [path for number, path in enumerate(paths) if number not in taken]


def _described(pair: Pair, sources: list[Path], targets: list[Path]) -> dict[str, object]:
    return {"source": str(sources[pair.source]), "target": str(targets[pair.target]), "score": pair.score}


def _languages(articles: list[Article]) -> set[str]:
    return {languages.primary(article.language) for article in articles}
