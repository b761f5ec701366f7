import io

import pytest
from lxml import etree

from corpus import tmx
from corpus.errors import InvalidTmx
from corpus.tmx import TranslationUnit, Variant

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
    header = etree.fromstring(stream.getvalue()).find("header")
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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_encoding_that_xml_knows(encoding):
    text = file(tu(("en", "Rice"), ("zh-CN", "水稻"))).getvalue().decode()
    (unit,) = tmx.read(io.BytesIO(text.encode(encoding)), "x.tmx")
    assert unit.text("zh-Hans") == "水稻"


def test_tags_are_compared_without_case_and_chinese_by_script():
    (unit,) = read(tu(("en-us", "Rice"), ("ZH-cn", "水稻"), ("zh-TW", "水稻米")))
    assert (unit.text("en"), unit.text("zh-Hans"), unit.text("zh-Hant")) == ("Rice", "水稻", "水稻米")
    assert unit.text("fr") is None


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


def test_white_space_is_kept():
    (unit,) = read(tu(("en", " two  spaces "), ("zh", "甲")))
    assert unit.text("en") == " two  spaces "


def test_a_date_that_is_none_is_dropped():
    (unit,) = read(tu(("en", "a"), attributes='creationdate="yesterday" changedate="2026-03-02T08:00:00Z"'))
    assert (unit.created_at, unit.changed_at) == ("", "2026-03-02T08:00:00Z")


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


def test_entities_are_not_expanded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    laughs = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    outside = f'<!DOCTYPE tmx [<!ENTITY c SYSTEM "{secret.as_uri()}">]>'
    for prolog in (laughs, outside):
        with pytest.raises(InvalidTmx, match="the entity &c; is not expanded"):
            read(tu(("en", "&c;"), ("zh", "甲")), prolog=prolog)


def test_the_document_type_is_not_fetched():
    (unit,) = read(tu(("en", "Rice")), prolog='<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/tmx14.dtd">')
    assert unit.text("en") == "Rice"


def test_the_real_memory_comes_in_and_goes_out_whole(shared, desk, tmp_path):
    report = desk.import_memory(shared / "eval/tico19/all.en-zh.tmx", "en", "zh")
    assert (report.read, report.skipped.total()) == (3071, 0)
    assert report.new + report.merged == 3071
    with (tmp_path / "out.tmx").open("wb") as stream:
        assert desk.export_memory(stream) == report.new


def test_units_without_the_wanted_languages_are_counted(desk, tmp_path):
    path = tmp_path / "x.tmx"
    path.write_bytes(file(tu(("en", "Rice"), ("fr", "Riz")) + tu(("en", " "), ("zh", "甲"))).getvalue())
    report = desk.import_memory(path, "en", "zh")
    assert report.new == 0
    assert dict(report.skipped) == {"has en, fr, not en and zh-Hans": 1, "one side is empty": 1}


def test_a_file_that_breaks_imports_nothing(desk, tmp_path):
    path = tmp_path / "x.tmx"
    path.write_bytes(file(tu(("en", "Rice"), ("zh", "水稻")) * 3).getvalue()[:-30])
    with pytest.raises(InvalidTmx):
        desk.import_memory(path, "en", "zh")
    assert desk.memory.stats() == []


def test_provenance_comes_back(desk, article, tmp_path):
    id, _ = desk.articles.add(article)
    bitext = desk.translate(id, "zh-Hans")
    unit = desk.bitexts.units(bitext)[1]
    desk.save_unit(unit.id, 1, "联合实验室成立了。", confirm=True)
    path = tmp_path / "x.tmx"
    with path.open("wb") as stream:
        assert desk.export_memory(stream) == 1
    before = list(desk.memory.entries())
    assert desk.import_memory(path, "en", "zh-Hans").merged == 1
    assert list(desk.memory.entries()) == before
