"""The first page of a desk for the one who looks at it: where to go on, what waits for them, and the list of texts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from corpus.articles import ArticleHead
from corpus.bitexts.model import Bitext, Unit
from corpus.bitexts.undo import Step
from corpus.text import languages
from workbench.desk import Desk
from workbench.stores.assignments import Assignment, Waiting
from workbench.stores.overview import ListFilter

# So many steps of somebody's are looked through for a bitext that is not finished.
_LOOKED_AT = 50


class Title(NamedTuple):
    """A title in a language."""

    language: str
    text: str


@dataclass(frozen=True)
class Named:
    """A bitext by its title in the language of the reader, if it has one, and by the other one."""

    bitext: Bitext
    title: Title
    subtitle: Title | None


@dataclass(frozen=True)
class Continuation:
    """The bitext that somebody worked on last and has not finished, and the position of the unit to go on at."""

    named: Named
    position: int
    left: int
    assignment: Assignment


@dataclass(frozen=True)
class Task:
    """A bitext that waits for somebody, to be reviewed or translated."""

    named: Named
    waiting: Waiting
    reviewing: bool


@dataclass(frozen=True)
class Entry:
    """An entry of the list: a bitext, or an article that is in none; `date` is the source's."""

    named: Named | None
    article: ArticleHead | None
    date: str
    assignment: Assignment


@dataclass(frozen=True)
class Doing:
    """Steps of one kind that somebody took in one bitext without another one between."""

    step: Step
    count: int
    named: Named


@dataclass(frozen=True)
class FirstSteps:
    """How far a new desk is: an article, if it has one, and its only bitext, if it has that."""

    article: int | None
    bitext: int | None


def first_steps(desk: Desk) -> FirstSteps | None:
    """Returns how far a new desk is; None for one in which several bitexts were begun."""
    articles, bitexts = desk.overview.first(2)
    if len(bitexts) > 1:
        return None
    return FirstSteps(next(iter(articles), None), next(iter(bitexts), None))


def name_bitexts(desk: Desk, bitexts: Iterable[Bitext], language: str) -> dict[int, Named]:
    """Returns bitexts by id, each named for a reader of a language: a translation by the translated headline."""
    all_of_them = list(bitexts)
    heads = desk.articles.heads(bitext.target_article for bitext in all_of_them if bitext.target_article)
    firsts = desk.bitexts.first_units(bitext.id for bitext in all_of_them if not bitext.target_article)
    return {
        bitext.id: _named(bitext, _translated_title(bitext, heads, firsts.get(bitext.id)), language)
        for bitext in all_of_them
    }


def _translated_title(bitext: Bitext, heads: dict[int, ArticleHead], first: Unit | None) -> str:
    if bitext.target_article in heads:
        return heads[bitext.target_article].title
    headline = first is not None and languages.join(first.source, bitext.source_language) == bitext.title
    return languages.join(first.target, bitext.target_language) if first and headline else ""


def _named(bitext: Bitext, translated: str, language: str) -> Named:
    source, target = Title(bitext.source_language, bitext.title), Title(bitext.target_language, translated)
    if not translated:
        return Named(bitext, source, None)
    if languages.primary(target.language) == languages.primary(language):
        return Named(bitext, target, source)
    return Named(bitext, source, target)


def continuation(desk: Desk, language: str) -> Continuation | None:
    """Returns where the user goes on; None where they began nothing, or finished it."""
    steps = {step.bitext: step for step in reversed(desk.undo_log.recent(_LOOKED_AT, desk.user))}
    for step in sorted(steps.values(), key=lambda step: -step.id):
        position = desk.bitexts.first_open(step.bitext, desk.undo_log.position(step))
        position = desk.bitexts.first_open(step.bitext) if position is None else position
        if position is not None:
            bitext = desk.bitexts.get(step.bitext)
            named = name_bitexts(desk, [bitext], language)[bitext.id]
            return Continuation(named, position, bitext.units - bitext.confirmed, desk.assignments.of(bitext.id))
    return None


def tasks(desk: Desk, language: str, count: int) -> list[Task]:
    """Returns what waits for the user: to be reviewed, then to be translated; the first due first."""
    review, translate = (desk.assignments.waiting(desk.user, reviewing, count) for reviewing in (True, False))
    bitexts = desk.bitexts.get_all(waiting.bitext for waiting in [*review, *translate])
    named = name_bitexts(desk, bitexts.values(), language)
    return [
        Task(named[waiting.bitext], waiting, reviewing)
        for reviewing, group in ((True, review), (False, translate))
        for waiting in group
    ]


def entries(desk: Desk, wanted: ListFilter, start: int, count: int, language: str) -> list[Entry]:
    """Returns a part of the list of bitexts and free articles, named for a reader of a language."""
    listed = desk.overview.entries(wanted, start, count)
    bitexts = desk.bitexts.get_all(entry.id for entry in listed if entry.is_bitext)
    named = name_bitexts(desk, bitexts.values(), language)
    sources = (bitext.source_article for bitext in bitexts.values() if bitext.source_article)
    heads = desk.articles.heads([*sources, *(entry.id for entry in listed if not entry.is_bitext)])
    given = desk.assignments.of_all(bitexts)

    def entry(id: int, is_bitext: bool) -> Entry:
        source = heads.get(bitexts[id].source_article or 0) if is_bitext else heads[id]
        date = source.date if source else ""
        if is_bitext:
            return Entry(named[id], None, date, given.get(id, Assignment()))
        return Entry(None, source, date, Assignment())

    return [entry(each.id, each.is_bitext) for each in listed]


def doings(desk: Desk, count: int, language: str) -> list[Doing]:
    """Returns what people did last, the newest first."""
    steps = desk.undo_log.recent(_LOOKED_AT)
    groups = groupby(steps, key=lambda step: (step.made_by, step.bitext, step.name))
    runs: Sequence[tuple[Step, int]] = [(group[0], len(group)) for group in (list(each) for _, each in groups)][:count]
    named = name_bitexts(desk, desk.bitexts.get_all(step.bitext for step, _ in runs).values(), language)
    return [Doing(step, count, named[step.bitext]) for step, count in runs]
