"""Makes the pictures of the README and the handbook: pages of the demonstration desk, in both languages.

python tests/web/screenshot.py
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

WORKBENCH = Path(sys.executable).with_name("workbench")
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LOCALES = {"en": "en-US", "zh": "zh-CN"}
# The alignment of the demonstration, a good part of it confirmed.
BITEXT, CONFIRMED = 2, 8


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([WORKBENCH, "demo", "--no-serve"], cwd=folder, check=True, capture_output=True)
        command: list[str | Path] = [WORKBENCH, "--desk", "demo.db", "serve", "--port", "0"]
        with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as server:
            try:
                assert server.stderr is not None
                address = re.search(r"http://\S+", server.stderr.readline())
                assert address is not None
                take(address[0])
            finally:
                server.terminate()


def take(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        confirm(named(browser.new_page(), url), url)
        for language, locale in LOCALES.items():
            page = named(browser.new_page(locale=locale, viewport={"width": 1280, "height": 760}), url)
            for name, path in (("review", "/review"), ("article", "/article?source=1"), ("statistics", "/statistics")):
                page.goto(f"{url}/bitexts/{BITEXT}{path}", wait_until="networkidle")
                page.screenshot(path=PICTURES / f"{name}-{language}.png")
            translate(page, url)
            page.screenshot(path=PICTURES / f"editor-{language}.png")
        browser.close()


def named(page: Page, url: str) -> Page:
    page.context.request.post(f"{url}/me", form={"name": "Chen"})
    return page


def confirm(page: Page, url: str) -> None:
    page.goto(f"{url}/bitexts/{BITEXT}")
    for number in range(1, CONFIRMED + 1):
        page.locator(f".unit[value='{number}'] .target textarea").press("Control+Enter")
        page.locator(f".unit[value='{number}'][data-state='translated']").wait_for()


def translate(page: Page, url: str) -> None:
    """In the middle of the letter, with terms beside the unit and the rest of one behind the caret."""
    page.goto(f"{url}/bitexts/1?number=9", wait_until="networkidle")
    field = page.locator(".unit[value='9'] .target textarea")
    field.fill("")
    field.press_sequentially("今天，你们有一万个台站、卫")
    page.wait_for_timeout(1500)


if __name__ == "__main__":
    main()
