import io
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from corpus import tmx
from corpus.errors import InvalidTmx
from corpus.reports import ImportReport
from corpus.tmx import TranslationUnit, Variant
from tests.present import present

HEADER = (
    '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="EN" '
    'datatype="plaintext"/>'
)


def file(units: str, header: str = HEADER, prolog: str = "") -> io.BytesIO:
    return io.BytesIO(f'{prolog}<tmx version="1.4">{header}<body>{units}</body></tmx>'.encode())


def read(units: str, **options) -> list[TranslationUnit]:
    return list(tmx.read(file(units, **options), "x.tmx"))


def tu(*variants: tuple[str, str], attributes: str = "", before: str = "") -> str:
    tuvs = "".join(f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>' for language, text in variants)
    return f"<tu {attributes}>{before}{tuvs}</tu>"


RICE = TranslationUnit(
    variants=(Variant("en", "Rice & <wheat>"), Variant("zh-Hans", "水稻与小麦")),
    source_language="en",
    tuid="a-1",
    note="A note",
    props={"x-origin": "typed"},
    created_at="2026-03-02T08:00:00Z",
    created_by="Li",
    changed_at="2026-03-03T09:30:00Z",
    changed_by="Wang",
)


def test_what_is_written_comes_back():
    stream = io.BytesIO()
    assert tmx.write(stream, [RICE], "en", "1.0") == 1
    stream.seek(0)
    assert list(tmx.read(stream, "x.tmx")) == [RICE]


def test_the_header_has_all_that_the_format_asks_for():
    stream = io.BytesIO()
    tmx.write(stream, [], "", "1.0")
    header = present(etree.fromstring(stream.getvalue()).find("header"))
    assert set(header.keys()) == {
        "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype",
    }  # fmt: skip
    assert header.get("srclang") == "*all*"


def test_dates_are_written_as_the_format_does():
    stream = io.BytesIO()
    tmx.write(stream, [RICE], "en", "1.0")
    assert b'creationdate="20260302T080000Z"' in stream.getvalue()


def test_notes_and_props_come_before_the_texts():
    stream = io.BytesIO()
    tmx.write(stream, [RICE], "en", "1.0")
    (unit,) = etree.fromstring(stream.getvalue()).iter("tu")
    assert [child.tag for child in unit] == ["note", "prop", "tuv", "tuv"]


@pytest.mark.parametrize("keep_going", [False, True])
@pytest.mark.parametrize("declared", ["", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>'])
@pytest.mark.parametrize(
    "mark", [("utf-8", b""), ("utf-8-sig", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
)
def test_the_byte_order_mark_goes_before_the_declaration(mark, declared, keep_going):
    encoding, beginning = mark
    text = declared + file(tu(("en", "Rice 🌾"), ("zh-CN", "水稻"))).getvalue().decode()
    stream = io.BytesIO(beginning + text.encode(encoding))
    (unit,) = tmx.read(stream, "x.tmx", report=ImportReport() if keep_going else None)
    assert (unit.text("en"), unit.text("zh-Hans")) == ("Rice 🌾", "水稻")


@pytest.mark.parametrize("encoding", ["us-ascii", "gb18030"])
def test_a_declared_encoding_is_read(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + file(tu(("zh", "&#x6c34;稻"))).getvalue().decode()
    if encoding == "us-ascii":
        text = text.replace("稻", "&#31291;")
    for report in (None, ImportReport()):
        (unit,) = tmx.read(io.BytesIO(text.encode(encoding)), "x.tmx", report=report)
        assert unit.text("zh-Hans") == "水稻"


def test_tags_are_compared_without_case_and_chinese_by_script():
    (unit,) = read(tu(("en-us", "Rice"), ("ZH-cn", "水稻"), ("zh-TW", "水稻米")))
    assert (unit.text("en"), unit.text("zh-Hans"), unit.text("zh-Hant")) == ("Rice", "水稻", "水稻米")
    assert unit.text("fr") is None


@pytest.mark.parametrize(
    ("tag", "text", "language"),
    [
        *((tag, "水稻", "zh-Hans") for tag in ("zh-CN", "zh-SG", "zh-Hans", "ZH-hans-cn", "zh-Hans-HK", "zh_CN", "zh")),
        *((tag, "水稻", "zh-Hant") for tag in ("zh-TW", "zh-HK", "zh-MO", "zh-Hant", "ZH-hant-tw", "zh-Hant-CN")),
        ("zh", "官員們說，聯合實驗室已揭牌。", "zh-Hant"),
        ("ZH", "官员们说，联合实验室已揭牌。", "zh-Hans"),
    ],
)
def test_chinese_is_told_by_its_script(tag, text, language):
    (unit,) = read(tu(("en", "Rice"), (tag, text)))
    other = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}[language]
    assert (unit.text(language), unit.text(other)) == (text, None)


@pytest.mark.parametrize("tag", ["zh-CHS", "zho", "chi", "cmn-Hans-CN", "zh-cmn-Hans", "ZH_cmn"])
def test_tags_of_other_programs_are_read_and_keep_their_codes(tag):
    (unit,) = read(tu(("eng-USA", "Rice"), (tag, 'The <ph x="1"/>水稻')))
    assert (unit.text("en-US"), unit.text("zh-Hans")) == ("Rice", "The 水稻")
    assert [variant.language for variant in unit.variants] == ["en-US", "zh-Hans"]
    assert len(written(unit).findall("body/tu/tuv/seg/ph")) == 1


def test_a_unit_has_all_its_texts_in_a_language():
    (unit,) = read(tu(("en-GB", "colour"), ("zh", "色"), ("en", "paint"), ("zh-CN", "颜色"), ("en-US", "colour")))
    assert [variant.text for variant in unit.texts("zh-Hans")] == ["色", "颜色"]
    assert [variant.text for variant in unit.texts("en")] == ["paint", "colour"]
    assert [variant.text for variant in unit.texts("en-GB")] == ["colour"]
    assert unit.texts("fr") == ()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('<tuv xml:lang="x-klingon"><seg>q</seg></tuv>', "“x-klingon” is not a language tag: its text is left out"),
        ('<tuv xml:lang=""><seg>q</seg></tuv>', "“” is not a language tag: its text is left out"),
        ('<tuv xml:lang="fr"/>', "a <tuv> has no <seg>: it is left out"),
    ],
)
@pytest.mark.parametrize("keep_going", [False, True])
def test_a_bad_variant_leaves_the_pair_beside_it(bad, reason, keep_going):
    text = tu(("en", "Rice"), ("zh", "水稻")).replace("</tu>", f"{bad}</tu>")
    report = ImportReport() if keep_going else None
    (unit,) = tmx.read(file(text), "x.tmx", report=report)
    assert (unit.text("en"), unit.text("zh-Hans"), unit.remarks) == ("Rice", "水稻", (reason,))
    assert [seg.text for seg in written(unit).iter("seg")] == ["Rice", "水稻"]


def test_each_region_and_script_keeps_what_its_variant_says():
    text = tu(("zh-TW", "北京"), ("zh-CN", "北京"), ("en-GB", "Rice"), ("en-US", "Rice"))
    for tag in ("zh-TW", "zh-CN", "en-GB", "en-US"):
        text = text.replace(f'<tuv xml:lang="{tag}">', f'<tuv xml:lang="{tag}"><prop type="of">{tag}</prop>')
    (unit,) = read(text)
    assert [prop.text for prop in written(unit).iter("prop")] == ["zh-TW", "zh-CN", "en-GB", "en-US"]


def test_a_region_that_was_asked_for_is_served():
    american, both, plain = read(
        tu(("en-US", "color")) + tu(("en-GB", "colour"), ("en-US", "color")) + tu(("EN", "paint"))
    )
    assert [unit.text("en-GB") for unit in (american, both, plain)] == ["color", "colour", "paint"]
    assert [unit.text("en-GB", strict=True) for unit in (american, both, plain)] == [None, "colour", None]
    assert both.text("en-AU") is None
    assert [unit.text("en", strict=True) for unit in (american, both, plain)] == ["color", "colour", "paint"]


def test_the_unit_names_its_source_before_the_header_does():
    first, second, third = read(
        tu(("en", "a"), ("zh", "甲"))
        + tu(("en", "a"), ("zh", "甲"), attributes='srclang="ZH-CN"')
        + tu(("en", "a"), ("zh", "甲"), attributes='srclang="*all*"')
    )
    assert [unit.source_language for unit in (first, second, third)] == ["en", "zh-Hans", ""]


def test_lang_of_old_files_is_read():
    (unit,) = read('<tu><tuv lang="en"><seg>Rice</seg></tuv><tuv lang="fr" xml:lang="zh"><seg>水稻</seg></tuv></tu>')
    assert (unit.text("en"), unit.text("zh-Hans")) == ("Rice", "水稻")


def test_text_around_and_in_inline_elements_is_kept():
    text = 'Plant <bpt i="1">&lt;b&gt;</bpt>rice<ept i="1">&lt;/b&gt;</ept> <hi type="x">now</hi>, <ph>%s</ph>please.'
    (unit,) = read(tu(("en", text), ("zh", "请种水稻")))
    assert unit.text("en") == "Plant rice now, please."


CODES = (
    'Press <bpt i="1" x="1">&lt;b&gt;</bpt>Start<ept i="1">&lt;/b&gt;</ept> <it pos="begin">{i}</it>or <ph x="2">%s'
    "<sub>a note</sub></ph>wait<ut>~</ut>, <hi>the <hi>green</hi> one</hi>."
)


def test_inline_codes_are_no_text_and_come_back_unchanged():
    (unit,) = read(tu(("en", CODES), ("zh", '按<ph x="1"/>开始。')))
    assert unit.text("en") == "Press Start or wait, the green one."
    (tuv, other) = written(unit).iter("tuv")
    assert etree.tostring(tuv.find("seg"), encoding="unicode") == f"<seg>{CODES}</seg>"
    assert etree.tostring(other.find("seg"), encoding="unicode") == '<seg>按<ph x="1"/>开始。</seg>'


def test_codes_go_with_a_text_that_was_changed():
    (unit,) = read(tu(("en", CODES), ("zh", "甲")))
    changed = replace(unit, variants=(Variant("en", "Stop."), unit.variants[1]))
    assert [seg.text for seg in written(changed).iter("seg")] == ["Stop.", "甲"]


def written(unit: TranslationUnit, **options: Any):
    stream = io.BytesIO()
    tmx.write(stream, [unit], "en", "1.0", **options)
    return etree.fromstring(stream.getvalue())


def test_what_has_no_field_survives():
    before = (
        '<note>One</note><note xml:lang="zh">二</note><prop type="domain">rice</prop><prop type="domain">wheat</prop>'
        '<prop type="x-tool" o-encoding="ascii"> 1 </prop>'
    )
    text = tu(
        ("en", "a"), ("zh", "甲"), attributes='tuid="7" usagecount="3" lastusagedate="20260101T000000Z"', before=before
    )
    text = text.replace('<tuv xml:lang="zh">', '<tuv xml:lang="zh" changeid="Wang"><prop type="quality">good</prop>')
    (unit,) = read(text)
    assert (unit.note, unit.props["domain"]) == ("One\n二", "wheat")
    element = written(unit).find("body/tu")
    assert (element.get("usagecount"), element.get("lastusagedate"), element.get("tuid")) == (
        "3",
        "20260101T000000Z",
        "7",
    )
    assert [child.tag for child in element] == ["note", "note", "prop", "prop", "prop", "tuv", "tuv"]
    assert [prop.text for prop in element.findall("prop")] == ["rice", "wheat", " 1 "]
    assert [child.tag for child in element[-1]] == ["prop", "seg"]
    assert (element[-1].get("changeid"), element[-1][0].text) == ("Wang", "good")


def test_a_unit_of_a_namespace_is_read_and_written_without():
    text = file(tu(("en", "a <hi>b</hi>"), ("zh", "甲"))).getvalue().replace(b"<tmx", b'<tmx xmlns="urn:x"')
    (unit,) = tmx.read(io.BytesIO(text), "x.tmx")
    assert [seg.tag for seg in written(unit).iter("seg", "{*}seg")] == ["seg", "seg"]


def test_tools_without_script_tags_are_served():
    unit = TranslationUnit((Variant("zh-Hans", "甲"), Variant("zh-Hant", "乙"), Variant("en", "a")), "zh-Hans")
    (element,) = written(unit, legacy_tags=True).iter("tu")
    assert element.get("srclang") == "zh-CN"
    assert [tuv.get("{http://www.w3.org/XML/1998/namespace}lang") for tuv in element] == ["zh-CN", "zh-TW", "en"]


def test_the_line_of_a_unit_is_known_in_a_long_file():
    units = list(tmx.read(file("\n" * 70_000 + tu(("en", "a"))), "x.tmx"))
    assert units[0].line == 70_001


@pytest.mark.parametrize("text", [" two  spaces ", "\ttab\nline", "\u00a0\u3000", "&#13;&#10;"])
def test_white_space_is_kept(text):
    (unit,) = read(tu(("en", text), ("zh", "甲")))
    assert unit.text("en") == text.replace("&#13;&#10;", "\r\n")
    stream = io.BytesIO()
    tmx.write(stream, [unit], "en", "1")
    stream.seek(0)
    assert next(tmx.read(stream, "x.tmx")).variants == unit.variants


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("20260302T080000Z", "2026-03-02T08:00:00Z"),
        ("2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z"),
        ("2026-03-02T08:00:00.123+08:00", "2026-03-02T00:00:00Z"),
        ("20260302T080000", "2026-03-02T08:00:00Z"),
        ("20260302", "2026-03-02T00:00:00Z"),
        (" 2026-03-02 ", "2026-03-02T00:00:00Z"),
    ],
)
def test_times_of_iso_8601_are_read(written, time):
    (unit,) = read(tu(("en", "a"), attributes=f'creationdate="{written}"'))
    assert (unit.created_at, unit.remarks) == (time, ())


@pytest.mark.parametrize("written", ["yesterday", "20261302T080000Z", "00000000T000000Z", "2026", "99999999999"])
def test_a_date_that_is_none_is_dropped_and_said(written):
    (unit,) = read(tu(("en", "a"), attributes=f'creationdate="{written}" changedate="20260302T080000Z"'))
    assert (unit.created_at, unit.changed_at) == ("", "2026-03-02T08:00:00Z")
    assert unit.remarks == (f"creationdate “{written}” is no date: dropped",)


def test_characters_that_xml_cannot_hold_are_left_out():
    stream = io.BytesIO()
    tmx.write(stream, [TranslationUnit((Variant("en", "a\x00b\x1fc\ufffe🌾"), Variant("zh-Hans", "甲")))], "en", "1")
    stream.seek(0)
    assert next(tmx.read(stream, "x.tmx")).text("en") == "abc🌾"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is not a complete TMX file"),
        (b"not xml", "x.tmx is not a complete TMX file: line 1"),
        (b"<html><body>404</body></html>", "its first element is <html>"),
        (file(tu(("en", "Rice"))).getvalue()[:-20], "is not a complete TMX file"),
        (file("<tu><tuv xml:lang='en'/></tu>").getvalue(), "a <tuv> has no <seg>"),
        (file(tu(("", "Rice"))).getvalue(), "“” is not a language tag"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(data, problem):
    with pytest.raises(InvalidTmx, match=problem):
        list(tmx.read(io.BytesIO(data), "x.tmx"))


def test_the_document_type_is_not_fetched():
    (unit,) = read(tu(("en", "Rice")), prolog='<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/tmx14.dtd">')
    assert unit.text("en") == "Rice"
