"""A translation as a Word document: title, headings, captions, lists and paragraphs in Word's own styles."""

from typing import IO, Any

from corpus.bitexts.translation import Block, Translation
from corpus.documents.docx_package import element, paragraph, run, write_package
from corpus.text import languages

_STYLES = {"title": "Title", "heading": "Heading1", "caption": "Caption", "list": "ListBullet"}


def write_docx(stream: IO[bytes], translation: Translation) -> None:
    """Writes a translation as DOCX; what is not translated stands there in its own language, highlighted."""
    language = translation.language
    shown = [block for block in translation.blocks if block.read(language)]
    page = element(
        "sectPr",
        element("pgSz", w=11906, h=16838),
        element("pgMar", top=1440, right=1440, bottom=1440, left=1440, header=708, footer=708, gutter=0),
    )
    body = element("body", *(_paragraph(block, translation) for block in shown), page)
    write_package(stream, body, translation.title, language, translation.byline, translation.date)


def _paragraph(block: Block, translation: Translation) -> Any:
    language = translation.language
    space = " " if languages.is_spaced(language) else ""
    made = paragraph(_STYLES.get(block.kind, ""), language)
    for number, each in enumerate(each for each in block.texts if each.text):
        if number and space:
            made.append(run(space, language))
        if each.missing:
            made.append(run(each.text, translation.bitext.source_language, element("highlight", val="yellow")))
        else:
            made.append(run(each.text, language))
    return made
