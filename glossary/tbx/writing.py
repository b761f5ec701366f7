"""Writes TBX v3 (ISO 30042:2019) in either style and in any dialect of `dialects`.

A public dialect is written to the letter: what it cannot hold is left out. Where no dialect is asked for, it is
TBX-Basic if Basic holds everything, else the dialect of this project, which is Basic with more.
"""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from typing import IO, Any

from lxml import etree

from corpus.text.xml import XML_LANG, local
from glossary.concepts import (
    Concept,
    ConceptState,
    Context,
    Definition,
    PartOfSpeech,
    Relation,
    Term,
    Transaction,
    sensitive_by_rule,
)
from glossary.tbx.dialects import (
    CATEGORIES,
    GROUPS,
    MODULES,
    MODULES_OF,
    NAMESPACE,
    OWN,
    STATUS,
    Dialect,
    Level,
    Style,
    is_day,
)
from glossary.tbx.elements import category, text

# Characters that XML 1.0 cannot hold in any form (section 2.2).
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_MEMORY = 8_000_000
_CARRIERS = {
    "reliabilityCode": "descrip",
    "caseSensitive": "termNote",
    "acceptedForm": "termNote",
    "workflowState": "admin",
}


def write(
    stream: IO[bytes],
    concepts: Iterable[Concept],
    title: str,
    dialect: Dialect | None = None,
    style: Style = Style.DCA,
    left_out: Counter[str] | None = None,
) -> int:
    """Writes concepts as a TBX file (UTF-8) and returns their number.

    What the dialect cannot hold is counted in `left_out` by its category.
    """
    writer = _Writer(dialect or Dialect.WORKBENCH, style)
    written = 0
    # The dialect stands before the entries, and which one it is they tell.
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body:
        for concept in concepts:
            body.write(_serialised(writer.entry(concept), 3))
            written += 1
        body.seek(0)
        stream.write(
            _beginning(dialect or (Dialect.WORKBENCH if writer.beyond_basic else Dialect.BASIC), style).encode()
        )
        stream.write(_serialised(_header(title), 1))
        stream.write(b"\n <text>\n  <body>\n")
        shutil.copyfileobj(body, stream)
    stream.write(b"  </body>\n </text>\n</tbx>\n")
    if left_out is not None:
        left_out.update(writer.left_out)
    return written


def _beginning(dialect: Dialect, style: Style) -> str:
    # The elements written into it have no namespace of their own and so take that of the root: one declaration a file
    # instead of one an entry.
    modules = sorted(MODULES_OF[dialect], key=list(MODULES).index) if style is Style.DCT else ()
    spaces = "".join(f' xmlns:{prefix}="{MODULES[prefix]}"' for prefix in modules)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<tbx type="{dialect}" style="{style}" xml:lang="en" xmlns="{NAMESPACE}"{spaces}>\n'
    )


def _serialised(element: Any, level: int) -> bytes:
    etree.indent(element, space=" ", level=level)
    data = bytes(etree.tostring(element, encoding="utf-8"))
    for prefix, namespace in MODULES.items():
        # Declared once, at the root.
        data = data.replace(f' xmlns:{prefix}="{namespace}"'.encode(), b"")
    return b" " * level + data + b"\n"


def _header(title: str) -> Any:
    header = etree.Element("tbxHeader")
    source = _plain(_plain(header, "fileDesc"), "sourceDesc")
    _plain(source, "p", title)
    return header


