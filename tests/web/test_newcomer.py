"""A newcomer's first minutes in a real browser: from two dropped DOCX files to a TMX, its clicks counted."""

import base64
from pathlib import Path

from playwright.sync_api import Page, expect

from corpus import samples
from tests.accessibility import assert_accessible
from tests.document_files import docx, paragraph
from workbench.desk import Desk

DROP = """files => {
    const held = new DataTransfer();
    for (const [name, text] of files) {
        const bytes = Uint8Array.from(atob(text), each => each.charCodeAt(0));
        held.items.add(new File([bytes], name));
    }
    for (const type of ["dragover", "drop"])
        document.querySelector("h2").dispatchEvent(
            new DragEvent(type, {dataTransfer: held, bubbles: true, cancelable: true}));
}"""


def document(name: str, language: str) -> bytes:
    title, *sentences = samples.sentences(name, language)
    return docx(paragraph(title, "Title"), *(paragraph(sentence) for sentence in sentences[:12]))


def test_two_dropped_documents_become_a_tmx_in_at_most_six_clicks(english: Page, serve, tmp_path: Path):
    Desk.create(tmp_path / "new.db").close()
    page = english
    page.goto(serve(tmp_path / "new.db")[1])
    expect(page.get_by_role("heading", name="Three steps")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
    clicks = 0

    def click(name: str, role: str = "button") -> None:
        nonlocal clicks
        page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        clicks += 1

    files = [(f"{language}.docx", document("research-result", language)) for language in ("en", "zh-Hans")]
    page.evaluate(DROP, [[name, base64.b64encode(content).decode()] for name, content in files])
    expect(page.get_by_role("heading", name="2 articles were found")).to_be_visible()
    click("Import selected articles")
    expect(page.get_by_role("heading", name="2 articles imported")).to_be_visible()
    expect(page.get_by_role("heading", name="These two look like a pair")).to_be_visible()
    assert_accessible(page)
    click("Align these two")
    expect(page.locator(".alignment tbody tr").first).to_be_visible()
    page.get_by_role("link", name="Desk", exact=True).click()
    clicks += 1
    expect(page.get_by_role("heading", name="Three steps")).to_be_visible()
    with page.expect_download() as download:
        click("Download TMX", "link")
    assert "绿氢" in Path(download.value.path()).read_text("utf-8")
    assert clicks <= 6
