"""The lines that lead from one page of an issue to another: See page 3, From page 1, 下转第3版, 上接第1版."""

import regex

_PAGE = r"(?:p(?:age|g)?\.?\s?)(?P<page>[A-Z]?\d{1,3})"
_HAN_PAGE = r"第?\s?(?P<page>[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s?版"
_ORNAMENT = r"[\s>»▶►→◆●■*_—–-]*"
_OUT = (
    rf"(?:see|(?:to\sbe\s)?cont(?:inued|inues|['’]d|\.)\s(?:on|to)|turn\sto|more\son|jump\sto)\s{_PAGE}",
    rf"(?:紧?下?转){_HAN_PAGE}(?:[^）)]{{0,8}})",
)
_IN = (
    rf"(?:(?:cont(?:inued|['’]d|\.)\s)?from)\s{_PAGE}",
    rf"(?:紧?上?接){_HAN_PAGE}(?:[^）)]{{0,8}})",
)
_OPEN, _CLOSE = r"[(（\[【]\s?", r"\s?[)）\]】]"


def _whole(pattern: str) -> regex.Pattern[str]:
    return regex.compile(rf"{_ORNAMENT}(?:{_OPEN})?{_ORNAMENT}{pattern}\.?{_ORNAMENT}(?:{_CLOSE})?", regex.IGNORECASE)


_OUT_LINES = tuple(map(_whole, _OUT))
_IN_LINES = tuple(map(_whole, _IN))
_OUT_INSIDE = regex.compile(rf"{_OPEN}(?:{_OUT[0]}|{_OUT[1]}){_CLOSE}$", regex.IGNORECASE)
_IN_INSIDE = regex.compile(rf"{_OPEN}(?:{_IN[0]}|{_IN[1]}){_CLOSE}", regex.IGNORECASE)
_REFERENCE = regex.compile(
    rf"{_ORNAMENT}(?:page\s?(?P<page>[A-Z]?\d{{1,3}})|P\.?\s?(?P<page>\d{{1,3}})|{_HAN_PAGE})", regex.IGNORECASE
)
_LONGEST = 40
_HAN_NUMBERS = {character: number for number, character in enumerate("一二三四五六七八九十", 1)}


def out(text: str) -> str:
    """Returns the page a line says the article goes on on, or "" for any other text."""
    return _page(_OUT_LINES, text)


def into(text: str) -> str:
    """Returns the page a line says the article comes from, or "" for any other text."""
    return _page(_IN_LINES, text)


def reference(text: str) -> str:
    """Returns the page that a line such as PAGE 2 names and nothing else, or ""."""
    match = _REFERENCE.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    return _number(match["page"]) if match else ""


def apart(text: str) -> list[str]:
    """Cuts a jump in brackets off the beginning or the end of a paragraph."""
    first = _IN_INSIDE.match(text[:_LONGEST])
    start = first.end() if first else 0
    last = _OUT_INSIDE.search(text, max(start, len(text) - _LONGEST))
    end = last.start() if last else len(text)
    return [piece.strip() for piece in (text[:start], text[start:end], text[end:]) if piece.strip()]


def _page(lines: tuple[regex.Pattern[str], ...], text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    for line in lines:
        if match := line.fullmatch(text.strip()):
            return _number(match["page"])
    return ""


def _number(text: str) -> str:
    """The page as it is compared: without zeros before it, in Arabic digits."""
    if text[0] in _HAN_NUMBERS:
        tens, _, units = text.rpartition("十")
        value = _HAN_NUMBERS.get(units, 0) + (10 * _HAN_NUMBERS.get(tens, 1) if "十" in text else 0)
        return str(value)
    return text.upper().lstrip("0")
