"""Checks a TBX v3 file against its dialect: the rules of ISO 30042:2019 and of the modules, each with its line."""

from collections.abc import Callable, Iterator
from typing import IO, Any

from lxml import etree

from corpus.text.xml import XML_LANG, local
from glossary.errors import InvalidTbx
from glossary.tbx.dialects import (
    ALIASES,
    CARRIERS,
    CATEGORIES,
    GROUPS,
    MODULES,
    MODULES_OF,
    NAMESPACE,
    OWN,
    Dialect,
    Level,
    Style,
    is_day,
)
from glossary.tbx.elements import ENTRIES, children, entries, text

_CORE = frozenset({"note", "date", "term", *(level.value for level in Level), *GROUPS})
_BELOW = {Level.CONCEPT: Level.LANGUAGE, Level.LANGUAGE: Level.TERM}


def check(stream: IO[bytes], name: str, canonical_language: Callable[[str], str] = str) -> Iterator[InvalidTbx]:
    """Yields the violations of the rules in a file, in its order; what is not XML or not TBX v3 is one problem."""
    checker = _Checker(name, canonical_language)
    try:
        for entry in entries(stream, name, checker.root, checker.met):
            yield from checker.begun()
            yield from checker.entry(entry)
        yield from checker.begun()
        yield from checker.targets()
    except InvalidTbx as error:
        yield error


