"""chrF, as Popović (2015) defines it and sacrebleu computes it by default: up to six characters, β = 2, no spaces."""

from collections import Counter
from collections.abc import Sequence

_ORDER, _BETA = 6, 2


def chrf(hypotheses: Sequence[str], references: Sequence[str]) -> float:
    """Returns the score of a text's sentences against one reference each, 0 to 100."""
    ratios = []
    for length in range(1, _ORDER + 1):
        pairs = [
            (_grams(hypothesis, length), _grams(reference, length))
            for hypothesis, reference in zip(hypotheses, references, strict=True)
        ]
        made, wanted = (sum(pair[side].total() for pair in pairs) for side in (0, 1))
        common = sum((one & other).total() for one, other in pairs)
        if made and wanted:
            ratios.append((common / made, common / wanted))
    if not ratios:
        return 0.0
    precision, recall = (sum(side) / len(ratios) for side in zip(*ratios, strict=True))
    weighted = _BETA**2 * precision + recall
    return 100 * (1 + _BETA**2) * precision * recall / weighted if weighted else 0.0


def _grams(text: str, length: int) -> Counter[str]:
    characters = "".join(text.split())
    return Counter(characters[start : start + length] for start in range(len(characters) - length + 1))
