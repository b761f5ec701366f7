"""A filter over many texts: which of them can be as similar to a text as asked. It never leaves one out.

Texts are codes of `tokens.encode`, a character a token. The filter is the prefix filter with more than
one shared token (Chaudhuri, Ganti & Kaushik 2006; Wang, Li & Feng 2012): texts of n and m tokens that score f have at
least c = max(n, m) - ⌊max(n, m) · (100 - f) / 100⌋ tokens in common. If the tokens of both are put in one order, the
rarest first, then t of the shared ones, t ≤ c, are among the first n - c + t of the one and m - c + t of the other.
Only these are in the lists of the index.

What shares t tokens is then held against a signature, a bit for each token that a text has anywhere (signature files:
Faloutsos & Christodoulakis 1984; the bound is that of the bag distance: Bartolini, Ciaccia & Patella 2002). A bit that
is in the signature A of the one and not in B of the other is of a token that the other does not have, and different
bits are of different tokens. So of the n tokens at most n - |A ∖ B| can be among the common ones, of the m at most
m - |B ∖ A|: where the smaller of both is below c, the score is below f. Tokens that share a bit can only hide a
difference, never make one.

A text takes 4 bytes for its key, 4 for each token that is indexed, which at a floor of 70 are three in ten and t, and
24 for its signature.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.memory.matching.scoring import allowed

_CODES = 1 << 16
_SHARED = 6  # t: more make the lists longer and let fewer texts pass
_BITS = 192  # of a signature, a multiple of 64: some times the different tokens of a sentence, so that few share one
_CHUNK = 1 << 15  # texts that are worked on together, so that building takes little more memory than the index
Codes = npt.NDArray[np.uint16]
Numbers = npt.NDArray[np.uint32]
Integers = npt.NDArray[np.int64]
Signatures = npt.NDArray[np.uint64]


class Shard:
    """The index of some texts, which does not change. Inside, a text is its number in the order of lengths."""

    def __init__(self, keys: Numbers, codes: Codes, lengths: Integers, floor: int) -> None:
        """`codes` has the texts one after the other, of `lengths` tokens, none empty; `floor` the lowest to serve."""
        order = np.argsort(lengths, kind="stable")
        starts = (np.cumsum(lengths) - lengths)[order]
        lengths = lengths[order]
        self._keys = keys[order]
        # Where the texts of each length begin, up to one more than the longest.
        self._begins = np.searchsorted(lengths, np.arange(lengths[-1] + 2))
        self._rank = _by_rarity(codes)
        self._signatures = np.empty((len(keys), _BITS // 64), np.uint64)
        chunks = []
        for first in range(0, len(keys), _CHUNK):
            these = slice(first, first + _CHUNK)
            ranks = self._rank[_gather(codes, starts[these], lengths[these])]
            chunks.append(_prefixes(ranks, lengths[these], first, floor))
            self._signatures[these] = _signatures(ranks, lengths[these])
        self._offsets, self._numbers = _lists(chunks)

    def candidates(self, code: Codes, floor: int) -> Numbers:
        """Returns the keys of all texts that can score `floor` with a text, and of some that do not."""
        n = len(code)
        longest = (max(n, m) for m in range(100 * n // floor + 1))
        common = np.array([length - allowed(length, floor) for length in longest])
        needed = min(_SHARED, common[n])
        ranks = self._rank[code]
        prefix, places = np.unique(np.sort(ranks)[: n - common[n] + needed], return_index=True)
        first = self._begin(common[n])
        lists = []
        for rank, place in zip(prefix.tolist(), places, strict=True):
            # The longer a text, the more tokens must be shared, and the earlier these come in the prefix.
            last = self._begin(np.searchsorted(common, n + needed - 1 - place, side="right"))
            numbers = self._numbers[self._offsets[rank] : self._offsets[rank + 1]]
            lists.append(numbers[slice(*np.searchsorted(numbers, np.array([first, last], np.uint32)))])
        numbers = np.sort(np.concatenate(lists))
        often = numbers[needed - 1 :]
        sharing = np.unique(often[often == numbers[: len(often)]])
        found: Numbers = self._keys[sharing[self._most_common(ranks, sharing) >= common[self._lengths(sharing)]]]
        return found

    def _most_common(self, ranks: Codes, numbers: Numbers) -> Integers:
        """Returns for each of some texts how many tokens it can have in common with a text at most."""
        mine, theirs = _signatures(ranks, np.array([len(ranks)])), self._signatures[numbers]
        most: Integers = np.minimum(len(ranks) - _bits(mine & ~theirs), self._lengths(numbers) - _bits(theirs & ~mine))
        return most

    def _lengths(self, numbers: Numbers) -> Integers:
        lengths: Integers = np.searchsorted(self._begins, numbers, side="right") - 1
        return lengths

    def _begin(self, length: int) -> int:
        """The number of the first text of at least this length."""
        return int(self._begins[min(length, len(self._begins) - 1)])

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def nbytes(self) -> int:
        """The memory that the index takes, in bytes."""
        arrays = (self._keys, self._begins, self._rank, self._offsets, self._numbers, self._signatures)
        return sum(array.nbytes for array in arrays)


def _by_rarity(codes: Codes) -> Codes:
    """Returns the place of each code in the one order of tokens: any order will do, but this makes short lists."""
    rank = np.empty(_CODES, np.uint16)
    rank[np.argsort(np.bincount(codes, minlength=_CODES), kind="stable")] = np.arange(_CODES)
    return rank


def _gather(codes: Codes, starts: Integers, lengths: Integers) -> Codes:
    """Returns some of the texts one after the other."""
    ends = np.cumsum(lengths)
    texts: Codes = codes[np.arange(ends[-1]) + np.repeat(starts - (ends - lengths), lengths)]
    return texts


def _signatures(ranks: Codes, lengths: Integers) -> Signatures:
    """Returns the signature of each text.

    The bits go round by rank, so that those tokens that are in most texts have one each.
    """
    tokens = np.zeros(len(lengths) * _BITS, np.bool_)
    tokens[np.repeat(np.arange(len(lengths)) * _BITS, lengths) + ranks % _BITS] = True
    return np.packbits(tokens).view(np.uint64).reshape(len(lengths), -1)


def _bits(signatures: Signatures) -> Integers:
    """Returns the number of bits that are set in each signature."""
    counts: Integers = np.bitwise_count(signatures).sum(axis=1, dtype=np.int64)
    return counts


def _prefixes(ranks: Codes, lengths: Integers, first: int, floor: int) -> tuple[Codes, Numbers]:
    """Returns the ranks in the prefixes of texts, and the numbers of the texts from `first` on, in the order of ranks.

    A token that is in a prefix twice is there twice: it can be shared twice.
    """
    owners = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
    ranks = np.sort(owners.astype(np.uint64) << 16 | ranks).astype(np.uint16)
    places = np.arange(len(ranks)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    indexed = places < np.repeat(lengths * (100 - floor) // 100 + _SHARED, lengths)
    ranks, owners = ranks[indexed], owners[indexed] + np.uint32(first)
    order = np.argsort(ranks, kind="stable")
    return ranks[order], owners[order]


def _lists(chunks: Sequence[tuple[Codes, Numbers]]) -> tuple[Integers, Numbers]:
    """Returns for each rank where the list of its texts begins, and the lists one after the other."""
    counts = sum((np.bincount(ranks, minlength=_CODES) for ranks, _ in chunks), np.zeros(_CODES, np.int64))
    offsets = np.concatenate([[0], np.cumsum(counts)])
    numbers = np.empty(offsets[-1], np.uint32)
    free = offsets[:-1].copy()
    for ranks, owners in chunks:
        here = np.bincount(ranks, minlength=_CODES)
        numbers[free[ranks] + np.arange(len(ranks)) - (np.cumsum(here) - here)[ranks]] = owners
        free += here
    return offsets, numbers
