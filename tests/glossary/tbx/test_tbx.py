import io

import pytest

from corpus.text.languages import canonical
from glossary import STARTER, tbx
from glossary.concepts import Concept, Definition, PartOfSpeech, Status, Term, TermType
from glossary.errors import InvalidTbx
from glossary.remarks import Remarks
from workbench.services.termbase_files import import_terms

BRI = Concept(
    uid="c-bri",
    subject="belt and road",
    terms=(
        Term("en", "Belt & Road", Status.PREFERRED, TermType.SHORT_FORM, PartOfSpeech.PROPER_NOUN, "press", "a note"),
        Term("zh-Hans", "“一带一路”", Status.ADMITTED),
        Term("zh-Hans", "一带一路", Status.SUPERSEDED),
        Term("zh-Hans", "一代一路", Status.DEPRECATED),
    ),
    definitions=(Definition("en", "Initiative <for> development.", "a source"), Definition("zh-Hans", "发展倡议。")),
    note="For all texts.",
)
DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
 <text><body><conceptEntry id="c1"><min:subjectField>space</min:subjectField>
  <langSec xml:lang="zh-CN"><termSec><term>空间站</term><min:administrativeStatus>deprecatedTerm-admn-sts
  </min:administrativeStatus><min:partOfSpeech>noun</min:partOfSpeech></termSec></langSec>
 </conceptEntry></body></text></tbx>"""


def read(data: bytes | str) -> list[Concept]:
    return list(tbx.read(io.BytesIO(data.encode() if isinstance(data, str) else data), "x.tbx", canonical))


def term(inside: str, language: str = "en") -> str:
    return f"<langSec xml:lang='{language}'><termSec>{inside}</termSec></langSec>"


def entry(inside: str, attributes: str = 'id="c1"') -> str:
    return (
        f'<tbx type="TBX-Basic" style="dca" xmlns="{tbx.NAMESPACE}"><text><body>\n'
        f"<conceptEntry {attributes}>{inside}</conceptEntry></body></text></tbx>"
    )


def test_what_is_written_comes_back():
    stream = io.BytesIO()
    assert tbx.write(stream, [BRI], "Terms") == 1
    assert read(stream.getvalue()) == [BRI]


def test_the_other_style_is_read():
    (concept,) = read(DCT)
    assert concept.subject == "space"
    assert concept.terms == (Term("zh-Hans", "空间站", Status.DEPRECATED, None, PartOfSpeech.NOUN),)


def test_characters_that_xml_cannot_hold_are_left_out():
    stream = io.BytesIO()
    tbx.write(stream, [Concept("c", (Term("en", "a\x00b"),))], "T\x01")
    assert read(stream.getvalue())[0].terms[0].text == "ab"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("<tmx/>", "its first element is <tmx>"),
        ("no xml", "is not a complete TBX file: line 1"),
        (entry(term("<term>a</term>"), ""), "line 2: a conceptEntry has no id"),
        (entry("<langSec xml:lang='en'/>"), "line 2: a conceptEntry has no term"),
        (entry(term("<term>a</term>", "english")), "“english” is not a language tag"),
        (entry(term("<term> </term>")), "a termSec has no term"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(data, problem):
    with pytest.raises(InvalidTbx, match=problem):
        read(data)


@pytest.mark.parametrize(
    ("category", "value", "carrier"),
    [
        ("partOfSpeech", "nom", "termNote"),
        ("partOfSpeech", "---", "termNote"),
        ("termType", "synonym", "termNote"),
        ("termType", "entryTerm", "termNote"),
        ("register", "formal", "termNote"),
        ("administrativeStatus", "legalTerm-admn-sts", "termNote"),
        ("reliabilityCode", "11", "descrip"),
    ],
)
def test_a_value_outside_its_list_is_kept_and_said(desk, tmp_path, category, value, carrier):
    element = f'<{carrier} type="{category}">{value}</{carrier}>'
    path = tmp_path / "x.tbx"
    path.write_text(entry(term(f"<term>a</term>{element}")), "utf-8")
    report = import_terms(desk, path)
    assert report.new == 1
    (remark,) = report.remarks
    said = remark["template"].format(**remark["values"])
    assert said == f"x.tbx, line 2: “{value}” is not a {category}: kept as it is."
    (concept,) = desk.termbase.all()
    assert (concept.terms[0].text, concept.terms[0].extras) == ("a", (element,))
    stream = io.BytesIO()
    tbx.write(stream, [concept], "Terms")
    assert element.encode() in stream.getvalue()
    assert read(stream.getvalue()) == [concept]


def test_a_good_value_beside_one_that_is_none_counts():
    types = '<termNote type="termType">synonym</termNote><termNote type="termType">acronym</termNote>'
    (concept,) = read(entry(term(f"<term>a</term>{types}")))
    assert concept.terms[0].type is TermType.ACRONYM
    assert concept.terms[0].extras == ('<termNote type="termType">synonym</termNote>',)


def test_a_section_in_no_language_leaves_the_others():
    remarks = Remarks()
    data = entry(term("<term>rice</term>") + term("<term>q</term>", "x-klingon") + term("<term>稻</term>", "zh-CHS"))
    (concept,) = tbx.read(io.BytesIO(data.encode()), "x.tbx", canonical, remarks)
    assert [(each.language, each.text) for each in concept.terms] == [("en", "rice"), ("zh-Hans", "稻")]
    assert [str(remark) for remark in remarks.first] == [
        "x.tbx, line 2: “x-klingon” is not a language tag: its terms are left out."
    ]


def test_a_file_that_breaks_imports_nothing(desk, tmp_path):
    path = tmp_path / "x.tbx"
    path.write_bytes(STARTER.read_bytes()[:100_000])
    with pytest.raises(InvalidTbx):
        import_terms(desk, path)
    assert desk.termbase.count() == (0, 0)
