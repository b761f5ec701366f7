"""The ends of Chinese sentences: 。！？ and …… with what closes after them, unless the sentence goes on.

After GB/T 15834-2011: a quotation that ends with a mark of its own may be followed by who said it (“好！”他说。), a
mark inside 《》 is the title's, and a bracket inside a sentence does not end it.
"""

import regex

from corpus.segmentation import english, marks
from corpus.segmentation.marks import Match

_PATTERN = (
    r"(?P<mark>[。！？｡!?….．%s]++(?:\s\.)*+[。！？｡!?….．]*+)"
    r"(?P<close>(?:\s*+[”’」』）)》〉】〕\]]|\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}+(?!\p{Latin}))*+)"
    r"(?P<space>\s*+)"
)
_MARKS = regex.compile(_PATTERN % "")
_MARKS_AND_SEMICOLONS = regex.compile(_PATTERN % "；;")

# A half-width stop after Han ends a sentence before white space. Right before Han it may also stand in a foreign name
# (阿道夫.希特勒), unless the text has no other stop. After a number (一. 总则) it is none.
_STOP_AFTER_HAN = r"(?<=[\p{Han}”’」』）)》])(?<!(?:^|[\s。！？.])[一二三四五六七八九十]{1,3})[.．]"
_HALF_STOP = regex.compile(_STOP_AFTER_HAN + r"(?=\s(?!\.)|$)")
_ONLY_HALF_STOPS = regex.compile(_STOP_AFTER_HAN + r"(?=\s(?!\.)|$|[\p{Han}“‘「『（《])")

# No sentence starts with these.
_GOES_ON = regex.compile(r"[，、；：。！？…,;:）)》”’」』]")
# A quotation that is a part of the sentence is opened after a word and not after a comma or colon.
_QUOTED_WORDS = regex.compile(r"[\p{L}\p{N}]“[^“”]*+$|[\p{L}\p{N}]「[^「」]*+$")
_QUOTATION_ENDS = regex.compile(r"[^“”「」]*+[”」]")
_LONGEST_QUOTATION = 60
# What follows makes the quotation a word of the sentence: “怎么办？”的问题, “加油！”等口号.
_GOES_ON_AFTER_QUOTATION = regex.compile(
    r"[—–-]|的(?![确確士])|地(?![球方区區点點铁鐵])|等(?![到待着著一我他她你])|之(?![后後前所])"
    r"|一(?:文|书|書|词|詞|语|語|句|曲|诗|詩|题|題|说|說|章|节|節|栏|欄)"
)
# Who said it. What stands before 说 or 问 keeps other words out (小说, 据说, 对我来说; 访问, 疑问).
_SAID = regex.compile(
    r"(?P<who>[^，。！？；：…“”‘’「」『』\n]{0,40}?)"
    r"(?:(?<![小学學传傳据據听聽虽雖来來是话話如再])[说說]|(?<![学學访訪疑顾顧])[问問]|[说說问問答喊叫写寫笑叹嘆吼嚷念]道"
    r"|回答|喊|[高大惊驚]叫|感[叹嘆慨]|[补補]充|解[释釋]|表示|指出|[强強][调調]|[认認][为為]|回[忆憶]|坦言|直言"
    r"|介[绍紹]|[评評][价價]|[总總][结結]|呼[吁籲]|承[认認]|透露|告[诉訴]\p{Han}{1,8})"
    r"(?=[，。；,;]|$)"
)
# “你去吗？”他没有回答。 “为什么？”面对提问，他笑了。
_NOT_SAID = regex.compile(r".*[没沒不未无無]|(?:面[对對]|[针針]?[对對]|[据據当當这這])")

# An ellipsis ends a sentence only before what clearly starts one, and not after a word or two that are begun again
# (我……我不知道).
_STARTS = regex.compile(
    r"[“‘「『]|[我你您他她它咱这這]|那(?![么麼])|但|然而|不[过過]|可是|[于於]是|[后後][来來]|[随隨][后後]|[结結]果|最[后後]"
    r"|所以|因此|也[许許]|或[许許]|其[实實]|[当當]然"
)
_HESITATES = regex.compile(r"(?:^|[，。！？；：…“‘「『])\p{Han}{1,2}$")


def cuts(text: str, semicolons: bool = False) -> list[int]:
    """Returns the ends of the sentences of a Chinese paragraph, except the last."""
    return marks.walk(_uniform(text), _MARKS_AND_SEMICOLONS if semicolons else _MARKS, _ends)


def _uniform(text: str) -> str:
    """The text, as long as before: quotation marks open and close in turn, and a stop after Han is 。"""
    quoted = text.split('"')
    curled = "".join(piece + mark for piece, mark in zip(quoted, "“”" * (len(quoted) // 2 + 1), strict=False))
    half_stop = _HALF_STOP if "。" in text else _ONLY_HALF_STOPS
    return half_stop.sub("。", curled[: len(text)])


def _ends(text: str, start: int, match: Match) -> bool:
    if _GOES_ON.match(text, match.end()):
        return False
    return (
        _mark_ends(text, start, match)
        and not _in_bracket(text, start, match)
        and not _goes_on_after_quotation(text, match)
    )


def _mark_ends(text: str, start: int, match: Match) -> bool:
    """Returns whether the mark can end a sentence, whatever closes after it."""
    mark = match["mark"]
    if regex.search("[。！？｡；]", mark):
        return True
    if "…" in mark or mark.count(".") > 1:
        return _ellipsis_ends(text, match)
    if mark == ".":
        return english.ends(text, start, match)
    if mark == "．" or (text[match.end()].isascii() and not match["close"] + match["space"]):
        return False
    return not text[match.end()].islower() and not english.is_name(text, match)


def _ellipsis_ends(text: str, match: Match) -> bool:
    if match["close"] or match["space"]:
        return True
    hesitates = _HESITATES.search(text, max(0, match.start() - 3), match.start())
    return not hesitates and _STARTS.match(text, match.end()) is not None


def _in_bracket(text: str, start: int, match: Match) -> bool:
    """Returns whether the mark belongs to a title or a bracket inside the sentence.

    A stop that 。） closes ends both.
    """
    if "。" in match["mark"] and regex.search(r"[）)]", match["close"]):
        return False
    if marks.open_bracket(text, start, match.start()):
        return True
    return "。" not in match["mark"] and _in_quoted_words(text, start, match)


def _in_quoted_words(text: str, start: int, match: Match) -> bool:
    """Returns whether the mark is in a quotation that is a part of the sentence: 以“向善？向恶？”为题."""
    return _QUOTED_WORDS.search(text, max(start, match.start() - _LONGEST_QUOTATION), match.start()) is not None and (
        _QUOTATION_ENDS.match(text, match.start(), match.start() + _LONGEST_QUOTATION) is not None
    )


def _goes_on_after_quotation(text: str, match: Match) -> bool:
    closing = regex.findall("[”’」』]", match["close"])
    if not closing:
        return False
    if _GOES_ON_AFTER_QUOTATION.match(text, match.end()):
        return True
    before = marks.before_quotation(text, match.start(), closing[-1])
    if regex.fullmatch("[：:，,]", before):
        return False  # 他说：“……。” has said who speaks.
    if regex.fullmatch(r"[\p{L}\p{N}]", before):
        return "。" not in match["mark"]  # A word of the sentence, as in 面对“怎么办？”……: only a stop ends it.
    said = _SAID.match(text, match.end())
    return said is not None and not _NOT_SAID.match(said["who"])