class _Checker:
    """Goes through one file; holds its dialect, its ids and what names them."""

    def __init__(self, name: str, canonical_language: Callable[[str], str]) -> None:
        self._name = name
        self._canonical_language = canonical_language
        self._dialect = Dialect.BASIC
        self._style = Style.DCA
        self._ids: set[str] = set()
        self._named: set[str] = set()
        self._targets: list[tuple[int, str]] = []
        self._of_root: list[InvalidTbx] = []

    def root(self, root: Any) -> None:
        """Looks at the first element; raises where it is not TBX v3."""
        if local(root) != "tbx":
            raise InvalidTbx("{name} is not a TBX v3 file: its first element is <{tag}>, not <tbx>.", **self._at(root))
        if etree.QName(root).namespace != NAMESPACE:
            self._of_root.append(
                InvalidTbx("{name}, line {line}: the namespace is to be {wanted}.", **self._at(root), wanted=NAMESPACE)
            )
        kind, style = root.get("type") or "", root.get("style") or ""
        if kind in set(Dialect):
            self._dialect = Dialect(kind)
        else:
            self._of_root.append(
                InvalidTbx(
                    "{name}, line {line}: the dialect “{dialect}” is not known; it is checked as TBX-Basic.",
                    **self._at(root),
                    dialect=kind,
                )
            )
        if style in set(Style):
            self._style = Style(style)
        else:
            self._of_root.append(InvalidTbx("{name}, line {line}: the style is to be dca or dct.", **self._at(root)))
        if not root.get(XML_LANG):
            self._of_root.append(InvalidTbx("{name}, line {line}: <tbx> has no xml:lang.", **self._at(root)))

    def met(self, element: Any) -> None:
        """Takes up the id of an element outside the entries, which these may name: those in <back>, for instance."""
        if local(element) not in ENTRIES and (id := element.get("id")):
            self._named.add(id)

    def begun(self) -> Iterator[InvalidTbx]:
        """Yields once what is wrong with the first element."""
        while self._of_root:
            yield self._of_root.pop(0)

    def entry(self, entry: Any) -> Iterator[InvalidTbx]:
        uid = entry.get("id") or ""
        if local(entry) != Level.CONCEPT:
            yield InvalidTbx("{name}, line {line}: an entry is a <conceptEntry>, not <{tag}>.", **self._at(entry))
            return
        if not uid:
            yield InvalidTbx("{name}, line {line}: a {tag} has no id.", **self._at(entry))
        elif uid in self._ids:
            yield InvalidTbx("{name}, line {line}: the id “{id}” is there twice.", **self._at(entry), id=uid)
        self._ids.add(uid)
        yield from self._level(entry, Level.CONCEPT)

    def _level(self, element: Any, level: Level) -> Iterator[InvalidTbx]:
        below = _BELOW.get(level)
        if level is Level.LANGUAGE:
            yield from self._language(element)
        if level is Level.TERM and len(list(children(element, "term"))) != 1:
            yield InvalidTbx("{name}, line {line}: a termSec has one <term>, no more and no less.", **self._at(element))
        if below and not list(children(element, below)):
            yield InvalidTbx("{name}, line {line}: a {tag} has no {below}.", **self._at(element), below=below.value)
        for child in element:
            if local(child) == below:
                yield from self._level(child, Level(local(child)))
            elif local(child) in GROUPS:
                for part in child:
                    yield from self._item(part, level)
            elif local(child):
                yield from self._item(child, level)

    def _language(self, section: Any) -> Iterator[InvalidTbx]:
        tag = section.get(XML_LANG) or ""
        try:
            self._canonical_language(tag)
        except Exception:
            yield InvalidTbx(
                "{name}, line {line}: “{language}” is not a language tag.", **self._at(section), language=tag
            )

    def _item(self, item: Any, level: Level) -> Iterator[InvalidTbx]:
        tag = local(item)
        by_type = tag in CARRIERS | {"transacNote", "adminNote", "descripNote"}
        if tag == "date" and not is_day(text(item)):
            yield InvalidTbx(
                "{name}, line {line}: “{value}” is not a day such as 2026-01-31.", **self._at(item), value=text(item)
            )
        if tag in _CORE or not tag:
            return
        # What is this project's own, or was kept as another file had it, is in DCA style.
        if by_type is not (self._style is Style.DCA) and self._dialect is not Dialect.WORKBENCH:
            yield InvalidTbx(
                "{name}, line {line}: <{tag}> does not belong to the style {style}.",
                **self._at(item),
                style=self._style,
            )
        name = (item.get("type") or "") if by_type else tag
        target = item.get("target") or ""
        if target and not target.startswith(("http://", "https://")):
            self._targets.append((item.sourceline, target))
        yield from self._category(item, name, level, by_type)

    def _category(self, item: Any, name: str, level: Level, by_type: bool) -> Iterator[InvalidTbx]:
        known = CATEGORIES.get(name)
        at = {**self._at(item), "category": name, "dialect": self._dialect}
        if name in OWN and self._dialect is Dialect.WORKBENCH:
            return
        if name in ALIASES:
            yield InvalidTbx("{name}, line {line}: {category} is now called {now}.", **at, now=ALIASES[name])
        elif known is None or known.module not in MODULES_OF[self._dialect]:
            # The dialect of this project keeps what other files brought.
            if self._dialect is not Dialect.WORKBENCH:
                yield InvalidTbx("{name}, line {line}: {dialect} has no {category}.", **at)
        elif level not in known.levels:
            yield InvalidTbx("{name}, line {line}: {category} does not stand in a {level}.", **at, level=level.value)
        elif by_type and local(item) != known.carrier:
            yield InvalidTbx("{name}, line {line}: {category} is a <{carrier}>.", **at, carrier=known.carrier)
        elif not by_type and etree.QName(item).namespace != MODULES[known.module]:
            yield InvalidTbx(
                "{name}, line {line}: the namespace of {category} is {wanted}.", **at, wanted=MODULES[known.module]
            )
        elif known.values and text(item) not in known.values | self._more_values(name):
            yield InvalidTbx("{name}, line {line}: “{value}” is not a {category}.", **at, value=text(item))

    def _more_values(self, name: str) -> set[str]:
        return {"properNoun"} if name == "partOfSpeech" and self._dialect is Dialect.WORKBENCH else set()

    def targets(self) -> Iterator[InvalidTbx]:
        """Yields an error for each reference to an id that the file has nowhere."""
        for line, target in self._targets:
            if target not in self._ids | self._named:
                yield InvalidTbx(
                    "{name}, line {line}: there is no entry “{id}” that this could name.",
                    name=self._name,
                    line=line,
                    id=target,
                )

    def _at(self, element: Any) -> dict[str, Any]:
        return {"name": self._name, "line": element.sourceline, "tag": local(element)}
