"""The command line, as a shell sees it: what goes to standard output, what to standard error, and the exit code."""

import io
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import samples
from corpus.alignment import parse_beads
from corpus.tmx import read as read_tmx
from glossary import STARTER, tbx
from workbench.cli.base import progress_bar

WORKBENCH = Path(sys.executable).with_name("workbench")


with STARTER.open("rb") as _stream:
    CONCEPTS = len(list(tbx.read(_stream, STARTER.name)))


class Shell:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [WORKBENCH, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True, check=False
        )

    def __call__(self, *arguments: object) -> str:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def fails(self, *arguments: object) -> str:
        done = self.run(*arguments)
        assert (done.returncode, done.stdout) == (1, ""), done
        assert done.stderr.count("\n") == 1, done.stderr
        return done.stderr


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def desk_shell(shell: Shell) -> Shell:
    shell("init")
    return shell


def test_init_makes_a_desk_with_the_starter_term_base(shell):
    done = shell.run("init")
    assert (done.returncode, done.stdout) == (0, "")
    assert f"{CONCEPTS} concepts" in done.stderr
    assert (shell.folder / "desk.db").exists()
    assert "exists already" in shell.fails("init")


def test_another_desk_is_named_by_option_or_environment(shell, monkeypatch):
    shell("--desk", "a.db", "init", "--empty")
    monkeypatch.setenv("WORKBENCH_DESK", "a.db")
    assert shell("articles") == ""


def test_intake_and_articles(desk_shell):
    path = samples.path("letter", "en")
    assert "A Letter to Young Scientists" in desk_shell("intake", path)
    (described,) = json.loads(desk_shell("articles", "--json"))
    assert (described["id"], described["language"], described["date"]) == (1, "en", "2026-05-29")
    found = json.loads(desk_shell("intake", "--json", path))
    (again,) = found["articles"]
    assert again["new"] is False
    assert again["captions"] == found["leftovers"] == []


def test_segment(shell):
    (shell.folder / "a.txt").write_text("实验室成立了。它研究水稻。\n\n谢谢！\n", "utf-8")
    assert shell("segment", "a.txt", "--lang", "zh-Hans") == "实验室成立了。\n它研究水稻。\n\n谢谢！\n"
    assert json.loads(shell("segment", "a.txt", "--json")) == [["实验室成立了。", "它研究水稻。"], ["谢谢！"]]


ALIGN = ("--source-lang", "en", "--target-lang", "zh-Hans", "--presplit")


def test_align_says_when_the_files_are_the_wrong_way_round(shell):
    english, chinese = (samples.path("letter", tag) for tag in ("en", "zh-Hans"))
    assert "are the two files the wrong way round?" in shell.run("align", chinese, english, *ALIGN).stderr
    assert "wrong way round" not in shell.run("align", english, chinese, *ALIGN).stderr


def test_align_says_when_both_texts_are_in_one_language(shell):
    english = samples.path("letter", "en")
    assert "Both texts are in en" in shell.run("align", english, english, "--presplit").stderr


def test_align_in_every_format(shell):
    pair = (samples.path("letter", "en"), samples.path("letter", "zh-Hans"))
    beads = parse_beads(shell("align", *pair, *ALIGN, "--format", "beads"))
    rows = shell("align", *pair, *ALIGN).splitlines()
    described = json.loads(shell("align", *pair, *ALIGN, "--format", "json"))
    assert rows[0] == "A Letter to Young Scientists\t致青年科技工作者的一封信"
    assert len(beads) == len(rows) == len(described)
    assert [tuple(row["source_sentences"]) for row in described] == [bead.source for bead in beads]
    (shell.folder / "a.tmx").write_text(shell("align", *pair, *ALIGN, "--format", "tmx"), "utf-8")
    with (shell.folder / "a.tmx").open("rb") as stream:
        units = list(read_tmx(stream, "a.tmx"))
    assert len(units) == sum(bool(bead.source and bead.target) for bead in beads)


def test_texts_that_do_not_belong_together_are_said(shell):
    done = shell.run("align", samples.path("letter", "en"), samples.path("interview", "zh-Hans"), *ALIGN)
    assert (done.returncode, "may be no translations of each other" in done.stderr) == (0, True)
    done = shell.run("align", samples.path("letter", "en"), samples.path("letter", "zh-Hans"), *ALIGN)
    assert "may be no translations" not in done.stderr


