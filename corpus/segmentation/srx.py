"""SRX 2.0 (Segmentation Rules eXchange): a house's own habits, over the rules that the workbench has itself.

Where a rule of the file says that a sentence ends, or that it does not, that holds; everywhere else the built-in rules
decide. Of the file's rules the first that fits a place decides, as the standard has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import IO, Any

import regex
from lxml import etree

from corpus.segmentation import split
from corpus.text.errors import UnreadableFile
from corpus.text.xml import parse

# A rule that takes longer on a paragraph than this many seconds is not usable, whatever it says.
_PATIENCE = 5
# A pattern is written out when it is compiled, repeats within repeats too.
_LARGEST = 10_000
_EXCERPT = 80
_TOKEN = regex.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*+\]|\{(?P<least>\d*+)(?:,(?P<most>\d*+))?\}|.", regex.DOTALL)
_SPACE = regex.compile(r"\s*")


@dataclass(frozen=True)
class _Rule:
    ends: bool
    place: regex.Pattern[str]


class Srx:
    """The rules of an SRX file."""

    def __init__(
        self, rules: dict[str, list[_Rule]], maps: list[tuple[regex.Pattern[str], str]], cascade: bool
    ) -> None:
        self._rules, self._maps, self._cascade = rules, maps, cascade

    @classmethod
    def read(cls, stream: IO[bytes], name: str) -> "Srx":
        """Reads an SRX file; raises UnreadableFile, with the line, where it is none or a rule is no pattern."""
        try:
            # From its bytes: a stream that is not well encoded is an error of the system to the parser.
            root = parse(stream.read())
        except (etree.XMLSyntaxError, LookupError, ValueError) as error:
            raise UnreadableFile("{name} is not an SRX file: {reason}.", name=name, reason=error) from None
        if etree.QName(root).localname != "srx":
            tag = etree.QName(root).localname
            raise UnreadableFile("{name} is not an SRX file: its first element is <{tag}>.", name=name, tag=tag)
        header = root.find("{*}header")
        rules = {
            group.get("languagerulename", ""): [_rule(rule, name) for rule in group.iterchildren("{*}rule")]
            for group in root.iter("{*}languagerule")
        }
        maps = [
            (_compiled(item.get("languagepattern", ""), item, name), item.get("languagerulename", ""))
            for item in root.iter("{*}languagemap")
        ]
        return cls(rules, maps, header is not None and header.get("cascade") == "yes")

    def sentences(self, text: str, language: str) -> list[str]:
        """Returns the sentences of a paragraph without the white space around them, empty ones left out."""
        return [stripped for piece in self.split(text, language) if (stripped := piece.strip())]

    def split(self, text: str, language: str) -> list[str]:
        """Returns the pieces of a paragraph, one a sentence with the white space after it; joined they equal `text`."""
        cuts = set()
        end = 0
        for piece in split(text, language):
            end += len(piece)
            cuts.add(end)
        for place, ends in self._decided(text, language).items():
            (cuts.add if ends else cuts.discard)(place)
        places = sorted(cuts | {0, len(text)})
        return [text[start:end] for start, end in pairwise(places)]

    def _decided(self, text: str, language: str) -> dict[int, bool]:
        """The places that a rule decides, each after the white space there, and whether a sentence ends."""
        decided: dict[int, bool] = {}
        for rule in self._rules_of(language):
            try:
                for match in rule.place.finditer(text, timeout=_PATIENCE):
                    space = _SPACE.match(text, match.start())
                    decided.setdefault(space.end() if space else match.start(), rule.ends)
            except TimeoutError:
                raise UnreadableFile(
                    "A rule of the SRX file takes too long: simplify {rule}.", rule=rule.place.pattern
                ) from None
        return {place: ends for place, ends in decided.items() if 0 < place < len(text)}

    def _rules_of(self, language: str) -> Iterator[_Rule]:
        """The rules of the first map that fits the language or, if the file cascades, of all that do."""
        for pattern, name in self._maps:
            if pattern.fullmatch(language):
                yield from self._rules.get(name, ())
                if not self._cascade:
                    return


def _rule(element: Any, name: str) -> _Rule:
    before, after = (element.findtext(f"{{*}}{part}") or "" for part in ("beforebreak", "afterbreak"))
    return _Rule(element.get("break") != "no", _compiled(f"(?<={before})(?={after})", element, name))


def _compiled(pattern: str, element: Any, name: str) -> regex.Pattern[str]:
    if _size(pattern) > _LARGEST:
        raise UnreadableFile(
            "{name}, line {line}: {pattern} repeats more than {limit} characters: use smaller numbers.",
            name=name,
            line=element.sourceline,
            pattern=pattern[:_EXCERPT],
            limit=_LARGEST,
        )
    try:
        return regex.compile(pattern, regex.MULTILINE)
    except regex.error as error:
        raise UnreadableFile(
            "{name}, line {line}: {pattern} is not a pattern ({reason}).",
            name=name,
            line=element.sourceline,
            pattern=pattern,
            reason=error,
        ) from None


def _size(pattern: str) -> int:
    """Returns the number of characters, classes and marks of a pattern with its numbered repeats written out."""
    groups, last = [0], 0
    for token in _TOKEN.finditer(pattern):
        repeats = [_count(number) for number in token.group("least", "most") if number]
        if repeats:
            groups[-1] += last * (max(repeats) - 1)
            last *= max(repeats)
        elif token[0] == "(":
            groups.append(0)
        elif token[0] == ")" and len(groups) > 1:
            last = groups.pop()
            groups[-1] += last
        else:
            last = 1
            groups[-1] += 1
    return sum(groups)


def _count(number: str) -> int:
    return int(number) if len(number) < 6 else _LARGEST + 1
