"""The words of sentences, and which of them cannot begin, end or stand within a term."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import regex

from corpus.text.dictionary import tokenizer
from corpus.text.languages import is_chinese

_LATIN = r"[\p{Latin}\p{M}\d]+(?:[-'’./&][\p{Latin}\p{M}\d]+)*"
_SPACED = regex.compile(rf"{_LATIN}|[\p{{L}}\p{{M}}\d]+|[^\s]")
_RUNS = regex.compile(rf"(?P<latin>{_LATIN})|(?P<other>(?:(?!{_LATIN})[\s\S])+)")
_LETTER = regex.compile(r"[\p{L}\d]")
_NUMBER = re.compile(r"[\d.,/%:-]+")

# Words of grammar: no term has one within it, but for names that an acronym stands for.
_GRAMMAR = frozenset(
    """
    a an the of to in and or for on at by with from as is are was were be been being it its this that these
    those do does did have has had having will would can could may might shall should must than then so if but
    not no nor there their they them he she his her him we our us you your i my me mine who whom whose which
    what when where why how all any both each few more most other some such only own same too very just also
    into through during before after above below up down out off over under again further once here about
    against between because until while s t d ll m re ve don however therefore thus per via among within without
    upon since although though yet still even much many less least often well ever never always together instead
    rather whether every another
    """.split()
)
# Words of every text: they begin and end no term, though they may stand within one.
_EVERYDAY = frozenset(
    """
    january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday one two three four five six seven eight nine ten eleven twelve
    hundred thousand million billion people day days week weeks month months year years time times number
    numbers percent part parts way ways like new first second third last next high low old other various several
    recent recently early late due able likely possible available similar different important large small good
    bad best long short include includes including included use uses used using make makes making made take
    takes taking taken show shows shown report reports reported require requires required provide provides
    provided become becomes help helps need needs know known base based follow follows following affect affects
    affected increase increases increased reduce reduces reduced cause causes caused feel start find found see
    seen say says said give given go come get keep try work works today
    """.split()
)
_GRAMMAR_ZH = frozenset(
    """
    的 了 是 在 和 与 一 个 这 那 们 有 也 就 都 而 及 到 上 中 为 于 被 把 将 会
    能 可以 之 等 着 过 地 得 我 你 他 她 它 其 或 以 对 从 由 向 因 但 并 很 更 最
    不 没有 没 如果 如 因为 所以 可能 需要 应 应该 这些 那些 他们 我们 你们 它们 您 任何
    所有 其他 一些 一种 以及 并且 或者 如何 什么 谁 时 后 前 内 外 下 来 去 说 做 使 让
    用 通过 进行 根据 关于 已 已经 还 再 又 仅 只 次 年 月 日 种 名 例 位 些 该 此 各
    每 请 自己 目前 包括 由于 同时 之间 之后 之前 以下 以上
    颗 台 项 座 家 艘 枚 架 张 条 份 只 头 片 块 根 套 间 所 场 件 支 批 两
    """.split()
)


def words_of(language: str) -> Callable[[str], list[str]]:
    """Returns the function that cuts a sentence of a language into words and marks."""
    return _chinese if is_chinese(language) else _spaced


def _spaced(sentence: str) -> list[str]:
    return _SPACED.findall(sentence)


def _chinese(sentence: str) -> list[str]:
    words = []
    for run in _RUNS.finditer(sentence):
        # The dictionary takes Latin words apart at their hyphens.
        words += [run["latin"]] if run["latin"] else [token.surface for token in tokenizer().tokenize(run["other"])]
    return [word for word in words if word.strip()]


@lru_cache(maxsize=200_000)
def base(word: str) -> str:
    """A word in lower case and, as far as its ending tells, in the singular, so that mask and masks are one term."""
    word = word.lower()
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "uses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def may_be_term(words: Sequence[str], language: str) -> bool:
    """Returns whether words in a row could be a term: no marks, no words of grammar, no everyday word at either end."""
    folded = [word.lower() for word in words]
    if not all(_LETTER.match(word) for word in folded) or all(_NUMBER.fullmatch(word) for word in folded):
        return False
    if is_chinese(language):
        grammar = (
            folded[0] in _GRAMMAR_ZH or folded[-1] in _GRAMMAR_ZH or any(word in "的了是和与或" for word in folded)
        )
        return not grammar and len("".join(folded)) > 1
    everyday = folded[0] in _EVERYDAY or folded[-1] in _EVERYDAY
    return not everyday and len("".join(folded)) > 1 and not any(word in _GRAMMAR for word in folded)


def is_edge(word: str, language: str) -> bool:
    """Returns whether a word may be the first or last of a translation: a mark or a word of grammar is not."""
    grammar = _GRAMMAR_ZH if is_chinese(language) else _GRAMMAR
    return bool(_LETTER.match(word)) and word.lower() not in grammar


def joined(words: Sequence[str], language: str) -> str:
    """Words as they are written: in Chinese a space stands between two Latin words alone."""
    if not is_chinese(language):
        return " ".join(words)
    text = ""
    for word in words:
        text += " " * (text[-1:].isascii() and text != "" and word[:1].isascii()) + word
    return text
