"""What the models are trained on and measured with: the samples, the terms of the starter term base, and templates.

A template is a sentence in English and in Chinese with slots for terms, names and numbers; `templates.tsv` holds them,
and `frames.tsv` sentences around a sentence. The people and institutes that fill slots apart from the term base's own
are invented, and so is what the sentences say. The same seed draws the same sentences.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus import samples
from corpus.text import languages
from glossary import STARTER, tbx
from glossary.concepts import Concept, PartOfSpeech, Term, TermType

SEED = 20260109
HELD_OUT = 0.1
"""The share of the concepts that no training sentence holds."""

ENGLISH, CHINESE = "en", "zh-Hans"

_FOLDER = Path(__file__).parent
_SLOT = re.compile(r"\{(\w)\}")
_PREFERRED = 0.6  # how often the first of several terms is drawn
_FRAMED = 0.25  # how many of the sentences that may stand in a frame do
_INVENTED = 0.2  # how many of the institutions are not the term base's

_ROLES = frozenset("researcher academician scholar scientist reporter correspondent astronaut personnel".split())
_COUNTED = frozenset(
    "accelerator agent alliance battery cell center chain chip citation circuit cluster company computer ecosystem "
    "enterprise factor fence firm grant hub incubator institution institute interface interpreter laboratory "
    "lifeline machine model network office patent paper park platform preprint probe project qubit robot rocket "
    "sample satellite scheme semiconductor startup station supercomputer system telescope transformer trial twin "
    "unicorn unit vaccine vehicle wafer wave worker".split()
)
_INSTITUTION = re.compile(
    "(?:院|部|局|办公室|委员会|组织|学会|协会|联合会|中心|机构|联盟|联合国|大学|公司|公社|署|社|日报|华为)$"
)
_DOCUMENT = re.compile(r"(?:计划|倡议|规划|决议|纲要|宣言|公约|协定|议程|条约|进步法|转化法|建议书|专项)$")

_PEOPLE = (
    "Wang Lanyi/王岚怡 Chen Muyang/陈牧阳 Liu Qingke/刘青柯 Zhao Yunsheng/赵云笙 Sun Hebai/孙鹤白 Lin Zhiyao/林知遥 "
    "Zhou Kening/周可宁 Xu Wanqiu/许晚秋 Gao Shuming/高书铭 He Ruofan/何若帆 Tang Jinghe/唐景禾 Song Yichen/宋以辰 "
    "Anna Keller/安娜·凯勒 Joseph Mwangi/约瑟夫·姆万吉 Maria Duarte/玛丽亚·杜阿尔特 Peter Novak/彼得·诺瓦克"
)
_PLACES = (
    "Kenya/肯尼亚 Brazil/巴西 Egypt/埃及 Thailand/泰国 Laos/老挝 Pakistan/巴基斯坦 Hungary/匈牙利 Ethiopia/埃塞俄比亚 "
    "Indonesia/印度尼西亚 Malaysia/马来西亚 Chile/智利 Serbia/塞尔维亚 Japan/日本 Germany/德国 France/法国 "
    "Portugal/葡萄牙 Beijing/北京 Shanghai/上海 Shenzhen/深圳 Chengdu/成都 Wuhan/武汉 Nairobi/内罗毕 "
    "Geneva/日内瓦 Vienna/维也纳 Yuncang/云沧 Lanchuan/澜川 Beishan/北山 Lingbei/岭北"
)
_INSTITUTES = (
    "the Beishan Institute of Geophysics/北山地球物理研究所 the Lanchuan Institute of Crop Science/澜川作物科学研究所 "
    "the Lingbei Center for Research Policy/岭北科研政策研究中心 Yuncang University/云沧大学 "
    "the Rift Highlands Agricultural College/肯尼亚裂谷高地农学院 Lanchuan University/澜川大学 "
    "the Beishan Academy of Materials/北山材料研究院 the Yuncang Bureau of Science/云沧市科学局 "
    "the Lingbei Museum of Technology/岭北技术博物馆 the East Lake Hospital/东湖医院"
)
_OTHER_ROLES = "students/学生 farmers/农民 engineers/工程师 teachers/教师 doctors/医生 young researchers/青年科研人员"
_MONTHS = "January February March April May June July August September October November December".split()
_SMALL = "zero one two three four five six seven eight nine".split()


@dataclass(frozen=True)
class Link:
    """That a passage of the English and a passage of the Chinese text say the same; `uid` is their concept, if any."""

    english: tuple[int, int]
    chinese: tuple[int, int]
    uid: str = ""

    def place(self, language: str) -> tuple[int, int]:
        return self.english if language == ENGLISH else self.chinese


@dataclass(frozen=True)
class Pair:
    """A text in both languages."""

    english: str
    chinese: str
    links: tuple[Link, ...] = ()

    def side(self, language: str) -> str:
        return self.english if language == ENGLISH else self.chinese


@dataclass(frozen=True)
class _Filling:
    """What goes into a slot."""

    english: str
    chinese: str
    uid: str = ""


# The term base


@cache
def concepts() -> tuple[Concept, ...]:
    with STARTER.open("rb") as stream:
        return tuple(tbx.read(stream, STARTER.name, languages.canonical))


@cache
def held_out() -> frozenset[str]:
    """The concepts, by uid, that training leaves out: their terms stand in no sample and in no term of the others."""
    candidates = [concept for concept in concepts() if _is_apart(concept)]
    number = round(HELD_OUT * len(concepts()))
    return frozenset(concept.uid for concept in generator("held out").sample(candidates, number))


@cache
def _written() -> tuple[tuple[str, str], ...]:
    """All texts of the samples with an empty uid, and all terms with that of their concept, in small letters."""
    texts = [("", pair.side(language).lower()) for pair in sample_pairs() for language in (ENGLISH, CHINESE)]
    return (*texts, *((concept.uid, term.text.lower()) for concept in concepts() for term in concept.terms))


def _is_apart(concept: Concept) -> bool:
    terms = [term.text.lower() for term in concept.terms]
    is_a_topic = bool(_noun_terms(concept, ENGLISH)) and not _is_role(concept)
    return is_a_topic and not any(term in text for uid, text in _written() if uid != concept.uid for term in terms)


def _noun_terms(concept: Concept, language: str) -> list[Term]:
    """The terms that may stand in a sentence where a noun stands."""
    return [
        term
        for term in concept.in_language(language)
        if term.part_of_speech is PartOfSpeech.NOUN and term.type is not TermType.PHRASE
    ]


def _is_role(concept: Concept) -> bool:
    return concept.name(ENGLISH).split()[-1] in _ROLES


def draw(terms: list[Term], rng: random.Random) -> Term:
    """Draws one of several terms of a language, the first (the preferred one, if there is one) most often."""
    if len(terms) == 1 or rng.random() < _PREFERRED:
        return terms[0]
    return rng.choices(terms[1:], [2 if term.status.usable else 1 for term in terms[1:]])[0]


def generator(purpose: str, seed: int = SEED) -> random.Random:
    """Random numbers for a purpose, the same in each run."""
    return random.Random(f"{seed} {purpose}")  # noqa: S311 - draws sentences, no secrets


# The samples


def _sample_sentences(name: str, language: str) -> list[str]:
    """The title and the sentences of the body."""
    header, _, body = samples.path(name, language).read_text(encoding="utf-8").partition("\n\n")
    title = next(line.partition(": ")[2] for line in header.splitlines() if line.startswith("title: "))
    return [title, *(line for line in body.splitlines() if line)]


@cache
def sample_pairs() -> tuple[Pair, ...]:
    """The beads of the samples that have both languages, with the terms in them that are beyond doubt."""
    pairs = []
    for name in samples.names():
        english, chinese = (_sample_sentences(name, language) for language in (ENGLISH, CHINESE))
        for bead in samples.gold(name):
            if bead.source and bead.target:
                sides = [english[number] for number in bead.source], [chinese[number] for number in bead.target]
                pairs.append(_linked(languages.join(sides[0], ENGLISH), languages.join(sides[1], CHINESE)))
    return tuple(pairs)


def _linked(english: str, chinese: str) -> Pair:
    links = (_link(concept, english, chinese) for concept in concepts())
    return Pair(english, chinese, tuple(link for link in links if link))


def _link(concept: Concept, english: str, chinese: str) -> Link | None:
    places = [_only_place(concept, language, text) for language, text in ((ENGLISH, english), (CHINESE, chinese))]
    return Link(places[0], places[1], concept.uid) if places[0] and places[1] else None


def _only_place(concept: Concept, language: str, text: str) -> tuple[int, int] | None:
    """Where the longest of a concept's terms stands, if it stands there once."""
    for term in sorted(concept.in_language(language), key=lambda term: -len(term.text)):
        if text.count(term.text) == 1:
            start = text.index(term.text)
            return start, start + len(term.text)
    return None


