"""Reads TBX: v3 in DCA and DCT style, and v2 (`martif`, with `tig` and `ntig`).

What has no place in a concept is kept as XML, under the tags of v3, and written back.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from typing import IO, Any, TypeVar

from lxml import etree

from corpus.text.xml import XML_LANG, local
from glossary.concepts import (
    Concept,
    ConceptState,
    Context,
    Definition,
    Extra,
    Image,
    PartOfSpeech,
    Reference,
    Register,
    Relation,
    Status,
    Term,
    TermType,
    Transaction,
)
from glossary.errors import InvalidTbx
from glossary.remarks import Remark, Remarks
from glossary.tbx.dialects import CATEGORIES, GROUPS, NAMESPACE, STATUS, TRANSACTIONS
from glossary.tbx.elements import HOLDERS, SECTIONS, category, children, entries, text

_STATUS_OF = {written: status for status, written in STATUS.items()}
_TARGET = "target"
_Value = TypeVar("_Value")


def read(
    stream: IO[bytes],
    name: str,
    canonical_language: Callable[[str], str] = str,
    remarks: Remarks | None = None,
) -> Iterator[Concept]:
    """Yields the concepts of a TBX file in their order; `name` stands in messages.

    A value that is not in the list of its category is kept as the element that it is, and `remarks` say so.

    `canonical_language` turns a language tag into the form that the term base uses, and raises for one that is none.
    Raises InvalidTbx, with the line, where the file is not well-formed, not TBX, or names two concepts alike: also
    after concepts have been yielded, so that whoever stores them does so in one transaction.
    """
    seen: set[str] = set()
    remarks = remarks or Remarks()
    for entry in entries(stream, name, lambda root: _check_root(root, name)):
        reader = _Entry(entry, name, canonical_language, remarks)
        concept = reader.concept()
        if concept.uid in seen:
            raise InvalidTbx("{name}, line {line}: the id “{id}” is there twice.", **reader.at(entry), id=concept.uid)
        seen.add(concept.uid)
        yield concept


def _check_root(root: Any, name: str) -> None:
    if local(root) not in ("tbx", "martif"):
        raise InvalidTbx(
            "{name} is not a TBX file: its first element is <{tag}>, not <tbx> or <martif>.",
            name=name,
            tag=local(root),
        )


class _Entry:
    """Reads one concept entry: each element is taken as what it says, or kept as it is."""

    def __init__(self, entry: Any, name: str, canonical_language: Callable[[str], str], remarks: Remarks) -> None:
        self._remarks = remarks
        self._entry = entry
        self._name = name
        self._canonical_language = canonical_language

    def concept(self) -> Concept:
        uid = self._entry.get("id")
        if not uid:
            raise InvalidTbx("{name}, line {line}: a {tag} has no id.", **self.at(self._entry))
        terms: list[Term] = []
        above = _Holder(self._entry, SECTIONS)
        definitions: list[Definition] = []
        extras: list[Extra] = []
        for section in self._sections():
            language = self._language(section)
            holder = _Holder(section, HOLDERS)
            definitions += holder.described("definition", language)
            terms += [self._term(item, language) for item in children(section, *HOLDERS)]
            extras += [Extra(xml, language) for xml in holder.rest()]
        if not terms:
            raise InvalidTbx("{name}, line {line}: a {tag} has no term.", **self.at(self._entry))
        definitions += above.described("definition", terms[0].language)
        subject, *further = above.all("subjectField") or [""]
        state = self._listed(above, "workflowState", {state.value: state for state in ConceptState})
        concept = Concept(
            uid=uid,
            terms=tuple(terms),
            subject=subject,
            definitions=tuple(definitions),
            note="\n".join(above.all("note")),
            references=tuple(above.references()),
            images=tuple(above.images()),
            state=state or ConceptState.APPROVED,
            transactions=tuple(above.transactions()),
        )
        own = [Extra(xml) for xml in (*(_descrip("subjectField", name) for name in further), *above.rest())]
        return replace(concept, extras=(*own, *extras))

    def _sections(self) -> list[Any]:
        """The sections whose languages are known; where none is, all of them."""
        sections = list(children(self._entry, *SECTIONS))
        known = [section for section in sections if self._is_known(section)]
        for section in sections if known else ():
            if section not in known:
                self._remarks.add(
                    Remark(
                        "{name}, line {line}: “{language}” is not a language tag: its terms are left out.",
                        **self.at(section),
                        language=section.get(XML_LANG) or section.get("lang") or "",
                    )
                )
        return known or sections

    def _is_known(self, section: Any) -> bool:
        try:
            self._language(section)
        except InvalidTbx:
            return False
        return True

    def _language(self, section: Any) -> str:
        tag = section.get(XML_LANG) or section.get("lang") or ""
        try:
            return self._canonical_language(tag)
        except Exception:
            raise InvalidTbx(
                "{name}, line {line}: “{language}” is not a language tag.", **self.at(section), language=tag
            ) from None

    def _term(self, section: Any, language: str) -> Term:
        group = next(children(section, "termGrp"), None)
        holder = _Holder(section, ("termGrp",))
        if group is not None:
            holder.add(group)
        found = holder.taken("term")
        term = " ".join(text(found[0]).split()) if found else ""
        if not term:
            raise InvalidTbx("{name}, line {line}: a {tag} has no term.", **self.at(section))
        return Term(
            language=language,
            text=term,
            status=self._listed(holder, "administrativeStatus", _STATUS_OF) or Status.ADMITTED,
            type=self._listed(holder, "termType", {kind.value: kind for kind in TermType}),
            part_of_speech=self._listed(holder, "partOfSpeech", {kind.value: kind for kind in PartOfSpeech}),
            source="; ".join(holder.all("source")),
            note="\n".join(holder.all("note")),
            usage=holder.one("geographicalUsage"),
            register=self._listed(holder, "register", {kind.value: kind for kind in Register}),
            contexts=tuple(Context(item.text, item.source) for item in holder.described("context", language)),
            reliability=self._listed(holder, "reliabilityCode", {str(value): value for value in range(1, 11)}),
            case_sensitive=self._listed(holder, "caseSensitive", {"true": True, "false": False}),
            forms=tuple(holder.all("acceptedForm")),
            extras=tuple(holder.rest()),
        )

    def _listed(self, holder: "_Holder", name: str, values: Mapping[str, _Value]) -> _Value | None:
        """Takes a category that has a list of values; the elements with another value are left where they are."""
        found, others = holder.listed(name, values)
        for item in others:
            remark = Remark(
                "{name}, line {line}: “{value}” is not a {category}: kept as it is.",
                **self.at(item),
                value=text(item),
                category=name,
            )
            self._remarks.add(remark)
        return values[found] if found else None

    def at(self, element: Any) -> dict[str, Any]:
        """Returns the values of a message about an element: the file, the line, the tag."""
        return {"name": self._name, "line": element.sourceline, "tag": local(element)}


class _Holder:
    """The elements at one level of an entry, each taken once; `rest` is what nobody took."""

    def __init__(self, element: Any, below: tuple[str, ...]) -> None:
        self._items = [child for child in element if local(child) and local(child) not in below]

    def add(self, group: Any) -> None:
        """Adds the elements of a group that has the term (ntig)."""
        self._items = [child for child in group if local(child)] + self._items

    def taken(self, name: str) -> list[Any]:
        """Takes the elements of a category, and groups of which it is the first and nothing else is to be kept."""
        found = [item for item in self._items if _main(item) is not None and category(_main(item)) == name]
        found = [item for item in found if _simple(item, name)]
        self._items = [item for item in self._items if item not in found]
        return found

    def all(self, name: str) -> list[str]:
        return [value for item in self.taken(name) if (value := text(_main(item)))]

    def one(self, name: str) -> str:
        values = [item for item in self.taken(name) if text(_main(item))]
        # A second one is kept for what it is.
        self._items += values[1:]
        return text(_main(values[0])) if values else ""

    def listed(self, name: str, values: Container[str]) -> tuple[str, list[Any]]:
        """Takes the first value that is in a list; returns too the elements with a value that is not, which stay."""
        items = [item for item in self.taken(name) if text(_main(item))]
        good = [item for item in items if _value(item) in values]
        # A second one is kept for what it is.
        self._items += [item for item in items if item not in good[:1]]
        return (_value(good[0]) if good else ""), [_main(item) for item in items if item not in good]

    def described(self, name: str, language: str) -> Iterator[Definition]:
        """Takes descriptions, each with its source, which stands in the same group, and its language if it says one."""
        for item in self.taken(name):
            value = text(_main(item))
            sources = [text(part) for part in _parts(item)[1:]]
            if value:
                yield Definition(_main(item).get(XML_LANG) or language, value, "; ".join(filter(None, sources)))

    def references(self) -> Iterator[Reference]:
        for item in self.taken("crossReference"):
            relation = {"broader": Relation.BROADER, "related": Relation.RELATED}.get(text(item), Relation.SEE_ALSO)
            if uid := item.get(_TARGET) or text(item):
                yield Reference(relation, uid)

    def images(self) -> Iterator[Image]:
        for item in self.taken("xGraphic"):
            address = item.get(_TARGET) or text(item)
            if address:
                yield Image(address, "" if text(item) == address else text(item))

    def transactions(self) -> Iterator[Transaction]:
        for item in [item for item in self._items if local(item) == "transacGrp"]:
            parts = {category(part) or local(part): part for part in item}
            kind = TRANSACTIONS.get(text(parts.get("transactionType")))
            if kind and parts.keys() <= {"transactionType", "date", "responsibility"}:
                self._items.remove(item)
                yield Transaction(kind, text(parts.get("date")), text(parts.get("responsibility")))

    def rest(self) -> Iterator[str]:
        """Yields the elements that were not taken, as XML under the tags of v3, without the space around it."""
        for item in self._items:
            if text(item) or item.get(_TARGET):
                yield _kept(item)


def _main(item: Any) -> Any:
    """The element that a group is about; an element that is no group itself."""
    parts = _parts(item)
    return parts[0] if parts else None


def _value(item: Any) -> str:
    """The value of a category; a status goes by its whole name."""
    value = text(_main(item))
    return value if category(_main(item)) != "administrativeStatus" else f"{value.removesuffix('-admn-sts')}-admn-sts"


def _parts(item: Any) -> list[Any]:
    return [child for child in item if local(child)] if local(item) in GROUPS else [item]


def _simple(item: Any, name: str) -> bool:
    """Returns whether a concept has a place for all of an element or group: what is described, its source, no more."""
    further = _parts(item)[1:]
    return not further or (name in ("definition", "context") and all(category(part) == "source" for part in further))


def _kept(item: Any) -> str:
    xml: str = etree.tostring(_bare(item), encoding="unicode")
    return xml


def _bare(item: Any) -> Any:
    """A copy without the namespace of the file, which it takes from the one it goes into, and in DCA style if known."""
    known = CATEGORIES.get(local(item))
    if known is not None:
        copy = etree.Element(known.carrier, {"type": local(item), **item.attrib})
    else:
        copy = etree.Element(local(item) if etree.QName(item).namespace in (None, NAMESPACE) else item.tag, item.attrib)
    # Space between elements is the indentation of the file.
    copy.text = item.text if (item.text or "").strip() or not len(item) else None
    for child in item:
        if local(child):
            copy.append(_bare(child))
            copy[-1].tail = child.tail if (child.tail or "").strip() else None
    return copy


def _descrip(name: str, value: str) -> str:
    element = etree.Element("descrip", type=name)
    element.text = value
    xml: str = etree.tostring(element, encoding="unicode")
    return xml
