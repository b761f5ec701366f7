"""The forms of a term that count as the term in a text."""

import re
from collections.abc import Iterator

from corpus.text import languages
from corpus.text.scripts import HAN
from glossary.concepts import PartOfSpeech, Term, TermType

_QUOTES = re.compile("[“”「」『』‘’]")
_SIBILANT = ("s", "x", "z", "ch", "sh")
_IRREGULAR = {
    "analysis": "analyses", "basis": "bases", "crisis": "crises", "diagnosis": "diagnoses", "hypothesis": "hypotheses",
    "synthesis": "syntheses", "thesis": "theses", "prosthesis": "prostheses", "axis": "axes", "bacterium": "bacteria",
    "criterion": "criteria", "phenomenon": "phenomena", "spectrum": "spectra", "nucleus": "nuclei",
    "stimulus": "stimuli", "alga": "algae", "larva": "larvae", "matrix": "matrices", "man": "men", "woman": "women",
    "child": "children", "person": "people", "foot": "feet", "tooth": "teeth", "mouse": "mice", "life": "lives",
    "half": "halves", "leaf": "leaves", "shelf": "shelves", "hero": "heroes", "potato": "potatoes",
    "tomato": "tomatoes",
}  # fmt: skip
_SINGULAR = {plural: singular for singular, plural in _IRREGULAR.items()}
# These end like a plural and are none.
_NO_PLURAL = re.compile(r"(?:.{,3}|.*(?:ss|us|is|as|ics|ies)|.*\b(?:news|means|lens|measles|diabetes|herpes|rabies))")
_BRACKETED = re.compile(r"(.*[^\s(（])(\s*)[(（]([^()（）]+)[)）]")
_POSSESSIVE = re.compile(r"['’]s(?= )")


def forms(term: Term, short: bool = False) -> list[str]:
    """Returns a term as it is, without quotation marks or brackets, with its further forms, in English in both numbers.

    A single Chinese character stands inside too many words to be a term by itself: it counts where the term names it
    among its further forms, or where `short` terms are wanted.
    """
    text = term.text.strip()
    found = [text, _QUOTES.sub("", text), *_without_brackets(text)]
    if languages.primary(term.language) == "en":
        found += [form for written in list(found) for form in _english(written, term)]
    if not short:
        found = [form for form in found if len(form) > 1 or not HAN.match(form)]
    return [form for form in dict.fromkeys((*found, *map(str.strip, term.forms))) if form]


def without_brackets(text: str) -> str:
    """Returns a term as one writes it in a sentence: `SARS (severe acute respiratory syndrome)` gives `SARS`."""
    return next(_without_brackets(text), text)


def _without_brackets(text: str) -> Iterator[str]:
    """The parts of a text such as `World Health Organization (WHO)`: what is in the brackets where one is an acronym.

    Else it says what is meant, as in `Mercury (planet)`, or gives another ending.
    """
    match = _BRACKETED.fullmatch(text)
    if match:
        name, space, inside = match.groups()
        yield name
        if (name.isupper() or inside.isupper()) and (space or HAN.search(text)):
            yield inside


def _english(text: str, term: Term) -> Iterator[str]:
    bare = _POSSESSIVE.sub("", text)
    spellings = [text] if bare == text else [text, bare, _POSSESSIVE.sub("s", text)]
    for spelling in spellings:
        yield spelling
        if term.part_of_speech not in (PartOfSpeech.ADJECTIVE, PartOfSpeech.ADVERB):
            yield plural(spelling, term.type is TermType.ACRONYM)
            # “United States” and AIDS have no singular.
            if not term.case_sensitive and not spelling.isupper():
                yield singular(spelling)


def plural(form: str, acronym: bool = False) -> str:
    """The English plural of a form's last word; empty where it ends in no letter."""
    if not form or not form[-1].isalpha() or not form[-1].isascii():
        return ""
    if acronym:
        return form + "s"
    return _irregular(form, _IRREGULAR) or _regular_plural(form)


def _regular_plural(form: str) -> str:
    lower = form.lower()
    if lower.endswith(_SIBILANT):
        return form + "es"
    if lower.endswith("y") and len(lower) > 1 and lower[-2] not in "aeiou":
        return form[:-1] + "ies"
    return form + "s"


def singular(form: str) -> str:
    """The English singular of a form whose last word is a plural; empty where it is none."""
    word = form.rpartition(" ")[2].lower()
    found = _irregular(form, _SINGULAR)
    if found or not word.endswith("s"):
        return found
    if word.endswith("ies") and len(word) > 5 and word not in ("series", "species", "rabies"):
        return form[:-3] + "y"
    if _NO_PLURAL.fullmatch(word):
        return ""
    if word.endswith(("sses", "xes", "ches", "shes", "zzes", "uses")):
        return form[:-2]
    return form[:-1]


def _irregular(form: str, pairs: dict[str, str]) -> str:
    start = max(form.rfind(" "), form.rfind("-")) + 1
    other = pairs.get(form[start:].lower(), "")
    return form[:start] + other if other else ""
