"""The terms of bitexts: what became of them in translations, and where a concept is named, rightly or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from corpus.bitexts.model import Bitext, Unit
from corpus.text import languages
from glossary.concepts import Concept
from glossary.recognition import Finding, Occurrence, Prefilter
from workbench.desk import Desk
from workbench.services.term_recognition import terms_in

# So many units of a concept are looked at: nobody reads more, and a word such as “science” stands in very many.
_MOST = 2000


@dataclass(frozen=True)
class Checked:
    """A unit with the texts of its sides, the terms in its source, and what became of those that have a translation.

    `required` has for each finding the terms that the translation may use.
    """

    bitext: Bitext
    unit: Unit
    source: str
    target: str
    occurrences: Sequence[Occurrence]
    findings: list[Finding]
    required: list[tuple[str, ...]]

    @property
    def wrong(self) -> bool:
        """True where a term is missing in the translation, or one stands in it that is not to be used."""
        return any(not finding.ok for finding in self.findings)

    @property
    def ok(self) -> bool:
        """True where the terms have translations, and all of them are as they should be."""
        return bool(self.findings) and not self.wrong


def check_bitext(desk: Desk, bitext: int) -> list[Checked]:
    """Returns the units of a bitext that have a translation and a term to check; raises NotFound for no bitext."""
    found = desk.bitexts.get(bitext)
    return [checked for checked in _check(desk, [found], desk.bitexts.units(bitext)) if checked.findings]


def check_units(desk: Desk, bitext: Bitext, units: Iterable[Unit]) -> list[Checked]:
    """Returns those of a bitext's units that have both sides, checked."""
    return _check(desk, [bitext], units)


def units_of(desk: Desk, concept: Concept) -> tuple[list[Checked], bool]:
    """Returns the translated units whose source names a concept, those of the newest bitext first; and if that is all.

    Each has the occurrences and findings of this concept alone.
    """
    ids, complete = _may_name(desk, concept)
    bitexts = desk.bitexts.all() if ids else []
    checked = _check(desk, bitexts, desk.bitexts.get_units(ids))
    return [of for each in checked if (of := _only(each, concept.uid)).occurrences], complete


def _may_name(desk: Desk, concept: Concept) -> tuple[list[int], bool]:
    ids: list[int] = []
    for language in dict.fromkeys(map(languages.primary, concept.languages())):
        terms = [term for term in concept.terms if languages.primary(term.language) == language]
        sieve = Prefilter(terms, language)
        may = (id for id, source in desk.bitexts.translated(language) if sieve(source))
        ids += islice(may, _MOST + 1 - len(ids))
    return ids[:_MOST], len(ids) <= _MOST


def _check(desk: Desk, bitexts: Iterable[Bitext], units: Iterable[Unit]) -> list[Checked]:
    """Checks the units that have both sides, those of all bitexts in two languages together; keeps their order."""
    known = {bitext.id: bitext for bitext in bitexts}
    pairs: dict[tuple[str, str], list[Unit]] = {}
    order: dict[int, int] = {}
    for unit in units:
        if unit.source and unit.target:
            bitext = known[unit.bitext]
            order[unit.id] = len(order)
            pairs.setdefault((bitext.source_language, bitext.target_language), []).append(unit)
    checked = [each for pair, of in pairs.items() for each in _check_pair(desk, known, pair, of)]
    return sorted(checked, key=lambda each: order[each.unit.id])


def _check_pair(desk: Desk, bitexts: dict[int, Bitext], pair: tuple[str, str], units: Sequence[Unit]) -> list[Checked]:
    source_language, target_language = pair
    sources = [languages.join(unit.source, source_language) for unit in units]
    terms = terms_in(desk, sources, source_language)
    check = terms.check(target_language)
    checked = []
    for unit, source, occurrences in zip(units, sources, terms.found, strict=True):
        target = languages.join(unit.target, target_language)
        findings = check.check(occurrences, target)
        required = [
            tuple(term.text for term in check.terms(finding.occurrence.concepts) if term.status.usable)
            for finding in findings
        ]
        checked.append(Checked(bitexts[unit.bitext], unit, source, target, occurrences, findings, required))
    return checked


def _only(checked: Checked, uid: str) -> Checked:
    """Returns the check of a unit for one concept alone."""
    pairs = zip(checked.findings, checked.required, strict=True)
    kept = [(finding, required) for finding, required in pairs if uid in finding.occurrence.concepts]
    return replace(
        checked,
        occurrences=[each for each in checked.occurrences if uid in each.concepts],
        findings=[finding for finding, _ in kept],
        required=[required for _, required in kept],
    )
