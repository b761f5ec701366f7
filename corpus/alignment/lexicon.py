"""Words, names and numbers that two texts share: the finer evidence where vectors of sentences are too coarse.

Chinese words and their English glosses are those of CC-CEDICT, which the package lindera brings; a pair of languages
that it does not know is aligned by names, numbers and the hints that are passed in.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import regex

from corpus.text import languages
from corpus.text.dictionary import tokenizer
from corpus.text.numbers import values
from corpus.text.scripts import HAN

Matrix = npt.NDArray[np.float32]
Hints = Sequence[Sequence[Sequence[str]]]
"""The texts that may render each thing that is known (a term, a name), for each source sentence."""

_WORD = regex.compile(r"\p{Latin}[\p{Latin}\p{M}'’]+")
# A name in the other script: with a capital or a digit inside, or any Latin word within Chinese.
_NAME = regex.compile(r"\p{Latin}[\p{Latin}\p{M}\d&.+-]*[\p{Latin}\d]|\p{Lu}")
# Words that say nothing about which sentence it is. The rarer of the common ones (he, say, not) do say something, and
# weigh little by their frequency.
_STOP = frozenset(
    "a an the of to in and or for on at by with from as is are was were be been being it its this that these those do "
    "does did have has had will would can could may might shall should than then so if there sb sth one's etc".split()
)
_STOP_HAN = frozenset(
    "的 了 是 在 和 与 一 个 这 那 们 有 也 就 都 而 及 到 上 中 为 于 被 把 将 会 能 可以 之 等 着 过 地 得 "
    "一个".split()
)
_ENDINGS = ("'s", "’s", "ings", "ing", "edly", "ies", "ied", "es", "ed", "ly", "s")
_GLOSS_ASIDE = re.compile(r"\(.*?\)|\[.*?\]")
_NO_GLOSS = ("see ", "surname", "CL:", "abbr.", "variant of", "old variant")


@dataclass(frozen=True)
class Token:
    """A word of a sentence: what it is, and the words of the other language that it may stand for."""

    key: str
    meanings: frozenset[str]


def stem(word: str) -> str:
    """A word without its commonest endings, so that plans, planned and planning meet. For matching only."""
    word = word.lower()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def words(sentence: str, language: str) -> list[Token]:
    """The words of a sentence that carry meaning."""
    if languages.is_chinese(language):
        return _chinese_words(sentence)
    found = (stem(word) for word in _WORD.findall(sentence) if word.lower() not in _STOP)
    return [Token(word, frozenset((word,))) for word in found]


def _chinese_words(sentence: str) -> list[Token]:
    tokens = []
    for token in tokenizer().tokenize(sentence):
        if token.surface not in _STOP_HAN and HAN.match(token.surface):
            tokens.append(Token(token.surface, _glosses(token.surface, tuple(token.details))))
    return tokens


@lru_cache(maxsize=200_000)
def _glosses(word: str, details: tuple[str, ...]) -> frozenset[str]:
    """The English words that the dictionary gives for a Chinese one."""
    found: set[str] = set()
    for meaning in ",".join(details[7:]).split("/"):
        text = _GLOSS_ASIDE.sub("", meaning).strip()
        if text and not text.startswith(_NO_GLOSS):
            found.update(stem(gloss) for gloss in _WORD.findall(text) if gloss.lower() not in _STOP)
    return frozenset(found)


def marks(sentence: str) -> list[Token]:
    """Names in Latin letters and numbers by their value: what a translation leaves as it is."""
    names = {name.lower().rstrip(".") for name in _NAME.findall(sentence)}
    numbers = {f"{value:g}" for value in values(sentence)}
    return [Token(key, frozenset((key,))) for key in sorted(names | numbers)]


class Shared:
    """The weight of each window's words that are found in the other side's windows.

    `source(k, l)` and `target(k, l)` are arrays (n-k+1, m-l+1): the weight of the words on that side of a bead of k
    and l sentences that the other side has; `source_total` and `target_total` the weight of all of them.
    """

    def __init__(self, source: Sequence[Sequence[Token]], target: Sequence[Sequence[Token]], widest: int) -> None:
        self._widest = widest
        self._source = _found_in(source, target, widest)
        self._target = _found_in(target, source, widest)
        self._source_sums = _sums(source)
        self._target_sums = _sums(target)

    def source(self, k: int, l: int) -> Matrix:
        return _span(self._source[l], k)

    def target(self, k: int, l: int) -> Matrix:
        return _span(self._target[k], l).T

    def total(self, k: int, l: int) -> Matrix:
        """The weight of all words on both sides."""
        source = self._source_sums[k:] - self._source_sums[: len(self._source_sums) - k]
        target = self._target_sums[l:] - self._target_sums[: len(self._target_sums) - l]
        return (source[:, None] + target[None, :]).astype(np.float32)


def _weights(sentences: Sequence[Sequence[Token]]) -> dict[str, float]:
    """Rare words say more: the logarithm of the share of sentences that have a word."""
    frequency = Counter(key for sentence in sentences for key in {token.key for token in sentence})
    return {key: math.log(1 + len(sentences) / count) / 5 for key, count in frequency.items()}


def _sums(sentences: Sequence[Sequence[Token]]) -> npt.NDArray[np.float64]:
    weights = _weights(sentences)
    return np.concatenate([[0.0], np.cumsum([sum(weights[token.key] for token in words) for words in sentences])])


def _found_in(
    sentences: Sequence[Sequence[Token]], others: Sequence[Sequence[Token]], widest: int
) -> dict[int, npt.NDArray[np.float64]]:
    """Returns for each width l an array (n+1, m-l+1): the weight of the words before sentence i that window j has.

    A word is in a window if one of its sentences has a word that shares a meaning.
    """
    weights = _weights(sentences)
    has: dict[str, set[int]] = {}
    for number, sentence in enumerate(others):
        for token in sentence:
            for meaning in token.meanings:
                has.setdefault(meaning, set()).add(number)
    # Before sentence j, in how many sentences a word of ours was found; kinds of words are few, so each is one row.
    kinds = {token.key: token for sentence in sentences for token in sentence}
    rows = {}
    for key, token in kinds.items():
        row = np.zeros(len(others) + 1, np.int32)
        for number in set().union(*(has.get(meaning, ()) for meaning in token.meanings)):
            row[number + 1] = 1
        rows[key] = np.cumsum(row)
    found = {}
    for width in range(1, min(widest, len(others)) + 1):
        inside = {key: (row[width:] > row[:-width]) * weights[key] for key, row in rows.items()}
        total = np.zeros((len(sentences) + 1, len(others) - width + 1))
        for number, sentence in enumerate(sentences):
            total[number + 1] = total[number]
            for token in sentence:
                total[number + 1] += inside[token.key]
        found[width] = total
    return found


def _span(sums: npt.NDArray[np.float64], width: int) -> Matrix:
    return (sums[width:] - sums[: len(sums) - width]).astype(np.float32)


def hint_tokens(hints: Hints, target: Sequence[str]) -> tuple[list[list[Token]], list[list[Token]]]:
    """Tokens for hints: each is a word of its own, on the target side where one of its renderings stands."""
    folded = [sentence.casefold() for sentence in target]
    target_tokens: list[list[Token]] = [[] for _ in target]
    known: dict[tuple[str, ...], Token] = {}
    for renderings in dict.fromkeys(tuple(hint) for sentence in hints for hint in sentence):
        key = " / ".join(renderings)
        known[renderings] = Token(key, frozenset((key,)))
        wanted = [rendering.casefold() for rendering in renderings]
        for number, sentence in enumerate(folded):
            if any(item in sentence for item in wanted):
                target_tokens[number].append(known[renderings])
    return [[known[tuple(hint)] for hint in sentence] for sentence in hints], target_tokens