# The templates


def _lines(name: str) -> list[tuple[str, str]]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [(english, chinese) for english, chinese in (line.split("\t") for line in lines)]


def _names(text: str) -> list[_Filling]:
    """The fillings of a text `English name/中文名 …`; English names may have spaces."""
    return [_Filling(*match) for match in re.findall(r"([A-Za-z][A-Za-z .]*)/(\S+)", text)]


class Drawing:
    """Draws pairs for a target language; `outside` are the concepts that none of them may hold."""

    def __init__(self, target: str, rng: random.Random, outside: frozenset[str]) -> None:
        self.target = target
        self.rng = rng
        self._templates, self._frames = _lines("templates.tsv"), _lines("frames.tsv")
        self._people, self._places, self._institutes, self._others = map(
            _names, (_PEOPLE, _PLACES, _INSTITUTES, _OTHER_ROLES)
        )
        inside = [concept for concept in concepts() if concept.uid not in outside]
        nouns = [concept for concept in inside if all(_noun_terms(concept, code) for code in (ENGLISH, CHINESE))]
        proper = PartOfSpeech.PROPER_NOUN
        named = [concept for concept in inside if concept.in_language(ENGLISH)[0].part_of_speech is proper]
        self.topics = [concept for concept in nouns if not _is_role(concept)]
        self._inside = inside
        self._roles = [concept for concept in nouns if _is_role(concept)]
        self._organizations = [concept for concept in named if _INSTITUTION.search(concept.name(CHINESE))]
        self._documents = [concept for concept in named if _DOCUMENT.search(concept.name(CHINESE))]
        self._guests = [concept for concept in named if concept.subject == "people"]
        self._slots = self._fillers()

    def sentence(self) -> Pair:
        """A template with its slots filled, now and then in a frame."""
        english, chinese = self.rng.choice(self._templates)
        if not english.endswith(".") or self.rng.random() >= _FRAMED:
            return _capitalized(self._filled(english, chinese, {}))
        first = english if english.startswith(("I ", "China ")) else english[0].lower() + english[1:]
        inner = self._filled(first.removesuffix("."), chinese.removesuffix("。"), {})
        frame, other = self.rng.choice(self._frames)
        inner = _capitalized(inner) if "{S}" in frame else inner
        return _capitalized(self._filled(frame.replace("{S}", "{s}"), other, {"s": inner}))

    def term(self) -> Pair:
        """The terms of a concept, alone."""
        concept = self.rng.choice(self._inside)
        english, chinese = (draw(list(concept.in_language(code)), self.rng).text for code in (ENGLISH, CHINESE))
        return Pair(english, chinese)

    def _filled(self, english: str, chinese: str, known: Mapping[str, _Filling | Pair]) -> Pair:
        """Fills the slots of both sides alike; no concept stands in two of them."""
        values: dict[str, _Filling | Pair] = dict(known)
        used: set[str] = set()
        for slot in _SLOT.findall(english):
            while slot not in values:
                filling = self._slots[slot]()
                if filling.english not in used:
                    used.add(filling.english)
                    values[slot] = filling
        one, places = _render(english, {slot: value.english for slot, value in values.items()})
        other, others = _render(chinese, {slot: value.chinese for slot, value in values.items()})
        return Pair(one, other, tuple(_links(values, places, others)))

    def _fillers(self) -> dict[str, Callable[[], _Filling]]:
        rng = self.rng
        topic, place, institution, role, percentage = (
            lambda: self._concept(self.topics, self._topic),
            lambda: rng.choice(self._places),
            self._institution,
            self._role,
            lambda: _same(rng.choice([f"{rng.randint(1, 99)}", f"{rng.randint(1, 39)}.{rng.randint(1, 9)}"])),
        )
        return {
            **dict.fromkeys("tuv", topic),
            **dict.fromkeys("ce", place),
            **dict.fromkeys("op", institution),
            **dict.fromkeys("qg", percentage),
            "r": role,
            "w": lambda: rng.choice(self._people),
            "d": lambda: self._concept(self._documents, _with_article),
            "f": lambda: self._concept(self._guests, lambda term: term.text),
            "y": lambda: _same(str(rng.choice([rng.randint(1950, 2060), rng.randint(2015, 2035)]))),
            "n": lambda: _small(rng.randint(2, 60)),
            "m": lambda: _large(rng.randint(100, 9999)),
            "b": lambda: _money(rng),
            "k": lambda: _day(rng.randint(1, 12), rng.randint(1, 28)),
        }

    def _concept(self, among: list[Concept], written: Callable[[Term], str]) -> _Filling:
        concept = self.rng.choice(among)
        nouns = [_noun_terms(concept, code) or list(concept.in_language(code)) for code in (ENGLISH, CHINESE)]
        english, chinese = (draw(terms, self.rng) for terms in nouns)
        return _Filling(written(english), chinese.text, concept.uid)

    def _topic(self, term: Term) -> str:
        return _plural(term) if term.text.split()[-1].lower() in _COUNTED else term.text

    def _institution(self) -> _Filling:
        if self.rng.random() < _INVENTED:
            return self.rng.choice(self._institutes)
        return self._concept(self._organizations, _with_article)

    def _role(self) -> _Filling:
        return self.rng.choice(self._others) if self.rng.random() < 0.5 else self._concept(self._roles, _plural)


