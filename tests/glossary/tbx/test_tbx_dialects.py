"""TBX of other programs and to the letter of its dialects: what is read, kept, written and checked."""

import io
import os
from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from lxml import etree

from corpus.text.languages import canonical
from glossary import STARTER, tbx
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
from glossary.tbx import Dialect, Style
from workbench.services.termbase_files import import_terms

GENDER = '<termNote type="grammaticalGender">neuter</termNote>'
FULL = Concept(
    "c-1",
    (
        Term("en", "A&B", Status.ADMITTED, TermType.ACRONYM, PartOfSpeech.PROPER_NOUN, "a source", "a note", "Asia",
             Register.TECHNICAL, (Context("In <b>.", "a book"), Context("Again.")), 7, False, ("AB", "a/b"), (GENDER,)),
        Term("zh-Hans", "甲"),
    ),
    "space",
    (Definition("en", "First.", "a book"), Definition("fr", "Premier.")),
    "A note.",
    references=(Reference(Relation.BROADER, "c-2"), Reference(Relation.SEE_ALSO, "c-2")),
    images=(Image("https://example.org/a.png", "A picture"), Image("https://example.org/b.png")),
    extras=(Extra('<admin type="customerSubset">house</admin>'), Extra('<descrip type="x">y</descrip>', "en")),
    state=ConceptState.PROPOSED,
    transactions=(Transaction("origination", "2020-01-01", "Li"),),
)  # fmt: skip
OTHER = Concept("c-2", (Term("en", "thing", part_of_speech=PartOfSpeech.NOUN),))
MARTIF = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader/><text><body>
<termEntry id="e1"><descrip type="subjectField">space</descrip>
 <transacGrp><transac type="transactionType">creation</transac><date>2009-01-01</date></transacGrp>
 <langSet xml:lang="en"><descripGrp><descrip type="definition">A station.</descrip></descripGrp>
  <tig><term>space station</term><termNote type="usageStatus">preferredTerm</termNote></tig>
  <ntig><termGrp><term>orbital station</term>
   <termNote type="normativeAuthorization">deprecatedTerm-admn-sts</termNote></termGrp>
   <descripGrp><descrip type="context">On the orbital station.</descrip></descripGrp></ntig></langSet>
 <langSet xml:lang="zh-CN"><tig><term>空间站</term></tig></langSet></termEntry></body></text></martif>"""


def written(*concepts: Concept, dialect: Dialect | None = None, style: Style = Style.DCA) -> bytes:
    stream = io.BytesIO()
    tbx.write(stream, concepts, "Terms", dialect, style)
    return stream.getvalue()


def read(data: bytes | str) -> list[Concept]:
    return list(tbx.read(io.BytesIO(data.encode() if isinstance(data, str) else data), "x.tbx", canonical))


def breaches(data: bytes | str) -> list[str]:
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return [str(problem) for problem in tbx.check(stream, "x.tbx", canonical)]


def file(inside: str, root: str = 'type="TBX-Basic" style="dca" xml:lang="en"') -> str:
    return f'<tbx {root} xmlns="{tbx.NAMESPACE}"><text><body>\n{inside}\n</body></text></tbx>'


def entry(concept: str = "", section: str = "", term: str = "", uid: str = "c1") -> str:
    return (
        f'<conceptEntry id="{uid}">{concept}<langSec xml:lang="en">{section}<termSec><term>a</term>{term}</termSec>'
        "</langSec></conceptEntry>"
    )


@pytest.mark.parametrize("style", Style)
def test_everything_comes_back(style):
    data = written(FULL, OTHER, style=style)
    assert b"TBX-STI-Workbench" in data
    back = read(data)
    assert back == [FULL, OTHER]
    assert (back[0].state, back[0].transactions) == (FULL.state, FULL.transactions)
    assert breaches(data) == []


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("dialect", [Dialect.CORE, Dialect.MIN, Dialect.BASIC])
def test_a_public_dialect_is_kept_to_the_letter(dialect, style):
    data = written(FULL, OTHER, dialect=dialect, style=style)
    assert breaches(data) == []
    assert f'type="{dialect}"'.encode() in data
    assert [term.text for term in read(data)[0].terms] == ["A&B", "甲"]
    assert b"reliability" not in data


# What other files brought, and this project's own, is in DCA style whatever the rest is in: no core grammar takes that.
@pytest.mark.parametrize(
    ("dialect", "style"), [pair for pair in product(Dialect, Style) if pair != (Dialect.WORKBENCH, Style.DCT)]
)
def test_the_public_core_grammar_takes_what_is_written(dialect, style):
    grammar = os.environ.get("TBX_CORE_RNG")
    if not grammar:
        pytest.skip("TBX_CORE_RNG names no file: TBXcoreStructV03.rng of github.com/LTAC-Global/TBX_Core_RNG")
    schema = etree.RelaxNG(file=grammar)
    schema.assertValid(etree.fromstring(written(FULL, OTHER, dialect=dialect, style=style)))
    schema.assertValid(etree.parse(STARTER))


def test_a_time_is_written_as_its_day():
    when = replace(OTHER, transactions=(Transaction("origination", "2026-01-31T10:00:00Z", "Li"),))
    (concept,) = read(written(when))
    assert concept.transactions == (Transaction("origination", "2026-01-31", "Li"),)
    (concept,) = read(written(replace(when, transactions=(Transaction("origination", "in May", ""),))))
    assert "in May" in written(concept).decode()


def test_what_basic_holds_is_written_as_basic():
    assert b'type="TBX-Basic"' in written(OTHER)


def test_the_second_version_is_read():
    (concept,) = read(MARTIF)
    first, second, third = concept.terms
    assert (first.text, first.status) == ("space station", Status.PREFERRED)
    assert (second.text, second.status) == ("orbital station", Status.DEPRECATED)
    assert second.contexts == (Context("On the orbital station."),)
    assert (third.language, concept.subject) == ("zh-Hans", "space")
    assert concept.definitions == (Definition("en", "A station."),)
    assert concept.transactions == (Transaction("origination", "2009-01-01"),)


def test_what_is_not_known_is_kept_in_its_place(desk, tmp_path):
    path = tmp_path / "x.tbx"
    more = '<termNoteGrp><termNote type="animacy">other</termNote><admin type="source">s</admin></termNoteGrp>'
    path.write_text(file(entry('<admin type="x">&lt;1&gt;</admin>', "<note>of the section</note>", more)))
    import_terms(desk, path)
    data = written(*desk.termbase.all())
    assert read(data) == read(path.read_bytes())
    for part in (b'<admin type="x">&lt;1&gt;</admin>', b"<note>of the section</note>", b'type="animacy">other'):
        assert part in data


@pytest.mark.parametrize(
    ("inside", "breach"),
    [
        (entry(section='<descrip type="subjectField">x</descrip>'), "subjectField does not stand in a langSec"),
        (entry('<descrip type="context">x</descrip>'), "context does not stand in a conceptEntry"),
        (entry(term='<descrip type="reliabilityCode">3</descrip>'), "TBX-Basic has no reliabilityCode"),
        (entry(term='<termNote type="partOfSpeech">noun phrase</termNote>'), "“noun phrase” is not a partOfSpeech"),
        (entry(term='<termNote type="usageStatus">x</termNote>'), "usageStatus is now called administrativeStatus"),
        (entry(term='<admin type="termType">acronym</admin>'), "termType is a <termNote>"),
        (entry('<ref type="crossReference" target="c9"/>'), "there is no entry “c9”"),
        (entry() + entry(), "the id “c1” is there twice"),
        ('<conceptEntry id="c1"/>', "a conceptEntry has no langSec"),
        (entry().replace('"en"', '"english"'), "“english” is not a language tag"),
        (entry(term="<term>b</term>"), "a termSec has one <term>"),
        (entry("<transacGrp><date>May 2026</date></transacGrp>"), "“May 2026” is not a day"),
    ],
)
def test_a_breach_is_said_with_its_line(inside, breach):
    (problem,) = breaches(file(inside))
    assert problem.startswith("x.tbx, line 2: ")
    assert breach in problem


def test_what_stands_behind_the_entries_can_be_named():
    concept = '<ref type="crossReference" target="p1"/>', '<ref type="crossReference" target="c1-t"/>'
    data = file(entry("".join(concept)).replace("<termSec>", '<termSec id="c1-t">'))
    assert len(breaches(data)) == 1
    back = '<back><refObjectSec type="respPerson"><refObject id="p1"><item>Li</item></refObject></refObjectSec></back>'
    assert breaches(data.replace("</text>", f"{back}</text>")) == []


KEPT = {
    "section": '<xref type="xGraphic" target="https://example.org/a.png">A</xref>'
    '<transacGrp><transac type="transactionType">origination</transac><date>2026-01-31</date>'
    '<transacNote type="responsibility">Li</transacNote></transacGrp>',
    "term": '<termNote type="grammaticalGender">neuter</termNote><admin type="projectSubset">news</admin>',
}
LEFT = {
    "section": '<admin type="x-tool">1</admin>',
    "term": '<termNote type="termType">synonym</termNote><termNote type="partOfSpeech">nom</termNote>',
}


@pytest.mark.parametrize("style", Style)
def test_basic_keeps_what_it_allows_and_says_what_it_leaves_out(style):
    concepts = read(file(entry(section=KEPT["section"] + LEFT["section"], term=KEPT["term"] + LEFT["term"])))
    stream, left_out = io.BytesIO(), Counter[str]()
    tbx.write(stream, concepts, "Terms", Dialect.BASIC, style, left_out)
    assert left_out == {"x-tool": 1, "termType": 1, "partOfSpeech": 1}
    assert breaches(stream.getvalue()) == []
    (kept,) = read(file(entry(section=KEPT["section"], term=KEPT["term"])))
    assert read(stream.getvalue()) == [kept]
    # TBX-Min has none of it.
    left_out = Counter()
    tbx.write(io.BytesIO(), concepts, "Terms", Dialect.MIN, style, left_out)
    assert left_out.total() == 7


def test_basic_says_that_a_register_and_a_state_are_left_out():
    left_out = Counter[str]()
    tbx.write(io.BytesIO(), [FULL], "Terms", Dialect.BASIC, Style.DCA, left_out)
    assert left_out["register"] == sum(term.register is not None for term in FULL.terms) > 0
    assert left_out["workflowState"] == 1
    left_out = Counter()
    tbx.write(io.BytesIO(), [FULL], "Terms", left_out=left_out)
    assert left_out == {}


def test_the_root_is_checked():
    assert len(breaches(file(entry(), 'type="TBX-Odd" style="x"'))) == 3
    assert breaches("<martif/>") == ["x.tbx is not a TBX v3 file: its first element is <martif>, not <tbx>."]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ('<!DOCTYPE tbx [<!ENTITY a "b">]>' + file(entry()), "declares entities of its own, such as &a;"),
        (file(entry(term="<note>&nbsp;</note>")), "nbsp"),
        (file(entry() + "\n" + entry()), "line 3: the id “c1” is there twice"),
    ],
)
def test_a_hostile_or_broken_file_is_refused(data, problem):
    with pytest.raises(InvalidTbx, match=problem):
        read(data)


def test_the_shipped_term_base_comes_back():
    concepts = read(STARTER.read_bytes())
    assert read(written(*concepts)) == concepts
