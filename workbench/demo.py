"""The demonstration desk: the starter term base, the sample articles, one pair aligned, one translation begun."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus import samples
from corpus.bitexts.model import Unit
from glossary import STARTER
from workbench.desk import Desk

ALIGNED = "joint-laboratory"
TRANSLATED = "letter"


@dataclass(frozen=True)
class Report:
    """What was done, in numbers."""

    concepts: int
    terms: int
    articles: int
    title: str
    source_sentences: int
    target_sentences: int
    units: list[Unit]
    exported: int


def build(path: Path, tmx: Path) -> Report:
    """Makes the desk `path` and the file `tmx`; a desk that cannot be finished is taken away again."""
    desk = Desk.create(path)
    try:
        with desk:
            return _fill(desk, tmx)
    except BaseException:
        for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            with suppress(FileNotFoundError):
                leftover.unlink()
        raise


def _fill(desk: Desk, tmx: Path) -> Report:
    desk.import_terms(STARTER)
    stored = {}
    for name in samples.names():
        files = (samples.path(name, "en"), samples.path(name, "zh-Hans"))
        (source, _), (target, _) = desk.intake(files, presplit=True).articles
        stored[name] = (source, target)
    source, target = stored[ALIGNED]
    begun, _ = stored[TRANSLATED]
    desk.translate(begun.id, "zh-Hans")
    bitext = desk.align(source.id, target.id)
    with tmx.open("wb") as stream:
        exported = desk.write_bitext_tmx(bitext, stream)
    concepts, terms = desk.termbase.count()
    return Report(
        concepts=concepts,
        terms=terms,
        articles=sum(map(len, stored.values())),
        title=source.title,
        source_sentences=len(source.sentences()),
        target_sentences=len(target.sentences()),
        units=desk.bitexts.units(bitext),
        exported=exported,
    )
