"""The statistics of bitexts: before the work, by what the memory has of them; after it, by days and origins.

Words are those of `corpus.text.word_count`, of the source: characters, where it is Chinese.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from rapidfuzz.distance import Levenshtein

from corpus.bitexts.model import Bitext, Origin, Unit
from corpus.bitexts.post_editing import draft_of
from corpus.memory import match_key
from corpus.memory.matching import bands
from corpus.memory.matching.bands import Band
from corpus.text import languages
from corpus.text.progress import Meter, Progress, silent
from corpus.text.word_count import count_words
from workbench.desk import Desk
from workbench.errors import DeskError
from workbench.stores.roles import Permission


@dataclass
class Amount:
    """A number of units, and of the words in their source."""

    units: int = 0
    words: int = 0

    def add(self, words: int) -> None:
        """Counts one unit more."""
        self.units += 1
        self.words += words


@dataclass
class BitextAnalysis:
    """The amounts of a bitext in each band."""

    id: int
    title: str
    source_language: str
    target_language: str
    bands: dict[Band, Amount] = field(default_factory=lambda: {band: Amount() for band in Band})


@dataclass(frozen=True)
class Analysis:
    """The amounts of bitexts that are counted together, in the order in which their repetitions are told."""

    bitexts: tuple[BitextAnalysis, ...]

    @property
    def source_language(self) -> str:
        return self.bitexts[0].source_language

    def amounts(self) -> dict[Band, Amount]:
        """Returns the amounts of all bitexts together, by band."""
        return {band: total(bitext.bands[band] for bitext in self.bitexts) for band in Band}

    def described(self) -> dict[str, Any]:
        """Returns the figures as plain values, for JSON; `of` makes them the same again."""
        return {"bitexts": [_described(bitext) for bitext in self.bitexts]}

    @classmethod
    def of(cls, described: Mapping[str, Any]) -> Self:
        """Returns the analysis that `described` gave."""
        return cls(
            tuple(
                BitextAnalysis(**row | {"bands": {Band(band): Amount(*pair) for band, pair in row["bands"].items()}})
                for row in described["bitexts"]
            )
        )


def _described(bitext: BitextAnalysis) -> dict[str, Any]:
    return vars(bitext) | {"bands": {band: [each.units, each.words] for band, each in bitext.bands.items()}}


def total(amounts: Iterable[Amount]) -> Amount:
    """Returns the sum of some amounts."""
    pairs = [(amount.units, amount.words) for amount in amounts]
    return Amount(sum(units for units, _ in pairs), sum(words for _, words in pairs))


def weighted(amounts: Mapping[Band, Amount], weights: Mapping[Band, int]) -> float:
    """Returns the words of some bands by their weights."""
    return sum(amount.words * weights[band] for band, amount in amounts.items()) / 100


def analyse(desk: Desk, bitexts: Iterable[int], progress: Progress = silent) -> Analysis:
    """Counts the units of bitexts by what the memory has of them besides what they have put there themselves.

    They are counted in the order of their numbers: what stood in an earlier one is a repetition across. `progress`
    counts units. Raises NotFound, and DeskError where their sources are in several languages.
    """
    found = [desk.bitexts.get(id) for id in sorted(set(bitexts))]
    if len({languages.primary(bitext.source_language) for bitext in found}) != 1:
        raise DeskError("Only bitexts from one language can be counted together: choose such ones.")
    ids = [bitext.id for bitext in found]
    meter, met = Meter(sum(bitext.units for bitext in found), progress), set[str]()
    meter.go_to(0)
    return Analysis(tuple([_analysis(desk, bitext, ids, met, meter) for bitext in found]))


# So many units are looked up between two reports of the progress, by which the work can be ended.
_STEP = 20


def _analysis(desk: Desk, bitext: Bitext, together: Sequence[int], met: set[str], meter: Meter) -> BitextAnalysis:
    """Returns the amounts of a bitext; `met` are the texts of those before it, and then also its own."""
    language = bitext.source_language
    analysis = BitextAnalysis(bitext.id, bitext.title, language, bitext.target_language)
    texts = [languages.join(unit.source, language) for unit in desk.bitexts.units(bitext.id)]
    begun, own = meter.done, set[str]()
    for number, (before, text, after) in enumerate(zip(["", *texts], texts, [*texts[1:], ""], strict=False)):
        if number % _STEP == 0:
            meter.go_to(begun + number)
        if not text:
            continue
        key = match_key(text)
        repeated = Band.REPETITION if key in own else Band.REPETITION_ACROSS if key in met else None
        band = _band(desk, bitext, (before, text, after), together, repeated)
        analysis.bands[band].add(count_words(text))
        own.add(key)
    met |= own
    meter.go_to(begun + len(texts))
    return analysis


_FROM_PLACE = frozenset({Band.BOTH_NEIGHBOURS, Band.ONE_NEIGHBOUR})


def _band(
    desk: Desk, bitext: Bitext, texts: tuple[str, str, str], together: Sequence[int], repeated: Band | None
) -> Band:
    """Returns the band of a text between its neighbours; that of one which is `repeated` where this counts first."""
    before, text, after = texts
    best = desk.memory.lookup(
        text,
        bitext.source_language,
        bitext.target_language,
        before,
        after,
        # Of a repetition it matters only whether the memory has it from this place, which is much quicker to say.
        floor=100 if repeated else bands.LOWEST,
        limit=1,
        leave_out=together,
    )
    band = bands.band_of(best[0].score) if best else Band.NEW
    return repeated if repeated and band not in _FROM_PLACE else band


@dataclass
class OriginFigures:
    """The confirmed units that began as a text of one origin: their amount, and what became of the texts.

    `edits` are the characters changed of `characters`, those of the longer of both texts; `unchanged` units were
    confirmed as they were put in.
    """

    origin: Origin
    amount: Amount = field(default_factory=Amount)
    unchanged: int = 0
    edits: int = 0
    characters: int = 0

    @property
    def edit_distance(self) -> float | None:
        """The average edit distance (0…1), None for what was typed from the start."""
        return self.edits / self.characters if self.characters else None


@dataclass
class WorkStatistics:
    """The work on a bitext: what there is, what of it is confirmed, by days and by origins."""

    all: Amount
    confirmed: Amount
    days: dict[str, Amount]
    origins: list[OriginFigures]


def work_done(desk: Desk, bitext: int) -> WorkStatistics:
    """Returns the statistics of the work on a bitext.

    A unit counts on the day (UTC) on which it became confirmed and has been since. Its origin is that of the last text
    that was put into it from the memory, the machine or an alignment, unless the target was emptied after that; else
    it was typed. The edit distance from there to the confirmed text is Levenshtein's (1966) over characters, divided
    by the length of the longer text; of several units, the edits of all by the lengths of all.
    """
    found, units = desk.bitexts.get(bitext), desk.bitexts.units(bitext)
    versions = desk.bitexts.versions([unit for unit in units if unit.state.confirmed])
    statistics = WorkStatistics(Amount(), Amount(), {}, [])
    origins = {origin: OriginFigures(origin) for origin in Origin if origin}
    for unit in units:
        words = count_words(languages.join(unit.source, found.source_language))
        statistics.all.add(words)
        if unit.state.confirmed:
            statistics.confirmed.add(words)
            statistics.days.setdefault(_day(versions[unit.id]), Amount()).add(words)
            if unit.target:
                _count_edits(origins, versions[unit.id], words, found.target_language)
    statistics.days = dict(sorted(statistics.days.items()))
    statistics.origins = [figures for figures in origins.values() if figures.amount.units]
    return statistics


def _day(versions: Sequence[Unit]) -> str:
    """The day on which a unit became confirmed for good; `versions` are all of it, the oldest first."""
    since = versions[-1]
    for version in reversed(versions):
        if not version.state.confirmed:
            break
        since = version
    return since.changed_at[:10]


def _count_edits(origins: Mapping[Origin, OriginFigures], versions: Sequence[Unit], words: int, language: str) -> None:
    draft, text = draft_of(versions), languages.join(versions[-1].target, language)
    figures = origins[draft.origin if draft else Origin.TYPED]
    figures.amount.add(words)
    if draft:
        begun = languages.join(draft.target, language)
        edits = Levenshtein.distance(begun, text)
        figures.edits += edits
        figures.characters += max(len(begun), len(text))
        figures.unchanged += not edits


def set_weights(desk: Desk, weights: Mapping[Band, int]) -> None:
    """Keeps the weights of bands, in percent; raises NotAllowed for whoever may not change settings."""
    desk.require(Permission.SETTINGS)
    desk.band_weights.put(weights)
