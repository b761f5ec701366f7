"""Sheets of others: columns mapped to fields, what an import would change, bad rows."""

import csv
import datetime
import io
from dataclasses import replace
from itertools import chain
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from corpus.text.languages import canonical
from glossary import importing, sheets
from glossary.concepts import (
    Concept,
    ConceptState,
    Context,
    Definition,
    Image,
    PartOfSpeech,
    Reference,
    Register,
    Relation,
    Status,
    Term,
)
from glossary.errors import InvalidSheet
from glossary.importing import Policy
from glossary.remarks import Remarks
from glossary.sheets import ColumnMapping, guess
from glossary.sheets.escaping import plain, safe, several, together
from glossary.termbase import Query
from tests.present import present
from workbench.services import termbase_files
from workbench.services.termbase_files import import_terms, preview_terms

FULL = Concept(
    "c-1",
    (
        Term("en", "-1", usage="Asia", register=Register.SLANG, contexts=(Context("a | b", "c"), Context("d")),
             reliability=3, case_sensitive=True, forms=("=x", "y|z")),
        Term("zh-Hans", "@甲"),
    ),
    definitions=(Definition("fr", "Un."), Definition("en", "One.")),
    references=(Reference(Relation.SEE_ALSO, "=c|2"), Reference(Relation.BROADER, "c-3")),
    images=(Image("=HYPERLINK(1)", "a | b"), Image("https://example.org/1.png")),
    state=ConceptState.UNDER_REVIEW,
)  # fmt: skip


def read(text: str, mapping: ColumnMapping | None = None) -> list[Concept]:
    return list(sheets.read_csv(text, "x.csv", canonical, mapping))


@pytest.mark.parametrize(("name", "rows"), [("f_en-zh_CN", 306), ("g_en_zh-CN", 337)])
def test_the_glossaries_of_tico_19_come_in_as_they_are(desk, shared, name, rows):
    path = shared / "eval" / "tico19" / f"{name}.csv"
    assert preview_terms(desk, path, path.name).counts["new"] == rows
    assert import_terms(desk, path).new == rows
    assert import_terms(desk, path).unchanged == rows
    assert set(desk.termbase.languages()) == {"en", "zh-Hans"}


def test_variants_parts_of_speech_and_descriptions_are_read():
    (concept,) = read(
        "stringID,sourceLang,targetLang,pos,description,sourceString,targetString\n"
        "1,en,zh-CN,proper noun,Said of a virus.,contagious,可传染 : 有传染性\n"
    )
    assert [(term.text, term.status) for term in concept.in_language("zh-Hans")] == [
        ("可传染", Status.PREFERRED),
        ("有传染性", Status.ADMITTED),
    ]
    assert concept.terms[0].part_of_speech is PartOfSpeech.PROPER_NOUN
    assert (concept.uid, concept.definitions) == ("x-1", (Definition("en", "Said of a virus."),))


def test_columns_are_guessed_by_their_names():
    assert guess(["英文", "中文", "领域", "备注", "?"], canonical).columns == (
        "term@en", "term@zh-Hans", "subject", "concept_note", ""
    )  # fmt: skip
    assert guess(["Number", "Name"], canonical).complete is False


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("English,English_Def,Chinese_PRC,Chinese_PRC_Def", "term@en definition@en term@zh-Hans definition@zh-Hans"),
        ("Entry_ID,Entry_Subject,Entry_Note", "concept subject concept_note"),
        ("English term,Chinese term,Domain", "term@en term@zh-Hans subject"),
        ("Source,Target,Note", "term@source term@target concept_note"),
        ("en,zh-CHS", "term@en term@zh-Hans"),
        ("eng,zho", "term@en term@zh-Hans"),
        ("en_US,zh_cmn_Hans", "term@en-US term@zh-Hans"),
        ("English (United States),Chinese (Simplified; China)", "term@en-US term@zh-Hans"),
        ("Chinese (Taiwan),English_UK", "term@zh-Hant term@en-GB"),
        ("No,英语术语,繁体中文,德语", "concept term@en term@zh-Hant term@de"),
        ("Deutsch,Français", "term@de term@fr"),
    ],
)
def test_languages_go_by_their_names_and_tags(header, columns):
    assert guess(header.split(","), canonical).columns == tuple(columns.split())