def test_memory_import_lookup_stats_export(desk_shell):
    pair = (samples.path("letter", "en"), samples.path("letter", "zh-Hans"))
    (desk_shell.folder / "a.tmx").write_text(desk_shell("align", *pair, *ALIGN, "--format", "tmx"), "utf-8")
    report = json.loads(desk_shell("memory", "import", "a.tmx", "--json"))
    assert report["read"] == report["new"] > 20
    assert desk_shell("memory", "lookup", "A Letter to Young Scientists") == (
        "100\tA Letter to Young Scientists\t致青年科技工作者的一封信\n"
    )
    assert desk_shell("memory", "lookup", "致青年科技工作者的一封信").endswith("A Letter to Young Scientists\n")
    (row,) = json.loads(desk_shell("memory", "stats", "--json"))
    assert row["units"] == report["new"]
    desk_shell("memory", "export", "b.tmx")
    assert json.loads(desk_shell("memory", "import", "b.tmx", "--json"))["merged"] == report["new"]


def test_progress_is_shown_on_a_terminal_alone(desk_shell):
    unit = '<tu><tuv xml:lang="en"><seg>Rice.</seg></tuv><tuv xml:lang="zh"><seg>水稻。</seg></tuv></tu>'
    (desk_shell.folder / "a.tmx").write_text(f'<tmx version="1.4"><header srclang="en"/><body>{unit}</body></tmx>')
    assert desk_shell.run("memory", "import", "a.tmx").stderr == "1 units read: 1 new, 0 merged, 0 skipped\n"
    controller, terminal = os.openpty()
    done = subprocess.run([WORKBENCH, "memory", "import", "a.tmx"], cwd=desk_shell.folder, stderr=terminal, check=False)
    shown = os.read(controller, 10_000).decode()
    os.close(controller)
    os.close(terminal)
    assert done.returncode == 0
    assert "importing a.tmx" in shown
    assert "100%" in shown
    assert "0.0/0.0 MB" in shown


