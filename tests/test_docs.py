"""The documents are true: their commands are run, every command is in them, and what they name exists."""

import doctest
import re
import runpy
import shutil

import click
import command_line
import pytest
from babel.messages.pofile import read_po
from transcripts import DOCUMENTS, ROOT, TUTORIAL, run, steps

from workbench.cli import main

RUN_HERE = [document for document in DOCUMENTS if steps(document.read_text("utf-8")) and document != TUTORIAL]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
BENCHMARKS = [path for path in sorted((ROOT / "tests" / "bench").glob("*.py")) if "__main__" in path.read_text("utf-8")]
# What is set, allowed or counted needs no command; what was measured is told by its words.
MEASURED = re.compile(r"\b(chrF|BLEU|F1|per second|a second|within \d+ ms)\b|\d %|\d s at most")
MEASURING = re.compile(r"`(?:\.venv/bin/)?(?:python tests/|make bench|workbench mt evaluate|pytest )")


def named(document) -> str:
    return str(document.relative_to(ROOT))


def prose(document) -> str:
    """A document without what is typed and printed."""
    return re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)


def commands(command: click.Command, name: str) -> list[str]:
    if isinstance(command, click.Group):
        return [path for part, inner in command.commands.items() for path in commands(inner, f"{name} {part}")]
    return [name]


@pytest.mark.parametrize("document", RUN_HERE, ids=named)
def test_the_transcripts_are_what_happens(document, tmp_path):
    """In one folder, one after the other, as the reader would type them. The tutorial is in tests/web."""
    for file in TUTORIAL.with_suffix("").iterdir():
        shutil.copy(file, tmp_path)
    run(document.read_text("utf-8"), tmp_path)


def test_no_transcript_is_lost():
    """What was in the README when this was written is still run, wherever it is now."""
    typed = [step for document in DOCUMENTS for step, _ in steps(document.read_text("utf-8"))]
    for command in ("demo", "glossary find", "segment", "terms", "align", "memory import", "memory lookup"):
        assert any(re.match(rf"\$ workbench (--desk \S+ )?{command} ", step) for step in typed), command


def test_the_command_line_is_as_the_commands_say_it():
    """`make docs` writes it anew."""
    written = command_line.PAGE.read_text("utf-8")
    assert command_line.page(written) == written


