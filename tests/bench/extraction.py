"""Measures the candidates for the term base: the share of a glossary's terms found among the best.

    python tests/bench/extraction.py

The sentences are those of ../shared/eval/tico19/all.en-zh.tmx. Wanted are the terms of its two glossaries that stand in
at least one of them, in the English text as words and in the Chinese one in a form that the glossary gives. A term is
found if a candidate has it, in the singular or the plural, with one of these forms among its translations. Beside it
stand rankings by plain frequency: of all phrases that begin and end with no word of grammar, translated by the Chinese
phrase that stands in most of the same units; of the phrases that could be terms, translated so, by the phrase with the
highest Dice coefficient, and by word alignment as the candidates are. What vectors do to the order is shown in several
ways; extraction takes the first of them.
"""

import csv
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus import tmx
from corpus.embeddings import Encoders
from corpus.text.frequency import log_probability
from glossary.extraction import Candidate, extract
from glossary.extraction.words import base, is_edge, joined, may_be_term, words_of

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "eval" / "tico19"
BEST = (200, 500, 1000)
COMPARED = 1500
Ranking = list[tuple[str, Sequence[str]]]
Wanted = dict[str, set[str]]
Fits = Callable[[Sequence[str], str], bool]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()


def forms(text: str) -> Iterator[str]:
    """The forms that a cell of the glossaries gives: variants after colons, with and without what is in brackets."""
    for variant in re.split(r" [:;] |;|；", re.sub(r"\[[^\]]*\]", "", text)):
        inside = re.findall(r"[（(]([^（()）]*)[)）]", variant)
        for form in (variant, re.sub(r"[（(][^（()）]*[)）]", "", variant), *inside):
            if squeezed(form):
                yield squeezed(form)


def wanted(pairs: Sequence[tuple[str, str]]) -> Wanted:
    """The terms that the pairs have on both sides, with the forms of the translation that stand beside them."""
    known: Wanted = defaultdict(set)
    for path in sorted(SHARED.glob("*zh*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                known[row["sourceString"].strip().lower()].update(forms(row["targetString"]))
    folded = [(source.lower(), squeezed(target)) for source, target in pairs]
    found: Wanted = {}
    for term, translations in known.items():
        pattern = re.compile(rf"(?<![a-z0-9]){re.escape(term)}(?![a-z0-9])")
        beside = {
            form for source, target in folded if pattern.search(source) for form in translations if form in target
        }
        if beside:
            found[term] = beside
    return found


def key(term: str) -> tuple[str, ...]:
    return tuple(map(base, words_of("en")(term)))


def share(ranking: Ranking, count: int, terms: Wanted) -> float:
    best: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for source, targets in ranking[:count]:
        best[key(source)].update(map(squeezed, targets))
    return sum(bool(best[key(term)] & translations) for term, translations in terms.items()) / len(terms)


def show(name: str, ranking: Ranking, terms: Wanted) -> None:
    print(f"{name:44}", *(f"{count:5}: {share(ranking, count, terms):6.1%}" for count in BEST))


def plain(pairs: Sequence[tuple[str, str]], fits: Fits) -> tuple[Ranking, Ranking]:
    """Phrases by frequency, with the target phrase that stands beside them most often, and with the likeliest one."""
    counts, others = Counter[tuple[str, ...]](), Counter[str]()
    beside: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for source, target in pairs:
        phrases = [tuple(map(base, words)) for words in phrases_of(source, "en", fits)]
        translations = list(dict.fromkeys(joined(words, "zh") for words in phrases_of(target, "zh", fits)))
        counts.update(phrases)
        others.update(translations)
        for phrase in dict.fromkeys(phrases):
            beside[phrase].update(translations)
    frequent = [phrase for phrase, _ in counts.most_common(max(BEST)) if beside[phrase]]
    most: Ranking = [(" ".join(phrase), [beside[phrase].most_common(1)[0][0]]) for phrase in frequent]
    dice: Ranking = [
        (" ".join(phrase), [max(found, key=lambda form: 2 * found[form] / (counts[phrase] + others[form]))])
        for phrase in frequent
        if (found := beside[phrase])
    ]
    return most, dice


def not_of_grammar(words: Sequence[str], language: str) -> bool:
    return is_edge(words[0], language) and is_edge(words[-1], language)


def phrases_of(sentence: str, language: str, fits: Fits) -> Iterator[list[str]]:
    words = words_of(language)(sentence)
    for start in range(len(words)):
        for end in range(start + 1, min(start + 4, len(words)) + 1):
            if fits(words[start:end], language):
                yield words[start:end]


def ranking(candidates: Sequence[Candidate]) -> Ranking:
    return [(candidate.source, candidate.targets) for candidate in candidates]


def vectors(candidates: Sequence[Candidate], terms: Wanted) -> None:
    """What vectors of both sides of the best candidates add: unlike pairs last, and two ways that are not taken."""
    start = time.perf_counter()
    encode = Encoders().load().encode
    best, rest = candidates[:COMPARED], candidates[COMPARED:]
    sides = encode([item.source for item in best]), encode([item.targets[0] for item in best])
    cosines = dict(zip(best, (sides[0] * sides[1]).sum(axis=1).tolist(), strict=True))
    seconds = time.perf_counter() - start
    print(f"  with vectors of the best {len(best):,}, in {seconds:.0f} s")
    for least in (0.3, 0.4, 0.5, 0.6):
        kept = [item for item in best if cosines[item] >= least]
        last = [item for item in best if cosines[item] < least]
        show(f"  those with a cosine below {least} last", ranking([*kept, *rest, *last]), terms)
    for power in (0.5, 1, 2):
        moved = sorted(best, key=lambda item: -item.score * max(cosines[item], 0) ** power)
        show(f"  score × cosine to the power of {power}", ranking([*moved, *rest]), terms)


def main() -> None:
    if not SHARED.is_dir():
        print(f"The benchmark of extraction needs {SHARED}, which is not part of the project.")
        return
    with (SHARED / "all.en-zh.tmx").open("rb") as stream:
        pairs = [(unit.text("en") or "", unit.text("zh-Hans") or "") for unit in tmx.read(stream, "all.en-zh.tmx")]
    terms = wanted(pairs)
    start = time.perf_counter()
    candidates = extract(pairs, ("en", "zh-Hans"), log_probability)
    seconds = time.perf_counter() - start
    print(f"{len(pairs):,} units, {len(terms)} terms; {len(candidates):,} candidates in {seconds:.0f} s")
    print("share of the terms found among the best")
    ours = ranking(candidates)
    show("candidates", ours, terms)
    vectors(candidates, terms)
    show("plain frequency, all phrases", plain(pairs, not_of_grammar)[0], terms)
    most, dice = plain(pairs, may_be_term)
    show("plain frequency, phrases that could be terms", most, terms)
    show("  Dice coefficient", dice, terms)
    by_count = sorted(candidates, key=lambda candidate: -candidate.count)
    show("  word alignment", [(item.source, item.targets[:1]) for item in by_count], terms)
    print(f"{'all candidates':44} {share(ours, len(ours), terms):.1%}")


if __name__ == "__main__":
    main()
