"""Damage that Chinese text takes on its way: spaces between characters, doubled marks, half width for full width.

Spaces between phrases of a headline and between names are right and stay.
"""

from collections.abc import Callable, Sequence

import regex

from corpus.intake.cleanup import texts
from corpus.intake.cleanup.texts import Match
from corpus.intake.decisions import Ledger
from corpus.intake.pages import Page
from corpus.text.messages import sentence
from corpus.text.scripts import HAN

_SPACES = sentence("Took out spaces between Chinese characters: {before} → {after}")
_DOUBLED = sentence("Took out a doubled mark: {before} → {after}")
_WIDTH = sentence("Changed the width: {before} → {after}")
_QUOTES = sentence("Changed quotation marks to Chinese ones: {before} → {after}")

_SPACE = r"[ \t\u00a0\u2002-\u200b\u3000]"
# 一 带 一 路: three characters or more, each alone between spaces.
_LETTER_SPACED = regex.compile(
    rf"(?<!\p{{Han}})[“‘《]?\p{{Han}}[”’》]?(?:{_SPACE}+[“‘《]?\p{{Han}}(?!\p{{Han}})[”’》]?){{2,}}+"
)
_INSIDE_PROSE = regex.compile(rf"(?<=\p{{Han}}){_SPACE}+(?=\p{{Han}})")
_AT_A_MARK = regex.compile(
    rf"(?<=[\p{{Han}}\w”’》）]){_SPACE}+(?=[，。、；：！？”’》）])|(?<=[，。、；：！？“‘《（]){_SPACE}+(?=[\p{{Han}}“‘《（])"
)
# Lists of names keep their spaces: （记者 李明 王红）, 本报记者 李明.
_NAMES = regex.compile(
    r"(?:记者|通讯员|编辑|作者|实习生|摄影|校对|来源)[：:]?(?:\s?\p{Han}{2,4}){0,3}$|[（(【][^）)】]{0,30}$"
)
_PROSE = regex.compile(r"[，。；]")

_DOUBLE = regex.compile(r"([，。、；：])(?:\s?\1)+|，\s?,|,\s?，|。\s?\.(?!\.)|、\s?,")
_FULL_WIDTH = regex.compile(r"[Ａ-Ｚａ-ｚ０-９％]+(?:[．－／][Ａ-Ｚａ-ｚ０-９％]+)*")
_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_AFTER_HAN = r"(?<=[\p{Han}”’》）]|\p{Han}\s)"
_HALF_WIDTH = regex.compile(r"(?<=[\p{Han}”’》）])(?P<mark>[,;:!?])(?:\s?(?=[\p{Han}“‘《（\d])|(?=[”’》）]|\s*$))")
_HALF_STOP = regex.compile(r"(?<=[\p{Han}”’》）])\.(?=$|[”’])|(?<=\p{Han})\.\s?(?=\p{Han})")
_HALF_BRACKETS = regex.compile(r"(?<=[\p{Han}”》]|^)\((?P<text>[^()（）\n]{0,80}\p{Han}[^()（）\n]{0,80})\)")
_STRAIGHT = regex.compile(r'"(?P<text>[^"“”\n]{0,200}\p{Han}[^"“”\n]{0,200})"')
_TO_FULL = str.maketrans(",;:!?", "，；：！？")

Step = tuple[str, str, "regex.Pattern[str]", Callable[[Match], str]]


def mend(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages with their Chinese blocks mended."""

    def one(text: str, file: str, place: str) -> str:
        if not _is_chinese(text):
            return text
        for rule, template, pattern, after in _steps(text):
            text = texts.substitute(text, pattern, after, texts.taker(ledger, rule, template, file, place))
        return text

    return texts.each_text(pages, one)


def _is_chinese(text: str) -> bool:
    """Returns whether the block is Chinese: an English one with a Chinese name in it has nothing to mend."""
    sample = text[:2_000]
    return len(HAN.findall(sample)) * 4 >= sum(map(str.isalpha, sample)) and HAN.search(sample) is not None


def _steps(text: str) -> list[Step]:
    steps: list[Step] = [
        ("width", _WIDTH, _FULL_WIDTH, lambda match: match[0].translate(_TO_HALF)),
        ("width", _WIDTH, _HALF_WIDTH, lambda match: match["mark"].translate(_TO_FULL)),
        ("width", _WIDTH, _HALF_BRACKETS, lambda match: f"（{match['text']}）"),
        ("quotes", _QUOTES, _STRAIGHT, lambda match: f"“{match['text']}”"),
        ("spaces", _SPACES, _LETTER_SPACED, lambda match: regex.sub(_SPACE, "", match[0])),
        ("spaces", _SPACES, _AT_A_MARK, lambda match: ""),
        ("doubled", _DOUBLED, _DOUBLE, lambda match: _kept(match[0])),
    ]
    if "。" not in text:
        # A stop between Chinese characters is a name's (阿道夫.希特勒) where the text has others.
        steps.insert(2, ("width", _WIDTH, _HALF_STOP, lambda match: "。"))
    if _PROSE.search(text):
        steps.append(("spaces", _SPACES, _INSIDE_PROSE, _unless_names))
    return steps


def _kept(marks: str) -> str:
    """The full-width one of two marks."""
    return next(mark for mark in marks if mark in "，。、；：")


def _unless_names(match: Match) -> str:
    before = match.string[max(0, match.start() - 40) : match.start()]
    return match[0] if _NAMES.search(before) else ""