@pytest.mark.parametrize("command", commands(main, "workbench"))
def test_every_command_has_a_section(command):
    assert f"\n## {command}\n" in command_line.PAGE.read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_command_that_is_named_exists(document):
    known = commands(main, "workbench")
    groups = {name.rpartition(" ")[0] for name in known}
    typed = re.findall(r"(?:^\$ |`|^ {4,})workbench((?: [^`\n]*)?)", document.read_text("utf-8"), flags=re.MULTILINE)
    rests = [re.sub(r"^(?:--desk \S+|--version|--help) ?", "", rest.strip()) for rest in typed]
    called = [f"workbench {rest}".strip() for rest in rests]
    begun = tuple(f"{name} " for name in known)
    assert [call for call in called if call not in groups and not f"{call} ".startswith(begun)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_option_that_is_named_exists(document):
    helped = command_line.page(command_line.MARK)
    options = set(re.findall(r"`(--[a-z][a-z-]+)", prose(document)))
    assert {option for option in options if option not in helped} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_file_and_make_target_that_is_named_exists(document):
    text = prose(document)
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, flags=re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", text)) - {"and"} <= targets
    links = re.findall(r"\]\(([^)#:]+)[^):]*\)", text)
    assert [link for link in links if not (document.parent / link).exists()] == []
    paths = re.findall(r"`(?:python )?((?:tests|docs|workbench|corpus|glossary)/[\w./-]+)", text)
    assert [path for path in paths if not (ROOT / path.split("::")[0]).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_heading_that_is_linked_exists(document):
    for path, heading in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", document.read_text("utf-8")):
        linked = (document.parent / path) if path else document
        headings = re.findall(r"^#+ (.+)$", linked.read_text("utf-8"), flags=re.MULTILINE)
        assert heading in {_anchor(title) for title in headings}, f"{path}#{heading}"


def _anchor(heading: str) -> str:
    """What GitHub makes of a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_test_that_is_named_exists(document):
    for file, test in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", document.read_text("utf-8")):
        assert f"def {test}(" in (ROOT / file).read_text("utf-8"), test


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_figure_names_its_command(document):
    """A paragraph, a list or a table with a measurement, or what leads to it, says how it is measured."""
    before = ""
    for paragraph in re.split(r"\n\s*\n", prose(document)):
        if MEASURED.search(paragraph) and re.search(r"\d", paragraph):
            assert MEASURING.search(before + paragraph), paragraph
        before = paragraph


def test_the_labels_of_the_pages_are_real():
    """What the tutorial and the how-tos set in bold is what a page says, or a heading of theirs."""
    catalogue = ROOT / "workbench" / "translations" / "messages.pot"
    with catalogue.open("rb") as stream:
        labels = {str(message.id) for message in read_po(stream)}
    for name in ("tutorial.md", "how-to.md"):
        bold = re.findall(r"\*\*([^*]+)\*\*", (ROOT / "docs" / name).read_text("utf-8"))
        assert [label for label in bold if " ".join(label.split()) not in labels] == []


def code() -> str:
    parts = (ROOT / name for name in ("corpus", "glossary", "workbench"))
    return "".join(path.read_text("utf-8") for part in parts for path in part.rglob("*.py"))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("file_bytes: int = 50_000_000", "| a file | 50 MB |"),
        ("_UPLOAD_BYTES = 64_000_000", "| what is sent in the browser in one go | 64 MB |"),
        ("all_paragraphs: int = 100_000", "50,000; 100,000 |"),
        (" paragraphs: int = 50_000", "| 50,000; 100,000 |"),
        ("block_characters: int = 200_000", "| characters of a paragraph | 200,000 |"),
        ("_MAX_ELEMENTS = 30_000", "above 30,000 elements"),
        ("_MAX_CHARACTERS = 2_000_000", "or two million characters"),
        ("_MAX_ATTRIBUTES = 5_000", "more than 5,000 attributes"),
        ("_DROPPED_SHARE = 0.2", "more than a fifth of the text"),
        ("pdf_pages: int = 500", "Limits: 500 pages"),
        ("_MAX_LINES = 5_000", "above 5,000 lines on a page"),
        ("_MAX_DEPTH = 3\n", "to a depth of three"),
        ("members: int = 2_000", "Limits: 2,000 files"),
        ("unpacked_bytes: int = 200_000_000", "200 MB unpacked"),
        ("_MAX_RATIO = 200\n_RATIO_FROM_BYTES = 5_000_000", "above 5 MB unpacked no more than 200 times"),
        ("MAX_GAP = 32_000_000", "A part of 32 MB without a unit"),
        ("FILE_BYTES = 4_000_000_000", "In the browser 4 GB may be sent"),
        ("_LARGEST_CELL = 1_000_000", "a cell of a million characters"),
        ("_LARGEST = 10_000\n", "more than 10,000 characters"),
        ("_PATIENCE = 5\n", "longer than five seconds"),
        ("MAX_FILES = 10_000", "more than 10,000 files"),
        ("MAX_BYTES = 2_000_000_000", "or 2 GB unpacked"),
    ],
)
def test_the_limits_are_those_of_the_code(written, said):
    assert written in code()
    assert said in " ".join((ROOT / "docs" / "formats.md").read_text("utf-8").split())


def test_every_page_of_the_handbook_is_in_its_index():
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert {page for page in pages if f"]({page})" not in index} == set()


def test_the_environment_is_written_down():
    """Every variable that the code reads is in the table."""
    variables = set(re.findall(r"\b(?:WORKBENCH|ARGOS)_[A-Z_]+\b", code()))
    assert {name for name in variables if f"`{name}`" not in command_line.PAGE.read_text("utf-8")} == set()


@pytest.mark.parametrize("library", ["corpus", "glossary"])
def test_the_examples_of_the_libraries_are_what_happens(library):
    result = doctest.testfile(str(ROOT / library / "README.md"), module_relative=False, encoding="utf-8")
    assert (result.attempted > 5, result.failed) == (True, 0)


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=named)
def test_what_a_benchmark_imports_is_there(benchmark, monkeypatch):
    """None is run by the tests, so that nobody would notice."""
    monkeypatch.syspath_prepend(benchmark.parent)
    if "import scipy" in (text := benchmark.read_text("utf-8")) or "from scipy" in text:
        pytest.importorskip("scipy")
    assert callable(runpy.run_path(str(benchmark), run_name="imported")["main"])
