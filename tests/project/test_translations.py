"""Every sentence of the pages and of the failures is there in every language that the pages speak."""

import re
import string
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from corpus.text.messages import UserError
from tests.present import present
from workbench.web.interface import LOCALES

ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = sorted(set(LOCALES) - {"en"})
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
PLACE = re.compile(r"%\(\w+\)s")


def keywords() -> list[str]:
    """The failures whose first argument is a sentence, as the Makefile names them for the extraction."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    names = re.search(r"KEYWORDS := \$\(addprefix --keyword=,(.*?)\)", makefile, re.DOTALL)
    return present(names)[1].replace("\\", " ").split()


@pytest.fixture(scope="module")
def messages() -> set[str]:
    wanted = {"_": None, "gettext": None, "ngettext": (1, 2)} | dict.fromkeys(keywords())
    found = set()
    for folder in ("workbench", "corpus", "glossary", "templates"):
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, METHODS, keywords=wanted):
            found.add(message[0] if isinstance(message, tuple) else message)
    return found


def catalogue(locale: str) -> Catalog:
    with (ROOT / "workbench" / "translations" / locale / "LC_MESSAGES" / "messages.po").open("rb") as stream:
        return read_po(stream, locale=locale)


@pytest.mark.parametrize("locale", TRANSLATED)
def test_every_message_is_translated_and_none_is_left_over(messages, locale):
    catalogued = {message.id[0] if isinstance(message.id, tuple) else message.id: message.string
                  for message in catalogue(locale) if message.id}  # fmt: skip
    assert sorted(messages - catalogued.keys()) == []
    assert sorted(catalogued.keys() - messages) == []
    assert [key for key, text in catalogued.items() if not text or text == ("",)] == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_translation_has_the_places_of_its_message(locale):
    for message in catalogue(locale):
        source, target = singular(message.id), singular(message.string)
        if source:
            assert sorted(PLACE.findall(source)) == sorted(PLACE.findall(target)), source
            assert fields(source) == fields(target), source


def singular(text: Sequence[str] | None) -> str:
    """A text of a catalogue, of one in several numbers that for one."""
    return text if isinstance(text, str) else present(text)[0]


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_kind_of_failure_is_extracted():
    """A new kind of failure must be named in the Makefile, or its sentences stay English."""
    from corpus import errors as corpus_errors
    from glossary import errors as glossary_errors
    from workbench import errors as workbench_errors

    kinds = {
        name
        for module in (corpus_errors, glossary_errors, workbench_errors)
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, UserError) and kind is not UserError
    }
    assert kinds - set(keywords()) == set()
