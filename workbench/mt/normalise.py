"""Machine-made Chinese as Chinese is written: no spaces beside Han, full-width punctuation, the script asked for.

Models trained on text from the web give half-width punctuation and spaces between the words of Chinese.
"""

import regex

from corpus.text import languages
from corpus.text.scripts import HAN, convert

_BESIDE = r"[\p{Han}，。！？；：、（）《》〈〉【】「」『』…]"
_SPACES_BESIDE = regex.compile(rf"(?<={_BESIDE})\s+|\s+(?={_BESIDE})")
_FULL_WIDTH = {",": "，", "!": "！", "?": "？", ";": "；", ":": "："}

_RULES = (
    (_SPACES_BESIDE, ""),
    # A bracket or a pair of quotes that Han stands in or in front of belongs to the Chinese text.
    (regex.compile(r"\(([^()]*\p{Han}[^()]*)\)|(?<=\p{Han})\(([^()]*)\)"), r"（\1\2）"),
    (regex.compile(r'"([^"]*\p{Han}[^"]*)"'), r"“\1”"),
    (regex.compile(r"(?<=[\p{Han}…])\.{3,}|(?<=\p{Han})…(?!…)"), "……"),
    # A dot before a letter or digit is one of a name or a number.
    (regex.compile(r"(?<=[\p{Han}）”》】])\.(?![A-Za-z0-9.])|(?<!\.)\.$"), "。"),
)
_HALF_WIDTH = regex.compile(r"(?<=[\p{Han}）”》】])[,!?;:]|[,!?;:](?=\p{Han})|[!?;:]$")

_CONVERSIONS = {("zh-Hans", "zh-Hant"): "s2t", ("zh-Hant", "zh-Hans"): "t2s"}


def tidy(text: str, language: str) -> str:
    """Returns Chinese with full-width punctuation and without spaces beside Han; other languages as they are.

    Between Han and Latin there is no space either: setting them apart is the page's business.
    """
    if not languages.is_chinese(language) or not HAN.search(text):
        return text
    text = text.strip()
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = _HALF_WIDTH.sub(lambda match: _FULL_WIDTH[match[0]], text)
    return _SPACES_BESIDE.sub("", text)


def to_script(text: str, written: str, wanted: str) -> str:
    """Converts Chinese written in the script of one language tag to that of another, with OpenCC's phrases."""
    conversion = _CONVERSIONS.get((_script(written), _script(wanted)))
    return convert(text, conversion) if conversion else text


def _script(tag: str) -> str:
    return "-".join(languages.canonical(tag).split("-")[:2])
