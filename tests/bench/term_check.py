"""How long it takes to find the units of 100,000 in which a concept is named, and to check the terms of a bitext.

The units are those of ../shared/eval/tico19/all.en-zh.tmx over and over, in bitexts of 2,000 that go either way; the
term base is the starter and the glossary f_en-zh_CN.csv.
"""

import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from corpus import tmx
from corpus.articles import Article, Paragraph
from corpus.bitexts.model import Unit
from glossary import STARTER
from workbench.desk import Desk
from workbench.services.term_recognition import recogniser_for
from workbench.services.termbase_files import import_terms
from workbench.services.terminology_check import check_bitext, units_of

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "eval" / "tico19"
BITEXTS, UNITS = 50, 2000
TERMS = ["AI", "social distancing", "WHO", "COVID-19", "quantum computing"]


def fill(desk: Desk) -> None:
    for path in (STARTER, SHARED / "f_en-zh_CN.csv"):
        import_terms(desk, path)
    with (SHARED / "all.en-zh.tmx").open("rb") as stream:
        texts = [(unit.text("en"), unit.text("zh-Hans")) for unit in tmx.read(stream, "all.en-zh.tmx")]
    pairs = cycle((english, chinese) for english, chinese in texts if english and chinese)
    for number in range(BITEXTS):
        way = 1 if number % 2 else -1
        source, target = ("zh-Hans", "en")[::way]
        units = [Unit((pair[::-way][0],), (pair[::-way][1],), 1) for pair in islice(pairs, UNITS)]
        title = (Paragraph((f"Bitext {number}",), "title"), Paragraph(tuple(unit.source[0] for unit in units)))
        id, _ = desk.articles.add(Article(source, f"Bitext {number}", title))
        desk.bitexts.add(units, desk.articles.get(id), target)


def measure(desk: Desk) -> None:
    for language in ("en", "zh-Hans"):
        recogniser_for(desk, language).find("新冠 COVID-19")
    for term in TERMS:
        concept = next(each for each in desk.termbase.search(term) if term in [one.text for one in each.terms])
        begun = time.perf_counter()
        found, complete = units_of(desk, concept)
        seconds = time.perf_counter() - begun
        right, wrong = sum(each.ok for each in found), sum(each.wrong for each in found)
        more = "" if complete else ", and more"
        print(f"{term:<20} {seconds * 1000:6.0f} ms   {len(found)} units{more}: {right} right, {wrong} wrong")
    begun = time.perf_counter()
    checked = check_bitext(desk, 1)
    print(
        f"{'a bitext':<20} {(time.perf_counter() - begun) * 1000:6.0f} ms   {len(checked)} of {UNITS} units have terms"
    )


if not SHARED.is_dir():
    print("../shared/eval/tico19 is not there: nothing to measure.")
else:
    with tempfile.TemporaryDirectory() as folder, Desk.create(Path(folder, "desk.db")) as desk:
        fill(desk)
        measure(desk)