def test_several_columns_may_have_one_field():
    english, chinese = ("term@en", "term@en"), ("term@zh-Hans", "subject", "subject")
    (concept,) = read("a,b,c,d,e\nrice,paddy,稻,,food\n", ColumnMapping((*english, *chinese)))
    assert [(term.text, term.status) for term in concept.terms] == [
        ("rice", Status.PREFERRED), ("paddy", Status.ADMITTED), ("稻", Status.PREFERRED),
    ]  # fmt: skip
    assert concept.subject == "food"


def test_the_first_row_may_have_terms_too():
    mapping = ColumnMapping(("term@en", "term@zh-Hans"), header=False)
    assert [concept.terms[0].text for concept in read("IT,信息技术\nAI,人工智能\n", mapping)] == ["IT", "AI"]


def test_a_part_of_speech_may_be_short_and_one_that_is_none_is_kept():
    remarks = Remarks()
    text = "en,pos\nrice,n.\nrun,v.\nbig,形容词\nup,prep. & adv.\n"
    found = [concept.terms[0] for concept in sheets.read_csv(text, "x.csv", canonical, None, remarks)]
    assert [term.part_of_speech for term in found] == ["noun", "verb", "adjective", None]
    assert found[3].extras == ('<termNote type="partOfSpeech">prep. &amp; adv.</termNote>',)
    assert [str(remark) for remark in remarks.first] == [
        "x.csv, line 5: “prep. & adv.” is not a partOfSpeech: kept as it is."
    ]