def test_a_progress_that_begins_anew_or_has_no_end_is_shown(monkeypatch):
    """As of an evaluation, which translates three times, and of a download that does not say how long it is."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress_bar("Translating") as progress:
        for done in (1, 2, 1, 2):
            progress(done, 2)
    assert re.findall(r"\d+%", terminal.getvalue()) == ["0%", "50%", "100%", "50%", "100%"]
    with progress_bar("Downloading", in_bytes=True) as progress:
        progress(1_500_000, 0)
    assert "1.5 MB" in terminal.getvalue()
    assert "%" not in terminal.getvalue().rpartition("Downloading")[2]


def test_memory_search_similar_and_collections(desk_shell):
    pair = (samples.path("letter", "en"), samples.path("letter", "zh-Hans"))
    (desk_shell.folder / "a.tmx").write_text(desk_shell("align", *pair, *ALIGN, "--format", "tmx"), "utf-8")
    assert desk_shell("memory", "collections", "agency", "--priority", "2") == (
        "1\tmain\twritable\t0 units\n2\tagency\twritable\t0 units\n"
    )
    desk_shell("memory", "import", "a.tmx", "--collection", "agency")
    (collection,) = [each for each in json.loads(desk_shell("memory", "collections", "--json")) if each["units"]]
    assert collection["name"] == "agency"
    found = "A Letter to [Young Scientist]s\t致青年科技工作者的一封信\n"
    assert desk_shell("memory", "search", "young scientist", "--limit", "1") == found
    (hit,) = json.loads(desk_shell("memory", "search", "青年", "--limit", "1", "--json"))
    assert hit["target"] == [[1, 3]]
    lookup = ("memory", "lookup", "A Letter to Old Scientists", "--from", "en", "--to", "zh-Hans")
    assert desk_shell(*lookup) == "80\tA Letter to Young Scientists\t致青年科技工作者的一封信\n"
    assert desk_shell(*lookup, "--floor", "81") == ""


def sheet(shell: Shell, text: str) -> Path:
    path = shell.folder / "terms.csv"
    path.write_text(text, "utf-8")
    return path


def test_glossary_import_says_what_the_columns_are(shell):
    shell("init", "--empty")
    path = sheet(shell, "Source,Target,Made\n稻,rice,2020\n")
    assert shell.run("glossary", "import", path).stderr.splitlines() == [
        "column Source: term@source (zh-Hans)",
        "column Target: term@target (en)",
        "column Made: left out",
        "1 concepts read: 1 new, 0 revised, 0 unchanged",
    ]
    assert "zh-Hans: 稻" in shell("glossary", "find", "rice")


@pytest.mark.parametrize(
    "text", ["IT,信息技术\nAI,人工智能\n", "English,ZhongWen\nrice,稻\n", "Domain;en;?\na;rice;稻\n"]
)
def test_glossary_import_refuses_half_a_sheet(shell, text):
    shell("init", "--empty")
    path = sheet(shell, text)
    assert "Of the columns only terms in the language" in shell.fails("glossary", "import", path)
    assert json.loads(shell("glossary", "find", "rice", "--json")) == []
    # One language with nothing beside it is a glossary, too.
    shell("glossary", "import", sheet(shell, "en,?\nrice,\n"))


def test_glossary_import_takes_columns_as_they_are_named(shell):
    shell("init", "--empty")
    path = sheet(shell, "IT,信息技术,computing\nAI; KI,人工智能,\n")
    options = "--columns", "en,zh-CHS,subject", "--no-header", "--separator", ";"
    assert "2 concepts read: 2 new" in shell.run("glossary", "import", path, *options).stderr
    assert "en: AI; KI" in shell("glossary", "find", "人工智能")
    assert "computing" in shell("glossary", "find", "信息技术")
    assert "has 3 columns, and --columns names 2" in shell.fails("glossary", "import", path, "--columns", "en,-")
    assert "“tongue” is no column" in shell.fails("glossary", "import", path, "--columns", "en,tongue,-")


@pytest.mark.parametrize(
    ("policy", "line", "count"),
    [
        ((), "0 kept beside it, 0 merged into it, 2 left out (--on-conflict skip; or keep or merge)", 2),
        (("--on-conflict", "keep"), "2 kept beside it, 0 merged into it, 0 left out (--on-conflict keep", 4),
        (("--on-conflict", "merge"), "0 kept beside it, 2 merged into it, 0 left out (--on-conflict merge", 2),
    ],
)
def test_glossary_import_says_what_became_of_conflicts(shell, policy, line, count):
    shell("init", "--empty")
    shell("glossary", "import", sheet(shell, "en,zh-Hans\nrice,稻\n"))
    path = shell.folder / "more.csv"
    path.write_text("concept,language,term\n1,en,rice\n1,zh-Hans,稻\n2,en,Rice\n2,zh-Hans,水稻\n3,en,wheat\n", "utf-8")
    looked = shell.run("glossary", "import", path, "--dry-run")
    assert looked.stderr.splitlines()[-1] == (
        "3 concepts read; nothing was imported: 1 would be new, 0 revised, 0 unchanged, 2 conflicting "
        "(--on-conflict skip)"
    )
    assert "conflicting\t2\ten: Rice\tzh-Hans: 水稻\t→ c-en-rice" in looked.stdout
    assert len(json.loads(shell("glossary", "find", "", "--json"))) == 1
    done = shell.run("glossary", "import", path, *policy)
    assert f"2 have a term of a concept that is there: {line}" in done.stderr
    assert len(json.loads(shell("glossary", "find", "", "--json"))) == count


def test_glossary_export_says_what_a_dialect_leaves_out(shell):
    shell("init", "--empty")
    path = sheet(shell, "en,register,pos\nrice,slang,nom\n")
    shell("glossary", "import", path, "--columns", "en,register,part_of_speech")
    done = shell.run("glossary", "export", "basic.tbx", "--dialect", "TBX-Basic")
    assert done.stderr.splitlines() == [
        "1 concepts written to basic.tbx",
        "  TBX-Basic has no place for 1 register",
        "  TBX-Basic has no place for 1 partOfSpeech",
    ]
    assert shell.run("glossary", "export", "all.tbx").stderr == "1 concepts written to all.tbx\n"


def test_glossary_import_says_what_is_odd(shell):
    shell("init", "--empty")
    done = shell.run("glossary", "import", sheet(shell, "en,zh-Hans,pos\n#N/A,稻,noun\nrice,稻米,nom\n"))
    assert done.stderr.splitlines()[-2:] == [
        "  terms.csv, line 2: “#N/A” is a day, a truth value or an error and no term: left out.",
        "  terms.csv, line 3: “nom” is not a partOfSpeech: kept as it is.",
    ]


def test_glossary_find_and_terms(desk_shell):
    assert "“一带一路”倡议" in desk_shell("glossary", "find", "BRI", "--limit", 1)
    (desk_shell.folder / "a.txt").write_text("The BRI promotes STI.\n", "utf-8")
    found = json.loads(desk_shell("terms", "a.txt", "--json"))
    assert [(row["text"], row["start"]) for row in found] == [("BRI", 4), ("STI", 17)]


@pytest.mark.parametrize("ending", ["tbx", "csv", "xlsx"])
def test_the_term_base_goes_out_and_comes_in(desk_shell, ending):
    desk_shell("glossary", "export", f"terms.{ending}")
    desk_shell("--desk", "other.db", "init", "--empty")
    report = json.loads(desk_shell("--desk", "other.db", "glossary", "import", f"terms.{ending}", "--json"))
    assert (report["read"], report["new"]) == (CONCEPTS, CONCEPTS)
    desk_shell("--desk", "other.db", "glossary", "export", "again.tbx")
    desk_shell("glossary", "export", "terms.tbx")
    first, again = (
        list(tbx.read(io.BytesIO((desk_shell.folder / name).read_bytes()), name)) for name in ("terms.tbx", "again.tbx")
    )
    assert first == again


def test_an_export_cut_short_leaves_the_old_file(desk_shell):
    (desk_shell.folder / "terms.tbx").write_text("old")
    assert desk_shell.run("--desk", "none.db", "glossary", "export", "terms.tbx").returncode == 1
    assert (desk_shell.folder / "terms.tbx").read_text() == "old"


def test_the_demo_says_what_it_did(shell):
    done = shell.run("demo", "--no-serve")
    assert (done.returncode, done.stdout) == (0, "")
    assert f"{CONCEPTS} concepts" in done.stderr
    assert "34 × 32 sentences" in done.stderr
    assert (shell.folder / "demo.tmx").exists()
    assert "is there already" in shell.run("demo", "--no-serve").stderr


def test_the_demo_is_made_where_the_desk_is_named(shell):
    """And no file of somebody's own is written over."""
    done = shell.run("--desk", "named.db", "demo", "--no-serve")
    assert sorted(path.name for path in shell.folder.glob("*.*")) == ["named.db", "named.tmx"]
    assert "named.tmx   30 units" in done.stderr
    (shell.folder / "other.tmx").write_text("mine")
    assert "other.tmx exists already" in shell.fails("--desk", "other.db", "demo", "--no-serve")
    assert (shell.folder / "other.tmx").read_text() == "mine"
    assert not (shell.folder / "other.db").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("articles",), "There is no desk desk.db: make one with `workbench init`"),
        (("segment", "none.txt"), "There is no file none.txt: check the path."),
        (("segment", "."), ". is a folder: name the files in it."),
        (("segment", "empty.txt"), "empty.txt is empty"),
        (("segment", "binary.txt"), "binary.txt is not a text file"),
        (("segment", "broken.txt"), "broken.txt is damaged: byte 28 is not UTF-8"),
        (("segment", "good.txt", "--lang", "klingon"), "“klingon” is not a language tag"),
        (("--desk", "good.txt", "articles"), "good.txt is not a desk"),
        (("align", "good.txt", "empty.txt"), "empty.txt is empty"),
    ],
)
def test_bad_input_gets_one_line_and_exit_1(shell, arguments, message):
    (shell.folder / "good.txt").write_text("A laboratory opened.\n" * 30, "utf-8")
    (shell.folder / "empty.txt").touch()
    (shell.folder / "binary.txt").write_bytes(bytes(range(256)))
    (shell.folder / "broken.txt").write_bytes("科技创新合作取得重要".encode()[:-2])
    assert message in shell.fails(*arguments)
    assert not (shell.folder / "desk.db").exists()


