"""The extraction of candidates from bilingual sentences, in the order of how termlike they are."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from glossary.extraction.acronyms import explained
from glossary.extraction.wordalignment import Links, word_links
from glossary.extraction.words import base, is_edge, joined, may_be_term, words_of

_LONGEST = 4  # words of a phrase, unless an acronym stands for it
_LONGEST_TARGET = 6
_CONTEXTS = 3
# Further translations are proposed if they were found twice, and a fifth as often as the first one.
_FURTHER, _FURTHER_SHARE, _MOST = 2, 0.2, 3

# As many of the best pairs are compared by their vectors, and below this cosine they are no pairs.
_COMPARED = 1500
_UNLIKE = 0.3

Phrase = tuple[str, ...]
General = Callable[[str], float]
Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Turns texts into vectors, a row each, of unit length."""


@dataclass(frozen=True)
class Candidate:
    """A pair that could be a concept: a source term, its translations, the most frequent first, and where it stands.

    `count` is how often the source term was found, `support` how often with the first translation; `acronym` is the
    one that the texts give for it; `contexts` are some of the pairs of sentences, by their numbers.
    """

    source: str
    targets: tuple[str, ...]
    score: float
    count: int
    support: int
    acronym: str = ""
    contexts: tuple[int, ...] = ()


def extract(
    pairs: Sequence[tuple[str, str]],
    languages: tuple[str, str],
    general: General,
    known: Callable[[str], bool] = lambda term: False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    encode: Encode | None = None,
) -> list[Candidate]:
    """Returns the candidates that pairs of sentences in two languages propose, the most termlike first.

    `general` gives the natural logarithm of a word's probability in general text, `known` says of a source term that
    the term base has it. `progress` is told how many steps are done, and may raise to end the work. If there is what
    can `encode` texts of both languages, the best pairs whose vectors are unlike each other come last, with no score:
    mostly a word that was aligned with a part of its translation. More than that the vectors do not do: a score that
    rises with the cosine finds fewer of the wanted terms, see `tests/bench/extraction.py`.
    """
    sides = [[words_of(tag)(pair[side]) for pair in pairs] for side, tag in enumerate(languages)]
    found = _Found(languages)
    for number, (source, target, links) in enumerate(
        zip(*sides, word_links(sides[0], sides[1], languages, progress), strict=True)
    ):
        found.add(number, source, target, links)
    candidates = found.ranked(general, known)
    return _unlike_last(candidates, encode) if encode and candidates else candidates


def _unlike_last(candidates: list[Candidate], encode: Encode) -> list[Candidate]:
    best = candidates[:_COMPARED]
    cosines = (encode([item.source for item in best]) * encode([item.targets[0] for item in best])).sum(axis=1)
    unlike = [replace(item, score=0.0) for item, cosine in zip(best, cosines, strict=True) if cosine < _UNLIKE]
    like = [item for item, cosine in zip(best, cosines, strict=True) if cosine >= _UNLIKE]
    return [*like, *candidates[_COMPARED:], *unlike]