def test_days_truth_values_and_errors_are_no_terms(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    rows: list[list[Any]] = [
        ["en", "zh-Hans", "note"],
        [datetime.date(2024, 9, 2), "九月二日", None],
        [True, "真", True],
        ["#N/A", "无", None],
        [datetime.time(5, 30), None, None],
        [5, "五", None],
    ]
    for row in rows:
        page.append(row)
    page["A4"].data_type = "e"
    path = tmp_path / "x.xlsx"
    book.save(path)
    remarks = Remarks()
    with path.open("rb") as stream:
        found = list(sheets.read_xlsx(stream, "x.xlsx", canonical, None, remarks))
    assert [[term.text for term in concept.terms] for concept in found] == [["九月二日"], ["真"], ["无"], ["5", "五"]]
    assert found[1].note == "True"
    assert [remark.values["line"] for remark in remarks.first] == [2, 3, 4, 5]
    assert [len(concept.terms) for concept in read("en,zh-Hans\n#REF!,稻\n#1,一\n")] == [1, 2]


def test_a_mapping_says_what_the_names_do_not():
    mapping = ColumnMapping(("term@source", "term@target"), ";", {"source": "de", "target": "fr"})
    (concept,) = read("a,b\nReis,riz; le riz\n", mapping)
    assert [(term.language, term.text) for term in concept.terms] == [("de", "Reis"), ("fr", "riz"), ("fr", "le riz")]


def test_a_mapping_is_remembered_for_its_header(desk, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\nReis,riz\n")
    mapping = ColumnMapping(("term@de", "term@fr"))
    termbase_files.remember(desk, ["a", "b"], mapping)
    assert present(termbase_files.sheet_of(desk.termbase, path, "x.csv")).mapping == mapping


def test_every_field_comes_back_and_no_cell_is_a_formula():
    text = io.StringIO()
    sheets.write_csv(text, [FULL])
    cells = chain.from_iterable(csv.reader(io.StringIO(text.getvalue())))
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    stream = io.BytesIO()
    sheets.write_xlsx(stream, [FULL])
    for back in (*read(text.getvalue()), *sheets.read_xlsx(stream, "x.xlsx", canonical)):
        assert set(back.definitions) == set(FULL.definitions)
        assert replace(back, definitions=FULL.definitions) == FULL
        assert back.state is ConceptState.UNDER_REVIEW


def test_a_concept_a_row_has_references_pictures_and_a_state_too():
    mapping = ColumnMapping(("term@en", "references", "images", "state"))
    (concept,) = read("en,see,picture,state\nrice,see also | c-1 | broader | c-2,a.png,Under Review\n", mapping)
    assert concept.references == (Reference(Relation.SEE_ALSO, "c-1"), Reference(Relation.BROADER, "c-2"))
    assert (concept.images, concept.state) == ((Image("a.png"),), ConceptState.UNDER_REVIEW)


def test_what_a_sheet_says_beyond_terms_is_kept_in_the_term_base(desk, tmp_path):
    path = tmp_path / "x.csv"
    with path.open("w", encoding="utf-8") as stream:
        sheets.write_csv(stream, [FULL])
    import_terms(desk, path)
    kept = desk.termbase.get("c-1")
    assert (kept.references, kept.images, kept.state) == (FULL.references, FULL.images, FULL.state)
    assert import_terms(desk, path).unchanged == 1


@pytest.mark.parametrize("text", ["=1", "'=1", "''+", "'", "'a", "-", "\tx", "@x", "plain"])
def test_a_cell_reads_back_as_what_it_was(text):
    assert plain(safe(text)) == text
    assert safe(text)[0] not in "=+-@\t"


@pytest.mark.parametrize("texts", [[], ["a", ""], ["a|", "b\\"], ["|"], ["", "b"]])
def test_several_texts_stand_in_a_cell(texts):
    assert several(together(texts)) == texts


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("en,fr\na,b\nc,d,e\n", "line 3: the row has 3 cells, the first row 2"),
        ('en,fr\na,"b\n', "line 2: a quotation mark is open"),
        ("sourceLang,sourceString,targetString\nenglish,a,b\n", "line 2: “english” is not a language tag"),
        ("concept,language,term\n1,en,a\n2,en,b\n1,en,c\n", "line 4: the rows of the concept 1 do not stand together"),
        ("concept,language,term,reliability\n1,en,a,11\n", "“11” is not a reliability"),
        ("concept,language,term,references\n1,en,a,below | 2\n", "“below” is not a relation"),
        ("concept,language,term,state\n1,en,a,done\n", "“done” is not a state"),
    ],
)
def test_a_bad_row_is_said_with_its_line(text, problem):
    with pytest.raises(InvalidSheet, match=problem):
        read(text)


def test_a_preview_tells_new_changed_conflicting_and_unchanged(desk):
    kept, changed = Concept("c-1", (Term("en", "a"),)), Concept("c-2", (Term("en", "b"),))
    desk.termbase.import_all([kept, changed])
    file = [kept, Concept("c-2", (Term("en", "b2"),)), Concept("c-3", (Term("en", "A"), Term("fr", "x"))),
            Concept("c-4", (Term("en", "d"),))]  # fmt: skip
    seen = importing.preview(desk.termbase, file)
    assert seen.counts == {"new": 1, "changed": 1, "conflicting": 1, "unchanged": 1}
    assert seen.shown["conflicting"][0].known == kept
    report = importing.import_concepts(desk.termbase, file, Policy.MERGE, ConceptState.PROPOSED)
    assert (report.read, report.new, report.revised, report.merged, report.unchanged) == (4, 1, 1, 1, 1)
    assert [term.text for term in desk.termbase.get("c-1").terms] == ["a", "A", "x"]
    assert desk.termbase.find(Query(state=ConceptState.PROPOSED))[0][0].uid == "c-4"


def test_a_long_sheet_comes_in_whole(desk, tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("\ufeffen;zh-CN\n" + "".join(f"term {number};术语{number}\n" for number in range(3000)), "utf-8")
    assert import_terms(desk, path).new == 3000