def test_a_port_in_use_is_said(desk_shell):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} cannot be used" in desk_shell.fails("serve", "--port", port)


@pytest.mark.parametrize("arguments", [("nonsense",), ("segment",), ("align", "a", "b", "--format", "pdf")])
def test_wrong_usage_is_exit_2(shell, arguments):
    assert shell.run(*arguments).returncode == 2


def test_statistics_are_written_as_the_ending_says(desk_shell):
    (desk_shell.folder / "today").mkdir()
    (desk_shell.folder / "today" / "rice.txt").write_text("title: Rice\n\nRice grows. Rice grows.\n", "utf-8")
    desk_shell("pretranslate", "today", "--no-machine")
    assert "repetition\t1\t2\t30 %\n" in desk_shell("statistics", 1, "--sheet", "rice.csv")
    assert "repetition,1,2,30,0.6" in (desk_shell.folder / "rice.csv").read_text("utf-8-sig")
    assert desk_shell.fails("statistics", 1, "--sheet", "rice.ods") == (
        "workbench: rice.ods is neither .csv nor .xlsx: the ending says what is written.\n"
    )
    (work,) = json.loads(desk_shell("statistics", 1, "--work", "--json"))
    assert (work["all"], work["confirmed"]["units"]) == ({"units": 3, "words": 5}, 0)