def _render(text: str, values: dict[str, str]) -> tuple[str, dict[str, int]]:
    """The text of a side with its slots filled, and where each filling begins."""
    parts, places, length = [], {}, 0
    for number, part in enumerate(_SLOT.split(text)):
        if number % 2:
            places[part] = length
            part = values[part]
        parts.append(part)
        length += len(part)
    return "".join(parts), places


def _links(values: dict[str, _Filling | Pair], english: dict[str, int], chinese: dict[str, int]) -> Iterator[Link]:
    for slot, start in english.items():
        value, other = values[slot], chinese[slot]
        if isinstance(value, Pair):
            yield from (_moved(link, start, other) for link in value.links)
        elif value.english == value.chinese and not value.uid:  # a number: its digits one by one
            for place in range(len(value.english)):
                yield Link((start + place, start + place + 1), (other + place, other + place + 1))
        else:
            yield Link((start, start + len(value.english)), (other, other + len(value.chinese)), value.uid)


def _moved(link: Link, english: int, chinese: int) -> Link:
    (start, end), (other_start, other_end) = link.english, link.chinese
    return Link((start + english, end + english), (other_start + chinese, other_end + chinese), link.uid)


def _capitalized(pair: Pair) -> Pair:
    """With a capital at the beginning, but for words such as mRNA and e-commerce."""
    first, second = pair.english[:1], pair.english[1:2]
    is_plain = second.islower() or second == " "
    return Pair(first.upper() + pair.english[1:] if is_plain else pair.english, pair.chinese, pair.links)


