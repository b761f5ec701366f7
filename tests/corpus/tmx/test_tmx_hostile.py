"""TMX files that are broken, or made to break the reader: refused in one sentence, in little memory."""

import io
import itertools
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus import tmx
from corpus.errors import InvalidTmx, NothingImported
from corpus.reports import ImportReport
from corpus.text.errors import UnreadableFile
from workbench.desk import Desk
from workbench.errors import DeskError
from workbench.services.memory_exchange import import_tmx

BEGIN = b'<tmx version="1.4"><header srclang="en"/><body>\n'
END = b"</body></tmx>"
UNIT = '<tu tuid="{0}"><tuv xml:lang="en"><seg>Rice {0}</seg></tuv><tuv xml:lang="zh"><seg>水稻{0}</seg></tuv></tu>\n'


def units(*numbers: int) -> bytes:
    return "".join(map(UNIT.format, numbers)).encode()


class Stream:
    """A file of any length that is never there as a whole."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)

    def read(self, _: int = -1) -> bytes:
        return next(self._chunks, b"")


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.parametrize("keep_going", [False, True])
@pytest.mark.parametrize("place", ["<seg>&c;</seg>", '<prop type="&c;">a</prop>'])
def test_entities_are_never_expanded(tmp_path, place, keep_going):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    laughs = "".join(f'<!ENTITY {a} "{f"&{b};" * 10}">' for a, b in itertools.pairwise("cdefghijklm"))
    for declared in (f'{laughs}<!ENTITY m "ha">', f'<!ENTITY c SYSTEM "{secret.as_uri()}">'):
        unit = (
            f'<tu>{place}<tuv xml:lang="en"><seg>a</seg></tuv></tu>'
            if "prop" in place
            else (f'<tu><tuv xml:lang="en">{place}</tuv></tu>')
        )
        data = f"<!DOCTYPE tmx [{declared}]>".encode() + BEGIN + unit.encode() + END
        if keep_going:
            report = ImportReport()
            assert list(tmx.read(io.BytesIO(data), "x.tmx", report=report)) == []
            assert report.skipped.total() == 1
        else:
            with pytest.raises(InvalidTmx, match="declares entities of its own, such as &c;, which are never expanded"):
                list(tmx.read(io.BytesIO(data), "x.tmx"))


@pytest.mark.parametrize("unit", ["<note>a &rice; b</note>", '<prop type="&rice;"/>'])
@pytest.mark.parametrize("prolog", ["", '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'])
def test_an_entity_that_is_declared_elsewhere_is_not_left_out(prolog, unit):
    data = f"{prolog}{BEGIN.decode()}\n<tu>{unit}</tu>{END.decode()}".encode()
    with pytest.raises(InvalidTmx, match="line 3: Entity 'rice' not defined"):
        list(tmx.read(io.BytesIO(data), "x.tmx"))
    report = ImportReport()
    assert list(tmx.read(io.BytesIO(data), "x.tmx", report=report)) == []
    assert (report.problems[0].line, dict(report.skipped)) == (3, {"Entity 'rice' not defined": 1})


def test_entities_expand_to_nothing_before_they_are_refused():
    laughs = "".join(f'<!ENTITY {a} "{f"&{b};" * 10}">' for a, b in itertools.pairwise("cdefghijklm"))
    for broken in ("&c;", '<tu x="&c;"/>', "&c;<", "<tu"):
        data = f'<!DOCTYPE tmx [{laughs}<!ENTITY m "ha">]><tmx version="1.4">{broken}'.encode()
        memory = peak()
        with pytest.raises(InvalidTmx, match="declares entities of its own"):
            list(tmx.read(io.BytesIO(data), "x.tmx"))
        assert peak() - memory < 50_000_000


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<tu tuid="', b'"/>'),
        (b'<tu><tuv xml:lang="en"><seg>', b"</seg></tuv></tu>"),
        (b"<!--", b"-->"),
        (b"<tu><", b"/></tu>"),
        (b"<tu><note/>", b""),
    ],
)
@pytest.mark.parametrize("keep_going", [False, True])
def test_two_gigabytes_in_one_place_are_refused_in_little_memory(before, after, keep_going):
    chunk = b"x" * (1 << 16)
    stream = Stream(itertools.chain([BEGIN + before], itertools.repeat(chunk, 1 << 15), [after + END]))
    memory = peak()
    report = ImportReport()
    if keep_going:
        assert list(tmx.read(stream, "x.tmx", report=report)) == []
    else:
        with pytest.raises(InvalidTmx):
            list(tmx.read(stream, "x.tmx"))
    assert peak() - memory < 500_000_000


def test_a_gigabyte_is_read_in_little_memory():
    text = "x" * 1_000_000
    unit = f'<tu><tuv xml:lang="en"><seg>{text}</seg></tuv></tu>'.encode()
    memory = peak()
    stream = Stream(itertools.chain([BEGIN], itertools.repeat(unit, 1000), [END]))
    assert sum(1 for _ in tmx.read(stream, "x.tmx")) == 1000
    assert peak() - memory < 100_000_000


@pytest.mark.parametrize("keep_going", [False, True])
@pytest.mark.parametrize(
    "text", ["<!doctype html><html><head><title>404</title><br></head></html>", "<HTML><p>Not found", "\n<html></html>"]
)
def test_a_web_page_is_refused(desk, tmp_path, text, keep_going):
    path = tmp_path / "x.tmx"
    path.write_text(text)
    with pytest.raises(InvalidTmx, match=r"x\.tmx is not a TMX file: its first element is <(html|HTML)>, not <tmx>"):
        import_tmx(desk, path, "en", "zh", keep_going=keep_going)


def test_an_empty_file_is_refused(desk, tmp_path):
    (tmp_path / "x.tmx").touch()
    for keep_going in (False, True):
        with pytest.raises(UnreadableFile, match=r"x\.tmx is empty"):
            import_tmx(desk, tmp_path / "x.tmx", "en", "zh", keep_going=keep_going)


def second(old: bytes, new: bytes) -> bytes:
    """Three units, the second of which is bad."""
    return units(1) + units(2).replace(old, new) + units(3) + END


BROKEN = {
    "cut off": (units(1, 2) + UNIT.format(3).encode()[:60], 4, "the unit does not end", {1, 2}),
    "two units in one": (second(b"</tu>", b""), 3, "the unit does not end before the next begins", {1, 3}),
    "a control character": (second(b"R", b"\x0b"), 3, "", {1, 3}),
    "its number": (second(b"R", b"&#11;"), 3, "xmlParseCharRef: invalid xmlChar value 11", {1, 3}),
    "bytes of another encoding": (second(b"R", b"\xce"), 3, "", {1, 3}),
    "an ampersand": (second(b"R", b"R & "), 3, "xmlParseEntityRef: no name", {1, 3}),
    "no text": (second(b"<seg>Rice 2</seg>", b""), 3, "a <tuv> has no <seg>", {1, 3}),
    "no language": (second(b'"zh"', b'"?"'), 3, "“?” is not a language tag", {1, 3}),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_imports_nothing_and_says_where(desk, tmp_path, case):
    data, line, *_ = BROKEN[case]
    path = tmp_path / "x.tmx"
    path.write_bytes(BEGIN + data)
    with pytest.raises(InvalidTmx, match=f"line {line}"):
        import_tmx(desk, path, "en", "zh")
    assert desk.memory.stats() == []


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_can_be_imported_without_what_is_bad(desk, tmp_path, case):
    data, line, reason, good = BROKEN[case]
    path = tmp_path / "x.tmx"
    path.write_bytes(BEGIN + data)
    report = import_tmx(desk, path, "en", "zh", keep_going=True)
    assert {int(entry.tuid) for entry in desk.memory.entries()} == good
    assert (report.read, report.new, report.skipped.total()) == (len(good) + 1, len(good), 1)
    problem = report.problems[0]
    assert problem.line == line
    assert reason in problem.reason
    if case == "cut off":
        assert "the file ends before </tmx>" in report.remarks


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "base64", "idna", "no-such-code", "cp037"])
def test_an_encoding_that_cannot_be_costs_no_unit(encoding):
    report = ImportReport()
    data = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + BEGIN + units(1, 2) + END
    assert [unit.text("zh-Hans") for unit in tmx.read(io.BytesIO(data), "x.tmx", report=report)] == ["水稻1", "水稻2"]
    assert dict(report.remarks) == {f"the file is not in {encoding}, as it says": 1}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("broken", ["\ud800", "\udc00\ud800"])
def test_half_a_surrogate_pair_costs_its_unit(encoding, broken):
    text = (BEGIN + units(1, 2, 3) + END).decode().replace("Rice 2", f"Rice {broken}2🌾")
    data = ("\ufeff" + text).encode(encoding, "surrogatepass")
    report = ImportReport()
    found = [unit.text("en") for unit in tmx.read(io.BytesIO(data), "x.tmx", report=report)]
    assert (found, dict(report.skipped)) == (
        ["Rice 1", "Rice 3"],
        {"bytes that are not in the encoding of the file": 1},
    )


def test_bytes_that_are_no_character_cost_their_unit():
    data = b'<?xml version="1.0" encoding="gb18030"?>' + (BEGIN + units(1, 2, 3) + END).decode().encode("gb18030")
    report = ImportReport()
    broken = data.replace(b"Rice 2", b"Rice \xff2")
    assert [unit.text("en") for unit in tmx.read(io.BytesIO(broken), "x.tmx", report=report)] == ["Rice 1", "Rice 3"]
    assert report.skipped.total() == 1


def test_comments_hide_units_also_from_a_patient_reader():
    data = BEGIN + b"<!-- " + units(1) + b"-->" + units(2).replace(b"</seg>", b"<!-- </tu> --></seg>") + END
    for report in (None, ImportReport()):
        (unit,) = tmx.read(io.BytesIO(data), "x.tmx", report=report)
        assert unit.tuid == "2"


def test_a_bad_file_fills_no_memory_with_its_report():
    bad = (f'<tu><tuv xml:lang="{n}-"><seg>a</seg></tuv></tu>'.encode() for n in range(5000))
    report = ImportReport()
    assert list(tmx.read(Stream(itertools.chain([BEGIN], bad, [END])), "x.tmx", report=report)) == []
    assert (report.read, report.skipped.total(), len(report.problems)) == (5000, 5000, 1000)
    assert len(report.skipped) <= 101


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ('<tu><tuv xml:lang="en"><seg>Rice</seg></tuv></tu>', {"has en, not en and zh-Hans": 1}),
        (
            '<tu><tuv xml:lang="en"><seg>Rice</seg></tuv><tuv xml:lang="fr"><seg>Riz</seg></tuv></tu>'
            '<tu><tuv xml:lang="fr"><seg>Riz</seg></tuv><tuv xml:lang="zh"><seg>稻</seg></tuv></tu>'
            '<tu><tuv xml:lang="en"><seg>Rice</seg></tuv><tuv xml:lang="zh-TW"><seg>稻</seg></tuv></tu>',
            {"has en, fr, not en and zh-Hans": 1, "has fr, zh-Hans, not en and zh-Hans": 1,
             "has en, zh-Hant, not en and zh-Hans": 1},
        ),
        (UNIT.format(1).replace("Rice 1", " "), {"one side is empty": 1}),
        ("<tu/>", {"has no language, not en and zh-Hans": 1}),
        ("", {}),
    ],
)  # fmt: skip
def test_a_file_of_which_nothing_can_be_used_is_no_success(desk, tmp_path, file, reason):
    path = tmp_path / "x.tmx"
    path.write_bytes(BEGIN + file.encode() + END)
    report = import_tmx(desk, path, "en", "zh")
    assert (report.imported, dict(report.skipped)) == (0, reason)
    with pytest.raises(NothingImported, match=r"nothing was imported|Nothing of x\.tmx was imported"):
        report.check(path.name)


def large(path: Path) -> Path:
    path.write_bytes(BEGIN + units(*range(30_000)) + END)
    return path


def test_a_disk_that_fills_up_imports_nothing(desk, tmp_path):
    pages = desk.db.execute("PRAGMA page_count").fetchone()[0]
    desk.db.execute(f"PRAGMA max_page_count = {pages + 500}")
    with pytest.raises(DeskError, match=r"The disk is full: nothing of x\.tmx was imported"):
        import_tmx(desk, large(tmp_path / "x.tmx"), "en", "zh")
    assert desk.memory.stats() == []
    assert not desk.db.conn.in_transaction
    desk.db.execute("PRAGMA max_page_count = 1000000")
    assert import_tmx(desk, tmp_path / "x.tmx", "en", "zh").new == 30_000


LIMITED = """
import resource, sys
from pathlib import Path
from workbench.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))
main(["--desk", sys.argv[1], "memory", "import", sys.argv[2]])
"""


def test_a_file_that_may_not_grow_is_like_a_full_disk(desk, tmp_path):
    path = large(tmp_path / "x.tmx")
    done = subprocess.run([sys.executable, "-c", LIMITED, desk.path, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "workbench: The disk is full: nothing of x.tmx was imported. Make room and do it again.\n"
    with Desk.open(desk.path) as again:
        assert again.memory.stats() == []
        assert again.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_another_failure_of_the_store_is_not_taken_for_a_full_disk(desk, tmp_path):
    desk.db.execute("DROP TABLE memory_imported")
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        import_tmx(desk, large(tmp_path / "x.tmx"), "en", "zh")
