"""A sieve: which of very many texts may hold one of a few terms, at a small part of what it costs to look closely."""

import re
from collections.abc import Iterable

from corpus.text import languages
from glossary.concepts import Term
from glossary.recognition.folding import fold, key
from glossary.recognition.forms import forms

# Whatever may stand between two words, or in Chinese two characters, of a term.
_GAP = r"[\W_]*"


class Prefilter:
    """Lets through every text in which a recogniser would find one of the terms, and a few others."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        """All terms are in the `language`, whatever region or script it is written for."""
        self._chinese = languages.is_chinese(language)
        folded = {fold(form, self._chinese).text for term in terms for form in forms(term)}
        patterns = [self._pattern_of(form) for form in sorted(folded) if form.strip()]
        self._pattern = re.compile("|".join(patterns) or "(?!)")

    def _pattern_of(self, folded: str) -> str:
        parts = folded.replace(" ", "") if self._chinese else folded.split()
        # A boundary in front would be looked for everywhere in a text: many times as slow.
        return _GAP.join(map(re.escape, parts)) + ("(?![a-z0-9])" if folded.endswith(" ") else "")

    def __call__(self, text: str) -> bool:
        """Returns whether the text may hold one of the terms."""
        return self._pattern.search(key(text, self._chinese)) is not None
