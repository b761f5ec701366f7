"""A bitext goes out as XLIFF 2.1 and comes back: every change to its place, and none over another."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from corpus import xliff
from corpus.articles import Article, Paragraph
from corpus.bitexts.model import TYPED, Origin, UnitState, content
from corpus.bitexts.reimport import ConflictReason, ReimportReport
from corpus.errors import Conflict, InvalidXliff
from corpus.xliff.writing import UNIT_VERSION
from tests.present import present
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.services.bitext_exchange import reimport, resolve_conflicts, write_bitext_xliff
from workbench.services.unit_editing import save_unit, undo_step

CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
HOSTILE = (
    'Rice & <wheat> "]]>" <!-- x -->',
    "Two  spaces,\ta tab and\u00a0more.",
    "\u202bمرحبا\u202c and עברית",
    "𠮷野家 🌾 a\u0301",
    "A\x0bB\x00C\ufffe",
    "A carriage\rreturn",
    "%s {0} ${x}",
)


@pytest.fixture
def bitext(desk, article) -> int:
    id, _ = desk.articles.add(article)
    return begin_translation(desk, id, "zh-Hans")


def save(desk: Desk, bitext: int, position: int, text: str, confirm: bool = False) -> None:
    unit = desk.bitexts.units(bitext)[position]
    save_unit(desk, unit.id, unit.version, text, confirm)


@pytest.fixture
def out(desk, bitext) -> Callable[[], etree._Element]:
    """Exports the bitext."""

    def write() -> etree._Element:
        stream = io.BytesIO()
        assert write_bitext_xliff(desk, bitext, stream) == len(desk.bitexts.units(bitext))
        return etree.fromstring(stream.getvalue())

    return write


@pytest.fixture
def back(desk, bitext, tmp_path) -> Callable[[etree._Element | str], ReimportReport]:
    """Sends a file back to the bitext."""

    def send(file: etree._Element | str) -> ReimportReport:
        path = tmp_path / "x.xlf"
        path.write_bytes(etree.tostring(file) if isinstance(file, etree._Element) else file.encode())
        return reimport(desk, bitext, path)

    return send


def translate(file: etree._Element, position: int, target: str, state: str = "translated") -> None:
    """Edits a unit as another program does; `target` may have inline elements."""
    segment = file.findall(f".//{CORE}segment")[position]
    for old in segment.findall(f"{CORE}target"):
        segment.remove(old)
    segment.append(etree.fromstring(f'<target xmlns="{CORE[1:-1]}">{target}</target>'))
    segment.set("state", state)


def targets(desk: Desk, bitext: int) -> list[tuple[str, str]]:
    return [("".join(unit.target), unit.state.value) for unit in desk.bitexts.units(bitext)]


def test_the_file_is_as_the_standard_has_it(desk, bitext, out):
    save(desk, bitext, 1, "联合实验室成立了。", confirm=True)
    file = out()
    assert (file.get("version"), file.get("srcLang"), file.get("trgLang")) == ("2.1", "en", "zh-Hans")
    unit = file.findall(f".//{CORE}unit")[1]
    assert [etree.QName(child).localname for child in unit] == ["notes", "segment"]
    assert unit.findtext(f".//{CORE}note") == "typed"
    segment = unit.find(f"{CORE}segment")
    assert [(etree.QName(child).localname, child.text) for child in segment] == [
        ("source", "A joint laboratory opened."), ("target", "联合实验室成立了。"),
    ]  # fmt: skip
    assert [segment.get("state") for segment in file.iter(f"{CORE}segment")] == ["initial", "translated", "initial"]
    assert len(file.findall(f".//{CORE}target")) == 1
    # One declaration of each namespace in the file.
    assert etree.tostring(file).count(b"xmlns") == 2


def test_a_file_that_nobody_edited_changes_nothing(desk, bitext, out, back):
    save(desk, bitext, 1, "联合实验室成立了。", confirm=True)
    before = desk.bitexts.units(bitext)
    home = back(out())
    assert (home.read, home.taken, home.contested) == (3, [], [])
    assert desk.bitexts.units(bitext) == before
    assert desk.undo_log.state(bitext).undo == "write"


def test_what_was_edited_comes_back_to_its_place(desk, bitext, out, back):
    file = out()
    translate(file, 1, "联合实验室成立了。它很大。")
    translate(file, 2, "它研究水稻。", "final")
    body = file.find(f"{CORE}file")
    body[:] = reversed(body[:])
    home = back(file)
    first, second, third = desk.bitexts.units(bitext)
    assert sorted(home.taken) == [second.id, third.id]
    assert (first.target, first.state) == ((), UnitState.INITIAL)
    assert (second.target, second.state, second.origin) == (
        ("联合实验室成立了。", "它很大。"), UnitState.TRANSLATED, Origin.TYPED,
    )  # fmt: skip
    assert (third.target, third.state) == (("它研究水稻。",), UnitState.FINAL)
    assert [match.entry.target for match in desk.memory.lookup("It studies rice.", "en", "zh-Hans")] == ["它研究水稻。"]


def test_what_came_back_is_one_step_and_leaves_history(desk, bitext, out, back):
    save(desk, bitext, 2, "它研究小麦。", confirm=True)
    file = out()
    translate(file, 1, "联合实验室成立了。")
    translate(file, 2, "它研究水稻。")
    before = [content(unit) for unit in desk.bitexts.units(bitext)]
    back(file)
    unit = desk.bitexts.units(bitext)[2]
    assert desk.bitexts.history(unit.id)[0].target == ("它研究小麦。",)
    assert desk.undo_log.state(bitext).undo == "return"
    undo_step(desk, bitext, desk.bitexts.get(bitext).revision)
    assert [content(unit) for unit in desk.bitexts.units(bitext)] == before
    assert [entry.target for entry in desk.memory.entries()] == ["它研究小麦。"]


def test_a_unit_confirmed_as_empty_comes_back_as_one(desk, bitext, out, back):
    unit = desk.bitexts.units(bitext)[1]
    save_unit(desk, unit.id, unit.version, "", confirm=False, confirm_empty=True)
    file = out()
    assert [target.text for target in file.iter(f"{CORE}target")] == [None]
    home = back(file)
    assert (home.taken, home.contested) == ([], [])
    assert targets(desk, bitext)[1] == ("", "translated")


@pytest.mark.parametrize("state", ["initial", "translated", "reviewed", "final"])
def test_a_state_alone_comes_back(desk, bitext, out, back, state):
    save(desk, bitext, 1, "联合实验室成立了。", confirm=True)
    file = out()
    file.findall(f".//{CORE}segment")[1].set("state", state)
    back(file)
    unit = desk.bitexts.units(bitext)[1]
    assert (unit.state, unit.origin, unit.target) == (state, Origin.TYPED, ("联合实验室成立了。",))


def test_a_translation_can_be_taken_away(desk, bitext, out, back):
    save(desk, bitext, 1, "联合实验室成立了。", confirm=True)
    file = out()
    translate(file, 1, "")
    back(file)
    unit = desk.bitexts.units(bitext)[1]
    assert (unit.target, unit.state, unit.origin) == ((), UnitState.INITIAL, Origin.NONE)
    assert list(desk.memory.entries()) == []


def test_what_was_changed_on_both_sides_waits_for_a_person(desk, bitext, out, back):
    file = out()
    save(desk, bitext, 1, "本地。")
    translate(file, 1, "外来。")
    translate(file, 2, "它研究水稻。")
    home = back(file)
    (contested,) = home.contested
    assert (contested.reason, contested.here.target, contested.returned.target) == (
        ConflictReason.CHANGED,
        ("本地。",),
        "外来。",
    )
    assert targets(desk, bitext)[1:] == [("本地。", "initial"), ("它研究水稻。", "translated")]
    # The person takes the other's text.
    item = contested.returned
    resolve_conflicts(desk, bitext, [(item.id, contested.here.version, item.target, item.state)])
    assert targets(desk, bitext)[1] == ("外来。", "translated")
    with pytest.raises(Conflict, match=f"Unit {item.id} was changed meanwhile"):
        resolve_conflicts(desk, bitext, [(item.id, contested.here.version, item.target, item.state)])


def test_a_unit_whose_version_the_desk_never_had_is_contested(desk, bitext, out, back):
    """As from a copy of the desk that went its own way: what the file was based on is not known."""
    file = out()
    translate(file, 1, "外来。")
    file.findall(f".//{CORE}unit")[1].set(UNIT_VERSION, "99")
    home = back(file)
    assert home.taken == []
    (contested,) = home.contested
    assert (contested.reason, contested.returned.target) == (ConflictReason.CHANGED, "外来。")
    assert targets(desk, bitext)[1] == ("", "initial")


@pytest.mark.parametrize(("language", "direction"), [("zh-Hans", "ltr"), ("ar", "rtl")])
def test_the_file_says_the_direction_of_both_texts_and_that_units_stay_whole(desk, article, language, direction):
    id, _ = desk.articles.add(article)
    stream = io.BytesIO()
    write_bitext_xliff(desk, begin_translation(desk, id, language), stream)
    file = etree.fromstring(stream.getvalue())
    about = present(file.find(f"{CORE}file"))
    assert (about.get("srcDir"), about.get("trgDir")) == ("ltr", direction)
    assert {unit.get("canResegment") for unit in file.iter(f"{CORE}unit")} == {"no"}


def test_the_same_change_on_both_sides_is_no_conflict(desk, bitext, out, back):
    file = out()
    save(desk, bitext, 1, "联合实验室成立了。", confirm=True)
    translate(file, 1, "联合实验室成立了。")
    home = back(file)
    assert (home.taken, home.contested) == ([], [])


def test_a_unit_that_is_gone_is_told(desk, bitext, out, back):
    file = out()
    translate(file, 1, "甲。")
    unit = desk.bitexts.units(bitext)[1]
    desk.bitexts.rearrange(bitext, [each for each in desk.bitexts.units(bitext) if each.id != unit.id])
    (contested,) = back(file).contested
    assert (contested.reason, contested.here, contested.returned.target) == (ConflictReason.GONE, None, "甲。")


def test_a_translation_of_another_source_is_contested(desk, bitext, out, back):
    file = out()
    translate(file, 1, "甲。")
    file.findall(f".//{CORE}source")[1].text = "A different sentence."
    (contested,) = back(file).contested
    assert contested.reason is ConflictReason.SOURCE
    assert targets(desk, bitext)[1] == ("", "initial")


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_survives(desk, text):
    article = Article("en", "T", (Paragraph(("T",), "title"), Paragraph((text, "End."))))
    id, _ = desk.articles.add(article)
    bitext = begin_translation(desk, id, "ar")
    stream = io.BytesIO()
    unit = desk.bitexts.units(bitext)[1]
    desk.bitexts.save(replace(unit.made(TYPED), target=(text,), state=UnitState.TRANSLATED))
    write_bitext_xliff(desk, bitext, stream)
    stream.seek(0)
    unit = list(xliff.read(stream, "x.xlf", desk.bitexts.get(bitext)))[1]
    assert (unit.source, unit.target) == (text, text)
    assert b'trgDir="rtl"' in stream.getvalue()


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('甲<pc id="1" dataRefStart="d">乙<pc id="2">丙</pc></pc>丁。', "甲乙丙丁。"),
        ('甲<mrk id="m1" type="term">乙</mrk>丙<ph id="1" disp="br"/>丁。', "甲乙丙丁。"),
        ('<sc id="1"/>甲<ec startRef="1"/>乙<sm id="2" type="comment" value="no"/>丙<em startRef="2"/>。', "甲乙丙。"),
        ('甲<cp hex="4E59"/>丙<!-- no -->丁<?no?>。', "甲乙丙丁。"),
        ("<![CDATA[甲<乙>]]>。", "甲<乙>。"),
    ],
)
def test_the_text_of_inline_elements_is_kept(desk, bitext, out, back, written, text):
    file = out()
    translate(file, 1, written)
    back(file)
    assert targets(desk, bitext)[1] == (text, "translated")


def test_a_unit_that_was_segmented_anew_is_one_again(desk, bitext, out, back):
    file = out()
    unit = file.findall(f".//{CORE}unit")[1]
    unit.remove(unit.find(f"{CORE}segment"))
    for xml in (
        '<segment id="1" state="final"><source>A joint laboratory</source><target order="3">成立了</target></segment>',
        '<ignorable id="2"><source> </source><target>　</target></ignorable>',
        '<segment id="3" state="reviewed"><source>opened.</source><target order="1">联合实验室</target></segment>',
    ):
        unit.append(etree.fromstring(xml.replace(" ", f' xmlns="{CORE[1:-1]}" ', 1)))
    home = back(file)
    assert home.contested == []
    assert targets(desk, bitext)[1] == ("联合实验室 成立了", "reviewed")


def test_notes_of_others_are_told(out, back):
    file = out()
    notes = f'<notes xmlns="{CORE[1:-1]}"><note>Is this right?</note><note category="workbench">typed</note></notes>'
    unit = file.findall(f".//{CORE}unit")[1]
    unit.insert(0, etree.fromstring(notes))
    assert back(file).notes == [(int(unit.get("id")), "Is this right?")]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda text: "", "x.xlf is empty"),
        (lambda text: "<html></html>", "is not an XLIFF file: its first element is <html>"),
        (lambda text: '<tmx version="1.4"/>', "is not an XLIFF file: its first element is <tmx>"),
        (
            lambda text: '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>',
            "is XLIFF 1.2, and only XLIFF 2.1 can come back",
        ),
        (lambda text: text.replace("2.1", "3.0"), "is XLIFF 3.0"),
        (lambda text: text[:-60], r"is not a complete XLIFF file: line \d+"),
        (lambda text: text.replace('bitext="1"', 'bitext="2"'), "was not exported from “Lab Opens” in this desk"),
        (lambda text: text.replace(":made=", ":x="), "was not exported from “Lab Opens”"),
        (lambda text: text.replace("zh-Hans", "fr"), "was not exported from “Lab Opens”"),
        (lambda text: text.replace(":version=", ":x="), "has lost what says which one it is"),
        (lambda text: text.replace('unit id="2"', 'unit id="1"'), "unit 1 is there twice"),
        (lambda text: text.replace("initial", "done"), "“done” is not a state of XLIFF"),
        (lambda text: text[: text.index("<unit")] + "</file></xliff>", "x.xlf has no units"),
        (lambda text: f'<!DOCTYPE xliff [<!ENTITY a "ha">]>{text}', "declares entities of its own, such as &a;"),
        (lambda text: text.replace("rice", "&rice;"), "Entity 'rice' not defined"),
    ],
)
def test_what_cannot_come_back_is_refused_in_a_sentence(desk, bitext, out, back, change, problem):
    before = desk.bitexts.units(bitext)
    with pytest.raises(Exception, match=problem) as failure:
        back(change(etree.tostring(out(), encoding="unicode")))
    assert isinstance(failure.value, InvalidXliff) or "empty" in problem
    assert desk.bitexts.units(bitext) == before


def test_a_file_of_the_same_bitext_in_another_desk_is_refused(desk, bitext, out, tmp_path):
    path = tmp_path / "x.xlf"
    path.write_bytes(etree.tostring(out()))
    with Desk.create(tmp_path / "other.db") as other:
        id, _ = other.articles.add(Article("en", "Other", (Paragraph(("Other",), "title"),)))
        assert begin_translation(other, id, "zh-Hans") == bitext
        other.db.execute("UPDATE bitexts SET created_at = '2020-01-01T00:00:00Z'")
        with pytest.raises(InvalidXliff, match="was not exported from “Other”"):
            reimport(other, bitext, path)


def run(desk: Desk, *arguments: object) -> subprocess.CompletedProcess[str]:
    command: list[str | Path] = [Path(sys.executable).with_name("workbench"), "--desk", desk.path, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_on_the_command_line(desk, bitext, tmp_path):
    path = tmp_path / "b.xlf"
    assert run(desk, "bitext", "list").stdout == "1\ten → zh-Hans\t0/3\tLab Opens\n"
    assert run(desk, "bitext", "export", bitext, path).stderr == f"3 units written to {path}\n"
    file = etree.fromstring(path.read_bytes())
    translate(file, 1, "外来。")
    translate(file, 2, "它研究水稻。")
    path.write_bytes(etree.tostring(file))
    save(desk, bitext, 1, "本地。")
    done = run(desk, "bitext", "import", bitext, path)
    assert (done.returncode, done.stdout) == (0, "2\tchanged on both sides\t本地。\t外来。\n")
    assert done.stderr == "3 units read: 1 taken over, 1 contested\n"
    assert targets(desk, bitext)[1:] == [("本地。", "initial"), ("它研究水稻。", "translated")]
    assert json.loads(run(desk, "bitext", "import", bitext, path, "--json").stdout)["taken"] == []
    assert "b.odt ends in none of" in run(desk, "bitext", "export", bitext, tmp_path / "b.odt").stderr
    assert run(desk, "bitext", "export", bitext, tmp_path / "b.tmx").returncode == 0
    assert "There is no bitext 9" in run(desk, "bitext", "export", 9, tmp_path / "c.xlf").stderr
    assert not (tmp_path / "c.xlf").exists()
