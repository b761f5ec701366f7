"""Pretranslation: empty units filled with the best of memory and machine, nothing else touched, begun again at will."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from corpus.articles import Article, Paragraph
from corpus.bitexts.model import Origin, UnitState
from corpus.memory import Entry
from glossary import STARTER
from glossary.concepts import Concept, Term
from tests.mt_model import material
from workbench.desk import Desk
from workbench.errors import EngineError
from workbench.jobs.handlers import HANDLERS
from workbench.mt.packages import repository
from workbench.services.article_intake import begin_translation
from workbench.services.memory_exchange import import_tmx
from workbench.services.pretranslation import Missing, PretranslationOptions, PretranslationReport, pretranslate
from workbench.services.term_recognition import known_terms
from workbench.services.termbase_files import import_terms
from workbench.services.unit_editing import save_unit
from workbench.stores.job_arguments import Pretranslate

WORKBENCH = Path(sys.executable).with_name("workbench")
PACKAGE = Path(__file__).parents[2] / "mt_model" / "translate-en_zh-1_0.argosmodel"

EXACT = "The array has 12 telescopes in all."
FUZZY = "The array has 15 telescopes in all."
MACHINE = "We need open science!"
FROM_MEMORY = PretranslationOptions(machine=False)


@pytest.fixture
def package() -> Path:
    return repository.install_file(PACKAGE).folder


@pytest.fixture
def bitext(desk):
    """Begins the translation of some sentences."""

    def begin(*sentences: str) -> int:
        article, _ = desk.articles.add(Article("en", sentences[0], (Paragraph(sentences),)))
        return begin_translation(desk, article, "zh-Hans")

    return begin


def remember(desk: Desk) -> None:
    desk.memory.remember(Entry("en", "zh-Hans", EXACT, "该阵列共有12台望远镜。"))


def filled(desk: Desk, bitext: int) -> list[tuple[str, str, str]]:
    return [("".join(unit.target), unit.origin, unit.detail) for unit in desk.bitexts.units(bitext)]


def cancel_after(units: int):
    def progress(done: int, total: int) -> None:
        if done >= units:
            raise InterruptedError

    return progress


def test_the_memory_comes_first_then_what_is_repaired_then_the_machine(desk, bitext, package):
    remember(desk)
    id = bitext(EXACT, FUZZY, MACHINE)
    assert pretranslate(desk, id, PretranslationOptions()) == PretranslationReport(exact=1, repaired=1, machine=1)
    assert filled(desk, id) == [
        ("该阵列共有12台望远镜。", "memory", "100 %"),
        ("该阵列共有15台望远镜。", "memory", "99 %"),
        ("我们需要开放科学！", "machine", "argos"),
    ]
    scores = [unit.score for unit in desk.bitexts.units(id)]
    assert scores[:2] == [1.0, 0.99]
    assert 0 < scores[2] < 1
    assert {unit.state for unit in desk.bitexts.units(id)} == {UnitState.INITIAL}
    assert desk.bitexts.get(id).confirmed == 0


def test_a_repaired_match_below_the_threshold_is_the_machine_s(desk, bitext, package):
    remember(desk)
    id = bitext(FUZZY)
    assert pretranslate(desk, id, PretranslationOptions(threshold=100)).machine == 1
    assert filled(desk, id)[0][1:] == ("machine", "argos")


def test_a_match_in_another_form_counts_as_the_same_text(desk, bitext, package):
    remember(desk)
    id = bitext(EXACT.upper())
    assert pretranslate(desk, id, PretranslationOptions()).exact == 1
    assert filled(desk, id)[0][1:] == ("memory", "99 %")


def test_a_match_with_inline_codes_is_left_to_a_person(desk, bitext, tmp_path):
    path = tmp_path / "x.tmx"
    path.write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>Delete <ph>{0}</ph>files?</seg>'
        "</tuv><tuv xml:lang='zh'><seg>删除文件？</seg></tuv></tu></body></tmx>"
    )
    import_tmx(desk, path, "en", "zh")
    id = bitext("Delete files?")
    assert pretranslate(desk, id, FROM_MEMORY) == PretranslationReport(left=1)


def test_a_similar_match_that_is_not_repaired_fills_nothing(desk, bitext):
    desk.memory.remember(Entry("en", "zh-Hans", "The array has good telescopes in all.", "该阵列共有好望远镜。"))
    assert pretranslate(desk, bitext("The array has bad telescopes in all."), FROM_MEMORY) == PretranslationReport(
        left=1
    )


def test_what_is_written_or_confirmed_stays(desk, bitext, package):
    id = bitext(MACHINE, MACHINE, MACHINE)
    typed, confirmed, _ = desk.bitexts.units(id)
    save_unit(desk, typed.id, typed.version, "我写的。", confirm=False)
    save_unit(desk, confirmed.id, confirmed.version, "我确认的。", confirm=True)
    before = desk.bitexts.units(id)[:2]
    pretranslate(desk, id, PretranslationOptions())
    assert desk.bitexts.units(id)[:2] == before
    # What was confirmed is in the memory now.
    assert filled(desk, id)[2][:2] == ("我确认的。", "memory")


def test_a_unit_that_somebody_writes_meanwhile_is_theirs(desk, bitext, package):
    id = bitext(MACHINE, "China will promote carbon neutrality.")
    unit = desk.bitexts.units(id)[0]

    def write(done: int, total: int) -> None:
        with Desk.open(desk.path, user="Wang") as other:
            if not other.bitexts.unit(unit.id).target:
                save_unit(other, unit.id, unit.version, "王写的。", confirm=False)

    assert pretranslate(desk, id, PretranslationOptions(), write) == PretranslationReport(machine=1, left=1)
    assert filled(desk, id) == [("王写的。", "typed", ""), ("中国将推动碳中和。", "machine", "argos")]


def test_one_that_was_cancelled_goes_on_where_it_was(desk, bitext, package):
    id = bitext(*[pair.english for pair in material.held_out_sentences()[:40]])
    told, so_far = [], PretranslationReport()
    with pytest.raises(InterruptedError):
        pretranslate(desk, id, PretranslationOptions(), cancel_after(16), so_far)
    done = [unit for unit in desk.bitexts.units(id) if unit.target]
    assert (len(done), so_far.machine) == (16, 16)
    again = pretranslate(desk, id, PretranslationOptions(), lambda *counts: told.append(counts), so_far)
    assert (told[0], told[-1], again.machine, again.left) == ((0, 24), (24, 24), 40, 0)
    assert desk.bitexts.units(id)[:16] == done
    assert pretranslate(desk, id, PretranslationOptions()) == PretranslationReport()


def test_a_job_that_is_begun_again_counts_what_it_did_before(desk, bitext, package):
    import_terms(desk, STARTER)
    id = bitext(*[pair.english for pair in material.unknown_term_sentences()[:40]])
    job = desk.jobs.add(Pretranslate(bitext=id, threshold=75, machine=True))
    arguments = desk.jobs.claim("one").arguments
    with pytest.raises(InterruptedError):
        HANDLERS[Pretranslate](desk, arguments, cancel_after(16), job)
    assert desk.jobs.get(job).result["machine"] == 16
    desk.jobs.release(desk.jobs.get(job))
    desk.jobs.claim("other")
    result = HANDLERS[Pretranslate](desk, arguments, lambda *_: None, job)
    found = PretranslationReport.of(json.loads(json.dumps(result)))
    assert (found.machine, found.left) == (40, 0)
    assert found.described() == result
    assert found.terms >= 40


def test_without_an_engine_nothing_is_written_unless_it_is_from_the_memory_alone(desk, bitext):
    remember(desk)
    id = bitext(EXACT, MACHINE)
    with pytest.raises(EngineError, match="workbench mt install en zh"):
        pretranslate(desk, id, PretranslationOptions())
    assert filled(desk, id) == [("", "", "")] * 2
    assert pretranslate(desk, id, FROM_MEMORY) == PretranslationReport(exact=1, left=1)


def test_required_terms_are_in_the_translation_or_counted_as_missing(desk, bitext, package):
    import_terms(desk, STARTER)
    # Nothing that the model could write by itself.
    for name in ("report", "center", "project"):
        desk.termbase.add(Concept(f"c-x-{name}", (Term("en", name), Term("zh-Hans", f"𰻝𰻝{name}"))))
    id = bitext(*[pair.english for pair in material.unknown_term_sentences()[:40]])
    found = pretranslate(desk, id, PretranslationOptions())
    units = desk.bitexts.units(id)
    known = known_terms(desk, ["".join(unit.source) for unit in units], "en", "zh-Hans")
    assert found.terms == sum(map(len, known)) >= 40
    missing_terms = Counter[str]()
    for unit, terms in zip(units, known, strict=True):
        text, source = "".join(unit.target), "".join(unit.source)
        missing_terms.update(
            source[term.start : term.end] for term in terms if not any(r in text for r in term.renderings)
        )
    assert Counter({missing.term: missing.count for missing in found.missing}) == missing_terms


def test_figures_come_back_from_json_as_they_were():
    figures = PretranslationReport(1, 2, 3, 4, 5)
    figures.missing_terms.update([("STI", ("科技创新",)), ("lab", ("实验室", "室")), ("lab", ("实验室", "室"))])
    again = PretranslationReport.of(json.loads(json.dumps(figures.described())))
    assert again == figures
    assert again.missing == [Missing("lab", ("实验室", "室"), 2), Missing("STI", ("科技创新",), 1)]
    assert again.found == 2
    assert PretranslationReport.of({}) == PretranslationReport()


# On the command line


def run(desk: Desk, *arguments: object) -> subprocess.CompletedProcess[str]:
    command: list[str | Path] = [WORKBENCH, "--desk", desk.path, "pretranslate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_bitexts_are_filled_by_their_numbers(desk, bitext, package):
    remember(desk)
    import_terms(desk, STARTER)
    first, second = bitext(EXACT, MACHINE), bitext(FUZZY)
    done = run(desk, first, second)
    assert done.stdout == (
        f"{first}\t1 exact\t0 repaired\t1 machine\t0 left\n{second}\t0 exact\t1 repaired\t0 machine\t0 left\n"
    )
    assert "1 terms were required of the machine, 1 are in its translations" in done.stderr
    assert json.loads(run(desk, first, "--json").stdout)[0] == {"bitext": first, **PretranslationReport().described()}


def test_a_folder_of_files_is_begun_once(desk, package, tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "one.txt").write_text(f"{MACHINE}\n", "utf-8")
    (folder / "two.txt").write_text("China will promote carbon neutrality.\n", "utf-8")
    (folder / "zh.txt").write_text("中国将推动碳中和，会议讨论了基础研究。\n", "utf-8")
    assert run(desk, folder, "--threshold", 80).stdout.count("1 machine") == 2
    assert [filled(desk, bitext.id)[0][1] for bitext in desk.bitexts.all()] == [Origin.MACHINE] * 2
    assert run(desk, folder).stdout.count("0 machine") == 2
    assert len(desk.bitexts.all()) == 2


@pytest.mark.parametrize(
    ("named", "said"),
    [(["7"], "There is no bitext 7"), (["nowhere"], "neither the number"), (["1", "x"], "1 x is neither")],
)
def test_what_is_not_there_is_told(desk, bitext, named, said):
    bitext(MACHINE)
    done = run(desk, *named)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


def test_a_missing_engine_is_told_before_any_bitext_is_filled(desk, bitext):
    remember(desk)
    first = bitext(EXACT)
    article = desk.bitexts.get(first).source_article
    done = run(desk, first, begin_translation(desk, article, "pt"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "workbench mt install en" in done.stderr
    assert filled(desk, first) == [("", "", "")]
    assert run(desk, first, "--no-machine").stdout.startswith(f"{first}\t1 exact")