def _plural(term: Term) -> str:
    text = term.text
    if term.type in (TermType.ACRONYM, TermType.ABBREVIATION) or text.endswith(("s", "personnel")):
        return text
    if text.endswith("y") and text[-2] not in "aeiou":
        return f"{text[:-1]}ies"
    return f"{text}s"


def _with_article(term: Term) -> str:
    """Names of several words have an article in these templates, and names of one word have none."""
    has_none = " " not in term.text or term.text.startswith("The ") or term.text.endswith("Ltd.")
    return term.text if has_none else f"the {term.text}"


def _same(text: str) -> _Filling:
    return _Filling(text, text)


def _small(number: int) -> _Filling:
    return _Filling(_SMALL[number] if number < len(_SMALL) else str(number), str(number))


def _large(number: int) -> _Filling:
    return _Filling(f"{number:,}", str(number))


def _money(rng: random.Random) -> _Filling:
    kind = rng.randrange(3)
    if kind == 0:
        millions = rng.randint(1, 99)
        return _Filling(f"{millions} million", f"{millions * 100}万")
    if kind == 1:
        tens = rng.randint(10, 99)
        return _Filling(f"{tens * 10} million", f"{tens / 10:g}亿")
    tenths = rng.randint(10, 299)
    return _Filling(f"{tenths / 10:g} billion", f"{tenths}亿")


