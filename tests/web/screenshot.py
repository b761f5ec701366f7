"""Makes the picture in the README: the editor of the demonstration desk, with a term's entry open."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

WORKBENCH = Path(sys.executable).with_name("workbench")
PICTURE = Path(__file__).with_name("editor.png")


def main() -> None:
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
        page = browser.new_page(locale="en-US", viewport={"width": 1200, "height": 760})
        page.goto(f"{url}/bitexts/2")
        for number in (0, 1):
            page.locator("textarea").nth(number).press("Control+Enter")
            page.locator(".unit .saving").nth(number).get_by_text("saved").wait_for()
        page.locator("mark", has_text="Joint Laboratory").nth(1).focus()
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
