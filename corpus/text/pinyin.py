"""The readings of Chinese terms: pinyin without tones, from pypinyin, with some readings that it has not."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

import regex

from corpus.text.scripts import HAN, convert

_LETTERS = re.compile(r"[a-z0-9]+")
# Words of which pypinyin takes a character for another word's, with the reading of each. It knows many phrases; these
# are the ones of science and technology that it was found to lack.
_WORDS = """
长三角 chang san jiao
藏羚羊 zang ling yang
东数西算 dong shu xi suan
调参 tiao can
薄膜 bo mo
平行 ping xing
轧制 zha zhi
冷轧 leng zha
热轧 re zha
似然 si ran
大夫 dai fu
重编程 chong bian cheng
重采样 chong cai yang
重定位 chong ding wei
重放 chong fang
重构 chong gou
重加权 chong jia quan
重排 chong pai
重塑 chong su
重整 chong zheng
重铸 chong zhu
重映射 chong ying she
重参数化 chong can shu hua
秘书长 mi shu zhang
理事长 li shi zhang
番茄 fan qie
茄子 qie zi
戛纳 ga na
"""
# What these characters are by themselves, where no phrase says otherwise: it takes 长 for that of 部长.
_CHARACTERS = {"长": "cháng,zhǎng", "泊": "bó,pō", "茄": "qié,jiā"}


@lru_cache(maxsize=1)
def _pypinyin() -> Any:
    # Imported here: its dictionary takes a moment to load, and a term base without Chinese does without it.
    import pypinyin

    words = (line.split() for line in _WORDS.strip().splitlines())
    pypinyin.load_phrases_dict({word: [[syllable] for syllable in reading] for word, *reading in words})
    pypinyin.load_single_dict({ord(character): readings for character, readings in _CHARACTERS.items()})
    return pypinyin


def reading(text: str) -> tuple[str, str]:
    """Returns the pinyin of a text and its initials, in lower case and without spaces: `空间站` is kongjianzhan, kjz.

    Latin letters and digits stay as they are, in the initials too; ü is v, as it is typed. Both are empty for a text
    without Han.
    """
    if not HAN.search(text):
        return "", ""
    whole, initials = [], []
    for piece in regex.split(r"(\p{Han}+)", convert(text, "t2s")):
        if HAN.match(piece):
            syllables = _pypinyin().lazy_pinyin(piece, errors="ignore")
            whole += syllables
            initials += [syllable[0] for syllable in syllables]
        else:
            letters = _LETTERS.findall(unicodedata.normalize("NFKD", piece).lower())
            whole += letters
            initials += letters
    return "".join(whole), "".join(initials)


def typed(text: str) -> str:
    """Returns a typed text as pinyin, in the form that `reading` gives; empty if it cannot be pinyin."""
    # Tones may be typed as marks or digits; the two dots are a letter of their own.
    marked = unicodedata.normalize("NFC", text.lower()).replace("u:", "v")
    for toned in "üǖǘǚǜ":
        marked = marked.replace(toned, "v")
    decomposed = unicodedata.normalize("NFKD", marked)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    letters = re.sub(r"(?<=[a-z])[1-5](?![0-9])|[\s'’-]", "", bare)
    return letters if letters.isascii() and letters.isalnum() and not letters.isdigit() else ""