def _day(month: int, day: int) -> _Filling:
    return _Filling(f"{_MONTHS[month - 1]} {day}", f"{month}月{day}日")


# What is measured


@cache
def held_out_sentences(number: int = 200) -> tuple[Pair, ...]:
    """Template sentences that no training run sees, with the terms of trained concepts, the preferred of each."""
    drawing = Preferred(CHINESE, generator("measured"), held_out())
    return tuple(drawing.sentence() for _ in range(number))


@cache
def unknown_term_sentences() -> tuple[Pair, ...]:
    """A template sentence for each concept that training leaves out."""
    drawing = Preferred(CHINESE, generator("unknown"), frozenset(concept.uid for concept in concepts()) - held_out())
    templates = [
        ("{o} supports {t}.", "{o}支持{t}。"),
        ("The report says that {t} is important.", "报告说，{t}很重要。"),
        ("We must strengthen {t}.", "我们必须加强{t}。"),
    ]
    return tuple(
        _capitalized(drawing.about(concept, *templates[number % len(templates)]))
        for number, concept in enumerate(drawing.topics)
    )


class Preferred(Drawing):
    """Draws the first term of each concept."""

    def _concept(self, among: list[Concept], written: Callable[[Term], str]) -> _Filling:
        concept = self.rng.choice(among)
        return _filling(concept, written)

    def _institution(self) -> _Filling:
        return self._concept(self._organizations, _with_article) if self._organizations else self._institutes[0]

    def about(self, concept: Concept, english: str, chinese: str) -> Pair:
        """The sentence with a concept in slot t."""
        filling = _filling(concept, self._topic)
        return self._filled(english, chinese, {"t": filling})


def _filling(concept: Concept, written: Callable[[Term], str]) -> _Filling:
    english, chinese = ((_noun_terms(concept, code) or concept.in_language(code))[0] for code in (ENGLISH, CHINESE))
    return _Filling(written(english), chinese.text, concept.uid)


def renderings(pair: Pair, link: Link, language: str) -> list[str]:
    """What counts as the translation of a term: the text of the pair, and every usable term of its concept."""
    concept = next(concept for concept in concepts() if concept.uid == link.uid)
    usable = [term.text for term in concept.in_language(language) if term.status.usable]
    return [pair.side(language)[slice(*link.place(language))], *usable]


def translated_terms(pair: Pair, text: str, language: str) -> list[bool]:
    """Whether each term of a pair is translated by a usable term in a translation."""
    return [
        any(rendering.lower() in text.lower() for rendering in renderings(pair, link, language))
        for link in pair.links
        if link.uid
    ]


def place_of_term(pair: Pair, link: Link, text: str, language: str) -> tuple[int, int] | None:
    """Where in a translation a usable term stands, if once."""
    for rendering in renderings(pair, link, language):
        if text.count(rendering) == 1:
            return text.index(rendering), text.index(rendering) + len(rendering)
    return None


def place_of_any(pair: Pair, link: Link, text: str, language: str) -> tuple[int, int] | None:
    """Where in a translation what may be no term stands between the same words as the term of the pair."""
    expected, (start, end) = pair.side(language), link.place(language)
    before, after = expected[:start], expected[end:]
    is_alike = text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after)
    return (start, len(text) - len(after)) if is_alike else None
