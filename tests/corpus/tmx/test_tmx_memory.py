"""From a TMX file into the memory and out again: nothing is lost, whatever merges on the way."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from corpus import tmx
from corpus.errors import NotFound
from corpus.tmx import TranslationUnit
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.services.memory_exchange import export_tmx, import_tmx
from workbench.services.unit_editing import save_unit

BEGIN = '<tmx version="1.4"><header srclang="en"/><body>'


def tu(english: str, chinese: str, attributes: str = "", before: str = "") -> str:
    return (
        f'<tu {attributes}>{before}<tuv xml:lang="en"><seg>{english}</seg></tuv>'
        f'<tuv xml:lang="zh"><seg>{chinese}</seg></tuv></tu>'
    )


@pytest.fixture
def into(desk, tmp_path):
    """Imports units into the desk."""

    def take(text: str, begin: str = BEGIN, pair: tuple[str, str] = ("en", "zh"), **options: Any):
        path = tmp_path / "x.tmx"
        path.write_text(f"{begin}{text}</body></tmx>", "utf-8")
        return import_tmx(desk, path, *pair, **options)

    return take


def exported(desk: Desk, tmp_path, **options: Any) -> list[TranslationUnit]:
    path = tmp_path / "out.tmx"
    with path.open("wb") as stream:
        export_tmx(desk, stream, **options)
    with path.open("rb") as stream:
        return list(tmx.read(stream, "out.tmx"))


def said(units: list[TranslationUnit]) -> list[tuple]:
    return [(unit.tuid, unit.variants, unit.note, unit.props) for unit in units]


def test_the_real_memory_comes_in_and_goes_out_whole(shared, desk, tmp_path):
    path = shared / "eval/tico19/all.en-zh.tmx"
    report = import_tmx(desk, path, "en", "zh")
    assert (report.read, report.imported, report.skipped.total()) == (3071, 3071, 0)
    with path.open("rb") as stream:
        original = said(list(tmx.read(stream, path.name)))
    assert said(exported(desk, tmp_path)) == original
    assert import_tmx(desk, tmp_path / "out.tmx", "en", "zh").merged == 3071
    assert said(exported(desk, tmp_path)) == original


def test_units_that_merge_are_written_where_they_stood(desk, tmp_path, into):
    text = "".join(
        tu(english, "稻", f'tuid="{tuid}"', f"<note>{tuid}</note>")
        for tuid, english in (("a", "Rice"), ("b", "Wheat"), ("c", "Rice "), ("d", "Oats"), ("e", "Rice"))
    )
    report = into(text)
    assert (report.new, report.merged) == (3, 2)
    units = exported(desk, tmp_path)
    assert [(unit.tuid, unit.text("en"), unit.note) for unit in units] == [
        ("a", "Rice", "a"), ("b", "Wheat", "b"), ("c", "Rice ", "c"), ("d", "Oats", "d"), ("e", "Rice", "e"),
    ]  # fmt: skip
    # The same file again adds nothing.
    assert into(text).merged == 5
    assert exported(desk, tmp_path) == units


def test_a_merged_unit_follows_its_entry(desk, tmp_path, into):
    into(tu("Rice", "稻", 'tuid="a"') + tu("Rice", "稻", 'tuid="b"'))
    (entry,) = desk.memory.entries()
    desk.memory.edit(entry.id, entry.version, target="水稻")
    assert [unit.text("zh-Hans") for unit in exported(desk, tmp_path)] == ["水稻", "水稻"]
    (entry,) = desk.memory.entries()
    desk.memory.delete(entry.id, entry.version)
    assert exported(desk, tmp_path) == []


def test_all_that_a_unit_says_survives(desk, tmp_path, into):
    attributes = (
        'tuid="7" usagecount="3" creationdate="20250101T000000Z" creationid="Li" changedate="20250102T000000Z" '
        'changeid="Wang"'
    )
    before = '<note>One</note><note>Two</note><prop type="domain">rice</prop><prop type="domain">wheat</prop>'
    into(tu('Plant <bpt i="1">{b</bpt>rice<ept i="1">}</ept> now', "种", attributes, before))
    exported(desk, tmp_path)
    (element,) = etree.parse(tmp_path / "out.tmx").iter("tu")
    wanted = dict(item.split("=") for item in attributes.replace('"', "").split())
    assert wanted.items() <= dict(element.attrib).items()
    assert [(child.tag, child.text) for child in element[:4]] == [
        ("note", "One"), ("note", "Two"), ("prop", "rice"), ("prop", "wheat"),
    ]  # fmt: skip
    assert element.findtext("tuv/seg/bpt") == "{b"
    assert [hit.entry.source for hit in desk.memory.search("Plant rice now")] == ["Plant rice now"]


def without_tuid(before: str, attributes: str) -> str:
    return tu("Vaccine approved.", "疫苗获批。", attributes, before)


def test_units_without_tuid_keep_each_what_they_say(desk, tmp_path, into):
    text = (
        without_tuid("", 'creationdate="20200101T000000Z" creationid="anna"')
        + without_tuid("<note>checked</note>", 'creationdate="20240101T000000Z" creationid="bo"')
        + without_tuid('<prop type="client">One</prop>', 'creationdate="20240101T000000Z" creationid="bo"')
        + without_tuid('<prop type="client">Two</prop>', 'creationdate="20250101T000000Z" creationid="cy"')
        + without_tuid("", 'tuid="9" creationdate="20260101T000000Z" creationid="di"')
    )
    report = into(text)
    assert (report.new, report.merged) == (1, 4)
    units = exported(desk, tmp_path)
    assert [(unit.created_by, unit.created_at[:4], unit.note, unit.props, unit.tuid) for unit in units] == [
        ("anna", "2020", "", {}, ""),
        ("bo", "2024", "checked", {}, ""),
        ("bo", "2024", "", {"client": "One"}, ""),
        ("cy", "2025", "", {"client": "Two"}, ""),
        ("di", "2026", "", {}, "9"),
    ]
    # Neither the file nor what was written of it adds anything.
    assert into(text).merged == 5
    assert import_tmx(desk, tmp_path / "out.tmx", "en", "zh").merged == 5
    assert exported(desk, tmp_path) == units


def test_a_note_of_a_unit_that_merges_is_not_lost(desk, tmp_path, into):
    into(tu("Rice", "稻", 'tuid="1"', "<note>One</note>") + tu("Rice", "稻", 'tuid="1"', "<note>Two</note>"))
    assert [(unit.tuid, unit.note) for unit in exported(desk, tmp_path)] == [("1", "One"), ("1", "Two")]


def test_each_target_of_a_unit_is_an_entry(desk, tmp_path, into):
    more = '<tuv xml:lang="zh-CN"><seg>稻子</seg></tuv></tu>'
    report = into(tu("Rice", "稻", 'tuid="1"').replace("</tu>", more))
    assert (report.read, report.new, report.skipped.total()) == (1, 2, 0)
    assert dict(report.remarks) == {"a unit with 2 pairs of texts: an entry each": 1}
    assert [unit.text("zh-Hans") for unit in exported(desk, tmp_path)] == ["稻", "稻子"]
    # So is each source.
    into(tu("Wheat", "麦").replace("</tu>", '<tuv xml:lang="en-GB"><seg>Corn</seg></tuv></tu>'))
    assert [entry.source for entry in desk.memory.entries()][2:] == ["Wheat", "Corn"]


def test_a_pair_of_regions_keeps_its_direction(desk, into):
    regions = '<tu {}><tuv xml:lang="en-US"><seg>color</seg></tuv><tuv xml:lang="en-GB"><seg>colour</seg></tuv></tu>'
    for source in ("en-US", "en", "*all*"):
        into(regions.format(f'srclang="{source}"'), pair=("en-US", "en-GB"))
    (entry,) = desk.memory.entries()
    assert (entry.source_language, entry.source, entry.target) == ("en-US", "color", "colour")
    assert [match.score for match in desk.memory.lookup("color", "en-US", "en-GB")] == [100]
    assert desk.memory.lookup("colour", "en-US", "en-GB") == []
    assert [match.entry.target for match in desk.memory.lookup("colour", "en-GB", "en-US")] == ["color"]
    into(regions.format('srclang="en-GB"'), pair=("en-US", "en-GB"))
    assert [entry.source for entry in desk.memory.entries()] == ["color", "colour"]
    assert into(tu("Rice", "稻"), pair=("en-US", "en-GB")).imported == 0


def test_the_scripts_of_chinese_keep_their_direction(desk, into):
    texts = '<tu><tuv xml:lang="zh-TW"><seg>大橋</seg></tuv><tuv xml:lang="zh-CN"><seg>大桥</seg></tuv></tu>'
    into(texts, pair=("zh-Hans", "zh-Hant"), begin='<tmx version="1.4"><header srclang="zh-CHT"/><body>')
    (entry,) = desk.memory.entries()
    assert (entry.source_language, entry.source, entry.target) == ("zh-Hant", "大橋", "大桥")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ('Delete <ph x="1">{0}</ph>files?', '删除<ph x="1">{0}</ph>文件？'),
        ('Delete <bpt i="1">(b)</bpt>files<ept i="1">(/b)</ept>?', "删除文件？"),
        ("Delete files?", '删除<hi>文<it pos="begin">x</it></hi>件？'),
    ],
)
def test_a_match_with_inline_codes_is_below_100_and_says_so(desk, into, english, chinese):
    into(tu(english, chinese) + tu("Delete all?", "删除<hi>全部</hi>？"))
    (match,) = desk.memory.lookup("Delete files?", "en", "zh-Hans")
    assert (match.score, match.penalties, match.entry.codes) == (99, {"codes": 1}, True)
    assert [match.score for match in desk.memory.lookup("Delete all?", "en", "zh-Hans")] == [100]
    assert run(desk, "lookup", "Delete files?").stdout == "99\tDelete files?\t删除文件？\twith inline codes\n"
    desk.memory.edit(match.entry.id, match.entry.version, source="Delete files?!")
    assert desk.memory.lookup("Delete files?!", "en", "zh-Hans")[0].score == 100


def test_provenance_comes_back(desk, article, tmp_path):
    id, _ = desk.articles.add(article)
    bitext = begin_translation(desk, id, "zh-Hans")
    unit = desk.bitexts.units(bitext)[1]
    save_unit(desk, unit.id, 1, "联合实验室成立了。", confirm=True)
    (unit,) = exported(desk, tmp_path)
    assert unit.props["x-origin"] == "typed"
    assert unit.props["x-state"] == "translated"
    before = list(desk.memory.entries())
    assert import_tmx(desk, tmp_path / "out.tmx", "en", "zh-Hans").merged == 1
    assert list(desk.memory.entries()) == before
    with Desk.create(tmp_path / "other.db") as other:
        import_tmx(other, tmp_path / "out.tmx", "en", "zh-Hans")
        (entry,) = other.memory.entries()
        assert (entry.origin, entry.state, entry.previous) == ("typed", "translated", "Lab Opens")


def test_the_unit_says_what_is_source(desk, into):
    header = '<tmx version="1.4"><header srclang="{}"/><body>'
    into(tu("a", "甲") + tu("b", "乙", 'srclang="EN-us"') + tu("c", "丙", 'srclang="*all*"'), header.format("ZH-cn"))
    into(tu("d", "丁"), header.format("*all*"), ("zh", "en"))
    assert [(entry.source, entry.target) for entry in desk.memory.entries()] == [
        ("甲", "a"), ("b", "乙"), ("c", "丙"), ("丁", "d"),
    ]  # fmt: skip


def test_the_pair_is_found_among_many_languages(desk, into):
    more = '<tu><tuv xml:lang="zh-TW"><seg>稻米</seg></tuv><tuv lang="zh-SG"><seg>大米</seg></tuv>'
    into(more + '<tuv xml:lang="fr"><seg>riz</seg></tuv><tuv xml:lang="EN-gb"><seg>rice</seg></tuv></tu>')
    (entry,) = desk.memory.entries()
    assert (entry.source_language, entry.target_language, entry.source, entry.target) == (
        "en",
        "zh-Hans",
        "rice",
        "大米",
    )


def test_a_region_must_match_where_the_file_has_several(desk, into):
    american, british = tu("color", "色"), tu("colour", "色").replace('"en"', '"en-GB"')
    assert into(american, pair=("en-GB", "zh")).new == 1
    report = into(american.replace('"en"', '"en-US"') + british, pair=("en-GB", "zh"))
    assert dict(report.skipped) == {"has en-US, zh-Hans, not en-GB and zh-Hans": 1}
    assert [entry.source for entry in desk.memory.entries()] == ["color", "colour"]


def test_a_bad_date_is_reported_and_dropped(into):
    report = into("\n" + tu("a", "甲", 'creationdate="yesterday"'))
    assert (report.new, dict(report.remarks)) == (1, {"creationdate “yesterday” is no date: dropped": 1})
    assert report.problems[0].line == 2


def test_a_collection_is_exported_alone(desk, tmp_path, into):
    desk.memory.put_collection("house", 2)
    into(tu("a", "甲"))
    into(tu("b", "乙"), collection="house")
    assert [unit.text("en") for unit in exported(desk, tmp_path, collection="house")] == ["b"]
    assert len(exported(desk, tmp_path)) == 2
    with pytest.raises(NotFound, match="no collection nowhere"):
        exported(desk, tmp_path, collection="nowhere")


def test_progress_is_told_and_can_end_the_import(desk, into):
    class Enough(Exception):
        pass

    told = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if done > 100_000:
            raise Enough

    with pytest.raises(Enough):
        into("".join(tu(f"a {n}", f"甲{n}") for n in range(30_000)), progress=progress)
    assert told[0][1] > 1_000_000
    assert desk.memory.stats() == []


def run(desk: Desk, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("workbench"), "--desk", desk.path, "memory", *arguments]
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)


def test_the_report_on_the_command_line(desk, tmp_path):
    path = tmp_path / "x.tmx"
    path.write_text(f"{BEGIN}\n{tu('a', '甲')}\n<tu>\n{tu('b', '乙')}\n</body></tmx>", "utf-8")
    done = run(desk, "import", path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "x.tmx is not a complete TMX file: line" in done.stderr
    assert done.stderr.endswith("Nothing was imported; --keep-going imports all but what cannot be read.\n")
    done = run(desk, "import", path, "--keep-going")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "3 units read: 2 new, 0 merged, 1 skipped",
        "  1 skipped: the unit does not end before the next begins",
        "  line 3: the unit does not end before the next begins",
    ]
    done = run(desk, "import", path, "--keep-going", "--report", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["file"], report["merged"]) == (0, "x.tmx", 2)
    assert report["problems"] == [{"line": 3, "reason": "the unit does not end before the next begins"}]


def test_keep_going_is_named_where_it_helps(desk, tmp_path):
    path = tmp_path / "x.tmx"
    path.write_text(f"{BEGIN}{tu('a', '甲')}<tu><tuv xml:lang='en'/></tu></body></tmx>", "utf-8")
    assert "line 1: a <tuv> has no <seg>. Nothing was imported; --keep-going" in run(desk, "import", path).stderr
    path.write_text("<html><body>404</body></html>")
    for options in ([], ["--keep-going"]):
        assert run(desk, "import", path, *options).stderr == (
            "workbench: x.tmx is not a TMX file: its first element is <html>, not <tmx>.\n"
        )


def test_an_export_tells_how_far_it_is(desk, tmp_path, into):
    into("".join(tu(f"a {n}", "甲") for n in range(1200)) + tu("a 1", "甲", 'tuid="x"'))
    told = []
    with (tmp_path / "out.tmx").open("wb") as stream:
        written = export_tmx(desk, stream, "en", progress=lambda done, total: told.append((done, total)))
    assert (written, told) == (1201, [(500, 1201), (1000, 1201)])


def test_nothing_imported_is_a_failure_on_the_command_line(desk, tmp_path):
    path = tmp_path / "x.tmx"
    path.write_text(f"{BEGIN}{tu('a', '甲')}</body></tmx>", "utf-8")
    done = run(desk, "import", path, "--source-lang", "fr", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["skipped"] == {"has en, zh-Hans, not fr and zh-Hans": 1}
    assert done.stderr == "workbench: Nothing of x.tmx was imported: its 1 units were all skipped.\n"


def test_an_export_that_fails_leaves_what_is_there(desk, tmp_path):
    path = tmp_path / "x.tmx"
    path.write_text("as it was")
    assert "no collection nowhere" in run(desk, "export", path, "--collection", "nowhere").stderr
    assert path.read_text() == "as it was"
    assert sorted(found.name for found in tmp_path.iterdir() if found.name.startswith(".")) == []
    assert "cannot be written" in run(desk, "export", tmp_path / "none" / "x.tmx").stderr
    assert run(desk, "export", path).returncode == 0
    assert path.read_text().startswith("<?xml")
