"""The encoding of a text that names none: the desk's languages come first, by whether it makes sense in them.

Short text fits many encodings: 张伟 in GB18030 is as well-formed in Korean and in Western European. It is read as what
makes sense, and every other guess is known for one.
"""

import codecs
from dataclasses import dataclass
from functools import lru_cache

import charset_normalizer
import regex

from corpus.text.scripts import HAN

# Chinese first, as the first of two that make as much sense is taken; Western European for names and quotation marks.
_CHINESE = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_WESTERN = "cp1252"
_OTHERS = ["cp1251", "shift_jis", "euc_jp", "euc_kr", "cp1250", "koi8_r", "cp1252"]
# What makes less sense than this is taken for want of anything better.
LIKELY = 0.7
_SAMPLE = 60_000
# Byte order marks. UTF-32 before UTF-16: the little-endian marks begin alike.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Of so many characters in a row that are rare in Chinese by themselves, the text is in another language.
_ENOUGH = 12

_OUTSIDE_ASCII = regex.compile(r"[^\x00-\x7f]")
_WORD = regex.compile(r"\p{L}+")
_CASED = regex.compile(r"\p{Lu}?\p{Ll}+|\p{Lu}+")
_CHINESE_MARK = regex.compile(r"[\u3000-\u3015\uff01-\uff5e“”‘’—…·％￥№℃→■□●○★☆△▲①-⑳]")
# Signs of money stand before numbers, fractions and ordinals behind them.
_WESTERN_MARK = regex.compile(
    r"[“”‘’„‚–—…•©®™°·«»±†‡‰\u00a0\u00ad]|(?<!\p{L})[×÷](?!\p{L})|[£€¥§¢](?=\s?\d)|(?<!\p{L})[¡¿](?=\p{L})|(?<![\p{L}£])[½¼¾²³¹](?!\p{L})"
    r"|(?<=\p{L})[²³](?!\p{L})|(?<=\d)[ºª]|(?<!\p{L})µ(?=\p{L})"
)
_CONTROL = regex.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x80-\x9f\ufffe\uffff\p{Co}]")


@dataclass(frozen=True)
class Guess:
    """A text, the encoding it is read in, and whether that is likely; `damage` is its first byte that is none."""

    text: str
    encoding: str
    likely: bool = True
    damage: int | None = None


def marked(data: bytes) -> str | None:
    """Returns the encoding that the byte order mark of a text names; None where it has none."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def guess(data: bytes) -> Guess | None:
    """Returns the best reading of bytes that are not UTF-8; None where they read as nothing."""
    found = [(_sense(text, encoding), -place, text, encoding) for place, encoding, text in _decoded(data)]
    best = max(found, default=None)
    if best and best[0] >= LIKELY:
        return Guess(best[2], best[3])
    # Nearly all bytes are well-formed in UTF-16: without a mark it is never taken for want of anything better.
    rest = max((each for each in found if not each[3].startswith("utf-16")), default=None)
    return _damaged(data) or _other(data) or (Guess(rest[2], rest[3], likely=False) if rest else None)


def is_likely(text: str, encoding: str) -> bool:
    """Returns whether a text makes sense as read in an encoding; of languages not the desk's nothing is known."""
    judged = encoding.startswith(("gb", "big5", "cp950", "cp1252", "iso8859", "ascii"))
    return not judged or not _OUTSIDE_ASCII.search(text) or _sense(text, encoding) >= LIKELY


def _decoded(data: bytes) -> list[tuple[int, str, str]]:
    """The encodings of the desk's languages that bytes are well-formed in, in their order, and the text in each."""
    found = []
    for place, encoding in enumerate((*_CHINESE, _WESTERN)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            found.append((place, encoding, text))
    return found


def _sense(text: str, encoding: str) -> float:
    sample = text[:_SAMPLE]
    return chinese_sense(sample) if encoding in _CHINESE or encoding.startswith(("gb", "big5")) else _western(sample)


def chinese_sense(text: str) -> float:
    """The share of common characters and Chinese marks among those outside of ASCII."""
    found = _OUTSIDE_ASCII.findall(text)
    if not found or not HAN.search(text):
        return 0.0
    share = sum(1.0 if _CHINESE_MARK.match(each) else _commonness(each) for each in found) / len(found)
    leads = [lead for each in found if (lead := _lead(each, "gb2312")) >= 0xB0]
    # Korean syllables are all in the first half of what Chinese uses as much of.
    return share / 2 if len(leads) >= _ENOUGH and max(leads) <= 0xC8 else share


@lru_cache(maxsize=20_000)
def _commonness(character: str) -> float:
    """Returns the commonness of a character in Chinese, by the part of the national standards it stands in."""
    lead = _lead(character, "gb2312")
    if 0xB0 <= lead <= 0xD7:
        return 1.0
    if 0xA4 <= _lead(character, "big5") <= 0xC6 and HAN.match(character):
        return 0.9
    return 0.75 if lead >= 0xD8 else 0.1 if HAN.match(character) else 0.0


def _lead(character: str, encoding: str) -> int:
    try:
        return character.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0


def _western(text: str) -> float:
    """The share of characters outside of ASCII that stand as accents do in words, and marks between words."""
    whole = len(_OUTSIDE_ASCII.findall(text))
    sound = sum(len(_OUTSIDE_ASCII.findall(word)) for word in _WORD.findall(text) if _is_word(word))
    return (sound + len(_WESTERN_MARK.findall(text))) / whole if whole else 1.0


def _is_word(word: str) -> bool:
    """Returns whether letters are written as a word is: a capital at most at its start, and most letters plain."""
    return len(word) == 1 or (_CASED.fullmatch(word) is not None and 2 * len(_OUTSIDE_ASCII.findall(word)) <= len(word))


def _damaged(data: bytes) -> Guess | None:
    """Chinese text of which a few bytes were lost, as at the end of a file that was cut off."""
    for encoding in _CHINESE[:2]:
        try:
            data.decode(encoding)
        except UnicodeDecodeError as error:
            text = data.decode(encoding, "replace")
            lost = text.count("\ufffd")
            if lost <= 1 + len(text) // 200 and len(text) > _ENOUGH and chinese_sense(text) >= 0.9:
                return Guess(text, encoding, damage=error.start)
    return None


def _other(data: bytes) -> Guess | None:
    best = charset_normalizer.from_bytes(data, cp_isolation=_OTHERS, threshold=0.3).best()
    return Guess(str(best), codecs.lookup(best.encoding).name, likely=False) if best is not None else None