class _Writer:
    """Writes entries in a dialect and style.

    `beyond_basic` says whether one had more than TBX-Basic holds, `left_out` counts what the dialect cannot hold.
    """

    def __init__(self, dialect: Dialect, style: Style) -> None:
        self._dialect = dialect
        self._style = style
        self.beyond_basic = False
        self.left_out: Counter[str] = Counter()

    def entry(self, concept: Concept) -> Any:
        entry = etree.Element("conceptEntry", id=legal(concept.uid))
        self._add(entry, "subjectField", concept.subject)
        for reference in concept.references:
            # Basic has one kind of cross-reference; which one of ours it is, is its text.
            relation = "" if reference.relation is Relation.SEE_ALSO else reference.relation
            self._add(entry, "crossReference", relation, target=reference.uid)
        for image in concept.images:
            self._add(entry, "xGraphic", image.caption, target=image.address)
        if concept.state is not ConceptState.APPROVED:
            self._add(entry, "workflowState", concept.state)
        for transaction in _transactions(concept):
            self._transaction(entry, transaction)
        self._extras(entry, [extra.xml for extra in concept.extras if not extra.language], Level.CONCEPT)
        if concept.note:
            _plain(entry, "note", concept.note)
        languages = list(dict.fromkeys([*concept.languages(), *(item.language for item in concept.definitions)]))
        for language in languages:
            self._section(entry, concept, language)
        return entry

    def _section(self, entry: Any, concept: Concept, language: str) -> None:
        definitions = [item for item in concept.definitions if item.language == language]
        if language not in concept.languages():
            # A section holds terms: a definition in a language without one stands above and says its language.
            for definition in definitions:
                self._described(entry, "definition", definition, language)
            return
        section = _plain(entry, "langSec")
        section.set(XML_LANG, language)
        for definition in definitions:
            self._described(section, "definition", definition)
        self._extras(section, [extra.xml for extra in concept.extras if extra.language == language], Level.LANGUAGE)
        for term in concept.terms:
            if term.language == language:
                self._term(section, term)

    def _term(self, section: Any, term: Term) -> None:
        holder = _plain(section, "termSec")
        _plain(holder, "term", term.text)
        self._add(holder, "administrativeStatus", STATUS[term.status])
        self._part_of_speech(holder, term)
        self._add(holder, "termType", term.type or "")
        self._add(holder, "geographicalUsage", term.usage)
        self._add(holder, "register", term.register or "")
        if term.case_sensitive is not sensitive_by_rule(term.type, term.part_of_speech):
            self._add(holder, "caseSensitive", "true" if term.case_sensitive else "false")
        for form in term.forms:
            self._add(holder, "acceptedForm", form)
        # The notes of a term stand before all else.
        self._extras(holder, (xml for xml in term.extras if xml.startswith("<termNote")), Level.TERM)
        for context in term.contexts:
            self._described(holder, "context", context)
        if term.reliability is not None:
            self._add(holder, "reliabilityCode", str(term.reliability))
        self._add(holder, "source", term.source)
        self._extras(holder, (xml for xml in term.extras if not xml.startswith("<termNote")), Level.TERM)
        if term.note:
            _plain(holder, "note", term.note)

    def _part_of_speech(self, holder: Any, term: Term) -> None:
        part = term.part_of_speech
        if part is PartOfSpeech.PROPER_NOUN:
            # Min and Basic list no proper nouns.
            self.beyond_basic = True
            if self._dialect is not Dialect.WORKBENCH:
                self.left_out["partOfSpeech properNoun (written as noun)"] += self._holds("partOfSpeech")
                part = PartOfSpeech.NOUN
        self._add(holder, "partOfSpeech", part or "")

    def _described(self, parent: Any, category: str, item: Definition | Context, language: str = "") -> None:
        if not self._holds(category):
            self.left_out[category] += 1
            return
        group = etree.Element("descripGrp")
        # Sections come last in an entry.
        parent.insert(0 if language else len(parent), group)
        self._add(group, category, item.text)
        if language:
            group[0].set(XML_LANG, language)
        self._add(group, "source", item.source)

    def _transaction(self, parent: Any, transaction: Transaction) -> None:
        if not self._holds("transactionType"):
            self.left_out["transactionType"] += 1
            return
        group = _plain(parent, "transacGrp")
        self._add(group, "transactionType", transaction.type)
        if transaction.date:
            # The standard's dates are days; what is none is kept as it was written.
            day = transaction.date[:10]
            _plain(group, *(("date", day) if is_day(day) else ("note", transaction.date)))
        self._add(group, "responsibility", transaction.by)

    def _extras(self, parent: Any, extras: Iterable[str], level: Level) -> None:
        """Adds what other files brought, in a public dialect as far as this allows it there."""
        for xml in extras:
            self.beyond_basic = True
            element = etree.fromstring(xml)
            if self._dialect is Dialect.WORKBENCH:
                parent.append(element)
            elif self._allows(element, level):
                parent.append(self._styled(element))
            else:
                self.left_out[category(element) or local(element)] += 1

    def _allows(self, element: Any, level: Level) -> bool:
        """Returns whether the dialect has an element, or all of a group, at a level."""
        if local(element) in GROUPS:
            return len(element) > 0 and all(self._allows(part, level) for part in element)
        if local(element) in ("note", "date"):
            return not len(element)
        known = CATEGORIES.get(element.get("type") or "")
        return (
            known is not None
            and not len(element)
            and known.module in MODULES_OF[self._dialect]
            and level in known.levels
            and local(element) == known.carrier
            and (not known.values or text(element) in known.values)
        )

    def _styled(self, element: Any) -> Any:
        """An element that the dialect has, in the style of the file."""
        known = CATEGORIES.get(element.get("type") or "")
        if self._style is Style.DCA or (known is None and local(element) not in GROUPS):
            return element
        if known is None:
            element[:] = [self._styled(part) for part in element]
            return element
        attributes = {name: value for name, value in element.attrib.items() if name != "type"}
        styled = etree.Element(f"{{{MODULES[known.module]}}}{element.get('type')}", attributes, MODULES)
        styled.text = element.text
        return styled

    def _holds(self, category: str) -> bool:
        if category in OWN:
            return self._dialect is Dialect.WORKBENCH
        return CATEGORIES[category].module in MODULES_OF[self._dialect]

    def _add(self, parent: Any, category: str, value: str, target: str = "") -> None:
        """Adds a data category that is set, if the dialect holds it."""
        if not value and not target:
            return
        known = CATEGORIES.get(category)
        self.beyond_basic |= known is None or known.module not in MODULES_OF[Dialect.BASIC]
        if not self._holds(category):
            self.left_out[category] += 1
            return
        attributes = {"target": legal(target)} if target else {}
        if known is None or self._style is Style.DCA:
            _plain(parent, known.carrier if known else _CARRIERS[category], value, type=category, **attributes)
        else:
            child = etree.SubElement(parent, f"{{{MODULES[known.module]}}}{category}", attributes, MODULES)
            child.text = legal(value) or None


def _transactions(concept: Concept) -> list[Transaction]:
    """Returns the transactions that an imported file named, and the last change that was made here."""
    last = [
        Transaction("modification" if concept.version > 1 else "origination", concept.changed_at, concept.changed_by)
    ]
    # As it came, it has no history of its own here.
    came = concept.version == 1 and concept.transactions
    here = last if concept.changed_at and not came and last[0] not in concept.transactions else []
    return [*concept.transactions, *here]


def _plain(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    child = etree.SubElement(parent, tag, attributes)
    child.text = legal(text) or None
    return child


def legal(text: str) -> str:
    """Returns a text without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)
