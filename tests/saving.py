"""Saves in a served desk while much comes in at the same time, for a test and for a benchmark."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from corpus.articles import Article, Paragraph
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation

WORKBENCH = Path(sys.executable).with_name("workbench")


class Answer(NamedTuple):
    """The status of an answer, and the seconds that it took."""

    status: int
    seconds: float


def tmx(path: Path, units: int) -> Path:
    """Writes a TMX file of units that are all different, every tenth in the memory twice."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write('<tmx version="1.4"><header srclang="en"/><body>\n')
        for n in range(units):
            number = n - 1 if n % 10 == 9 else n
            stream.write(
                f'<tu tuid="{n}"><tuv xml:lang="en"><seg>The {number}th station reported {number * 7 % 1000} '
                f"grams of krill per cubic metre in the survey of the Southern Ocean.</seg></tuv>"
                f'<tuv xml:lang="zh-CN"><seg>第{number}号站在南大洋调查中报告每立方米有{number * 7 % 1000}克磷虾。'
                "</seg></tuv></tu>\n"
            )
        stream.write("</body></tmx>\n")
    return path


@contextmanager
def served(desk: Path) -> Iterator[str]:
    """The address of a process that serves a desk."""
    process = subprocess.Popen(
        [WORKBENCH, "--desk", desk, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True, env={**os.environ}
    )
    assert process.stderr is not None
    try:
        yield re.search(r"http://[\d.:]+", process.stderr.readline())[0]  # type: ignore[index]
    finally:
        process.terminate()
        process.wait()
        process.stderr.close()


def a_bitext(path: Path) -> int:
    """Makes a desk with a bitext to translate, and returns the number of its last unit, which has a source."""
    with Desk.create(path) as desk:
        sentences = ("A station reported krill.", "It lies in the Southern Ocean.")
        article, _ = desk.articles.add(Article("en", "Krill", (Paragraph(sentences),)))
        return desk.bitexts.units(begin_translation(desk, article, "zh-Hans"))[-1].id


def import_memory(address: str, file: Path) -> None:
    """Sends a TMX file to be imported."""
    assert _send(f"{address}/memory/import", {"source": "en", "target": "zh-Hans"}, file) == 200


def saves_beside(desk: Path, unit: int, order: Callable[[str], None], every: float) -> list[Answer]:
    """Serves a desk, whose address is told to what orders jobs, and saves in its first bitext until these are done."""
    answers: list[Answer] = []
    with served(desk) as address, Desk.open(desk) as looking:
        # The first answer of a process loads what all need.
        version = _save(address, unit, 1)[1]["version"]
        order(address)
        while looking.jobs.active():
            due = time.monotonic() + every
            answer, said = _save(address, unit, version)
            answers.append(answer)
            version = said.get("version", version)
            time.sleep(max(0.0, due - time.monotonic()))
        assert {job.state for job in looking.jobs.recent(10)} == {"done"}
    return answers


def _save(address: str, unit: int, version: int) -> tuple[Answer, dict[str, int]]:
    """Saves a new text; every other time it is confirmed, too."""
    form = {
        "text": f"它位于南大洋{version}。",
        "version": str(version),
        **({"action": "confirm"} if version % 2 else {}),
    }
    request = urllib.request.Request(  # noqa: S310
        f"{address}/bitexts/1/units/{unit}", urllib.parse.urlencode(form).encode(), {"Accept": "application/json"}
    )
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            said = json.load(answer)
            return Answer(answer.status, time.monotonic() - begun), said
    except urllib.error.HTTPError as error:
        return Answer(error.code, time.monotonic() - begun), {}


def _send(address: str, form: dict[str, str], file: Path) -> int:
    boundary = uuid.uuid4().hex
    head = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in form.items()
    )
    head += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'
    body = head.encode() + file.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    with urllib.request.urlopen(urllib.request.Request(address, body, headers)) as answer:  # noqa: S310
        return int(answer.status)
