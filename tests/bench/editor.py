"""Measures the editor in Chromium, over a desk whose memory has 100,000 units.

    python tests/bench/editor.py [--memory UNITS]

prints a line a figure: what a page costs the server, when one can type, how soon the caret is in the next unit far from
the desk, how soon a key is painted, how soon the suggestions are there. Times in the browser are those of its own
events; a key counts as painted in the frame after the one in which it was typed.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Route, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus.articles import Article, Paragraph
from tests.bench.memory import imported, queries
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.web import create_app

WORKBENCH = Path(sys.executable).with_name("workbench")
FAR = 300  # ms to the desk and back
LONG = 50_000  # characters

READY = """() => {
  const typed = document.activeElement;
  return typed instanceof HTMLTextAreaElement && performance.now();
}"""
# From the key to the caret in another field.
CARET = """() => new Promise((resolve) => {
  let pressed = 0;
  addEventListener("keydown", (event) => { if (event.key === "Enter") pressed = event.timeStamp; }, { capture: true });
  addEventListener("focusin", () => { if (pressed) resolve(performance.now() - pressed); });
})"""
# From each key to the frame after it.
PAINT = """() => {
  window.painted = [];
  addEventListener("keydown", (event) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.painted.push(performance.now() - event.timeStamp);
      channel.port2.postMessage(0);
    });
  }, { capture: true });
}"""
# From the caret in a unit to what the memory has for it; nothing where that was there before.
OFFERED = """() => {
  window.offered = [];
  const answered = new Set(), ask = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await ask(...asked);
    const [, unit] = /units\\/([0-9]+)\\/suggestions/.exec(asked[0]) ?? [];
    if (unit) answer.clone().text().then(() => answered.add(`unit-${unit}`));
    return answer;
  };
  addEventListener("focusin", (event) => {
    const unit = event.target.closest?.(".unit");
    if (!unit) return;
    const begun = performance.now();
    if (answered.has(unit.id)) return void window.offered.push(0);
    const waiting = setInterval(() => {
      if (!answered.has(unit.id)) return;
      clearInterval(waiting);
      window.offered.push(performance.now() - begun);
    }, 1);
  }, { capture: true });
}"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--memory", type=int, default=100_000, help="units of the memory")
    memory = parser.parse_args().memory
    with tempfile.TemporaryDirectory() as folder:
        desk, (short, long, huge) = build(Path(folder), memory)
        for name, bitext in (("50 units", short), ("5,000 units", long)):
            print(f"server, a page of {name}: {report(server_ms(desk, bitext))} CPU", flush=True)
        with served(desk) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for name, bitext in (("50 units", short), ("5,000 units", long)):
                times = [ready_ms(browser.new_page(), f"{url}/bitexts/{bitext}") for _ in range(10)]
                print(f"ready to type, {name}: {report(times)}", flush=True)
            page = browser.new_page()
            times = caret_ms(page, f"{url}/bitexts/{short}")
            print(f"Ctrl+Enter to the caret in the next unit, {FAR} ms away: {report(times)}", flush=True)
            page = browser.new_page()
            print(f"keystroke to paint: {report(paint_ms(page, f'{url}/bitexts/{short}'))}", flush=True)
            print(f"keystroke to paint, {LONG:,} characters: {report(paint_ms(page, f'{url}/bitexts/{huge}', LONG))}")
            for pause, name in ((0, "gone to at once"), (1500, "fetched ahead")):
                found = suggestions_ms(browser.new_page(), f"{url}/bitexts/{long}", pause)
                print(f"suggestions, {memory:,} units in the memory, {name}: {report(found)}", flush=True)
            browser.close()


def report(times: Sequence[float]) -> str:
    """The median and the 95th percentile."""
    ordered = sorted(times)
    p95 = ordered[int(len(ordered) * 0.95)]
    return f"median {statistics.median(ordered):.1f} ms, p95 {p95:.1f} ms, {len(ordered)} times"


def build(folder: Path, memory: int) -> tuple[Path, list[int]]:
    """Makes a desk with a memory, and bitexts of 50 and 5,000 units, half like those of the memory, and of one unit."""
    path = imported(folder, memory)
    with Desk.open(path) as desk:
        texts = [query.text for query in queries(desk, 10_000) if query.language == "en"]
        return path, [begun(desk, sentences) for sentences in (texts[:50], texts, ["One sentence is here."])]


def begun(desk: Desk, sentences: Sequence[str]) -> int:
    id, _ = desk.articles.add(Article("en", sentences[0], (Paragraph(tuple(sentences)),)))
    return begin_translation(desk, id, "zh-Hans")


def server_ms(desk: Path, bitext: int) -> list[float]:
    client = create_app(desk).test_client()
    times = []
    for _ in range(41):
        start = time.process_time()
        assert client.get(f"/bitexts/{bitext}?page=1").status_code == 200
        times.append((time.process_time() - start) * 1000)
    return times[1:]


@contextmanager
def served(desk: Path) -> Iterator[str]:
    command: list[str | Path] = [WORKBENCH, "--desk", desk, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ}) as server:
        assert server.stderr is not None
        address = re.search(r"http://[\d.:]+", server.stderr.readline())
        assert address is not None
        yield address[0]
        server.terminate()


def ready_ms(page: Page, address: str) -> float:
    page.goto(address, wait_until="commit")
    found = page.wait_for_function(READY, polling=5).json_value()
    page.close()
    return float(found)


def caret_ms(page: Page, address: str) -> list[float]:
    def far(route: Route) -> None:
        time.sleep(FAR / 1000)
        route.continue_()

    page.goto(address)
    page.wait_for_function(READY)
    page.route("**/units/**", far)
    times = []
    for _ in range(20):
        page.keyboard.insert_text("译文。")
        page.evaluate(f"() => {{ window.caret = ({CARET})(); }}")
        page.keyboard.press("Control+Enter")
        times.append(page.evaluate("window.caret"))
    return times


def paint_ms(page: Page, address: str, characters: int = 0) -> list[float]:
    page.goto(address)
    page.wait_for_function(READY)
    if characters:
        page.locator("textarea").first.fill("长" * characters)
    page.evaluate(PAINT)
    for _ in range(60):
        page.keyboard.press("a")
        page.wait_for_timeout(30)
    times: list[float] = page.evaluate("window.painted")
    return times


def suggestions_ms(page: Page, address: str, pause: int) -> list[float]:
    """In units gone to one after the other, or each when those after it have been fetched."""
    page.goto(address)
    page.wait_for_function(READY)
    page.evaluate(OFFERED)
    for number in range(2, 32):
        page.wait_for_timeout(pause)
        page.keyboard.press("Alt+ArrowDown")
        page.wait_for_function(f"window.offered.length >= {number - 1}")
    times: list[float] = page.evaluate("window.offered")
    page.close()
    return times


if __name__ == "__main__":
    main()