class _Found:
    """The phrases in the sentences, their counts, and the phrases that they are aligned with."""

    def __init__(self, languages: tuple[str, str]) -> None:
        self._languages = languages
        self._count: Counter[Phrase] = Counter()
        self._written: defaultdict[Phrase, Counter[str]] = defaultdict(Counter)
        self._targets: defaultdict[Phrase, Counter[Phrase]] = defaultdict(Counter)
        self._target_count: Counter[Phrase] = Counter()
        self._acronyms: dict[Phrase, str] = {}
        self._contexts: defaultdict[Phrase, list[int]] = defaultdict(list)
        self._words = [0, 0]

    def add(self, number: int, source: Sequence[str], target: Sequence[str], links: Links) -> None:
        self._words[0] += len(source)
        self._words[1] += len(target)
        for start, end in _spans(target, self._languages[1]):
            self._target_count[tuple(target[start:end])] += 1
        spans = dict.fromkeys(_spans(source, self._languages[0]), "")
        for acronym, start, end in explained(source):
            self._acronyms[_key(source[start:end])] = acronym
            spans[start, end] = acronym
        for (start, end), acronym in spans.items():
            key = _key(source[start:end])
            self._count[key] += 1
            self._written[key][joined(source[start:end], self._languages[0])] += 1
            translation = self._translation(start, end, target, links)
            if acronym and not translation:
                translation = self._before(acronym, target)
            if translation:
                self._targets[key][translation] += 1
                if len(self._contexts[key]) < _CONTEXTS:
                    self._contexts[key].append(number)

    def _translation(self, start: int, end: int, target: Sequence[str], links: Links) -> Phrase | None:
        """The target words that the source words are aligned with, if they stand together and with nothing else."""
        language = self._languages[1]
        places = sorted({j for i, j in links if start <= i < end})
        while places and not is_edge(target[places[0]], language):
            places.pop(0)
        while places and not is_edge(target[places[-1]], language):
            places.pop()
        if not places:
            return None
        first, last = places[0], places[-1]
        beside = any(first <= j <= last and not start <= i < end for i, j in links)
        words = target[first : last + 1]
        long = max(_LONGEST_TARGET, end - start + 2)
        return tuple(words) if not beside and len(words) <= long and may_be_term(words, language) else None

    def _before(self, acronym: str, target: Sequence[str]) -> Phrase | None:
        """The target words that the same acronym stands behind in brackets, back to a mark or a word of grammar."""
        for place in range(2, len(target)):
            if target[place] == acronym and target[place - 1] in "(（":
                start = place - 1
                while start and place - start <= _LONGEST_TARGET and is_edge(target[start - 1], self._languages[1]):
                    start -= 1
                words = target[start : place - 1]
                return tuple(words) if words and may_be_term(words, self._languages[1]) else None
        return None

    def ranked(self, general: General, known: Callable[[str], bool]) -> list[Candidate]:
        candidates = []
        longer = self._longer()
        for key, targets in self._targets.items():
            source = self._written[key].most_common(1)[0][0]
            if known(source):
                continue
            (best, support), *others = targets.most_common(_MOST)
            further = [phrase for phrase, count in others if count >= max(_FURTHER, _FURTHER_SHARE * support)]
            frequent = math.sqrt(self._c_value(key, longer[key]) * support) * math.log2(len(key) + 1)
            score = frequent * self._specific(key, best, general)
            candidates.append(
                Candidate(
                    source=source,
                    targets=tuple(joined(phrase, self._languages[1]) for phrase in [best, *further]),
                    score=round(score, 4),
                    count=self._count[key],
                    support=support,
                    acronym=self._acronyms.get(key, ""),
                    contexts=tuple(self._contexts[key]),
                )
            )
        return sorted(candidates, key=lambda candidate: -candidate.score)

    def _longer(self) -> defaultdict[Phrase, list[int]]:
        """Returns for each phrase the counts of the longer ones that hold it, of those found more than once."""
        found: defaultdict[Phrase, list[int]] = defaultdict(list)
        for key, count in self._count.items():
            if count > 1:
                inside = {key[i:j] for i in range(len(key)) for j in range(i + 1, len(key) + 1)} - {key}
                for part in inside:
                    found[part].append(count)
        return found

    def _c_value(self, key: Phrase, longer: Sequence[int]) -> float:
        """Returns the count of a phrase by itself: its count less the mean of those that hold it.

        After Frantzi, Ananiadou & Mima 2000; their factor for length has one added, for single words are terms too
        (Barrón-Cedeño et al. 2009).
        """
        return max(self._count[key] - (sum(longer) / len(longer) if longer else 0), 0)

    def _specific(self, key: Phrase, target: Phrase, general: General) -> float:
        """Returns the excess of both sides' frequency over that in general text: the lower one of the two."""
        source = self._weirdness(self._count[key], self._words[0], key, general)
        return max(min(source, self._weirdness(self._target_count[target], self._words[1], target, general)), 0)

    @staticmethod
    def _weirdness(count: int, total: int, phrase: Phrase, general: General) -> float:
        """The logarithm of the frequency here over the one in general text (Ahmad, Gillam & Tostevin 1999), a word."""
        return (math.log(max(count, 1) / total) - sum(map(general, phrase))) / len(phrase)


def _key(words: Sequence[str]) -> Phrase:
    return tuple(map(base, words))


def _spans(words: Sequence[str], language: str) -> Iterator[tuple[int, int]]:
    """The places of all phrases of some words that could be terms."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            if may_be_term(words[start:end], language):
                yield start, end
