"""Machine translation: packages that come and go, sentences through a small real model, and the commands."""

import hashlib
import itertools
import json
import shutil
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import mt_package
import pytest
from mt_mirror import Mirror, serving

import workbench.mt
from workbench.errors import EngineError
from workbench.mt import chunking, codes, normalise
from workbench.mt.models import argos_model
from workbench.mt.packages import archive, repository

WORKBENCH = Path(sys.executable).with_name("workbench")

EN = "The academy has published a plan for open science."
ODD = [
    "",
    EN,
    "   \t ",
    "Rice 🌾 and 👩‍🔬 in the lab.",
    "Bell\x07, null\x00, escape\x1b[0m and half a pair \ud83d.",
    "Two\nlines of\r\none sentence.",
    "\u200b\x00",
    "Long sentences are not cut short, " * 300,
    "科学院" * 3500,
    "</s> <unk> ▁ @@",
    "STI",
]


@pytest.fixture(scope="session")
def package_files(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("packages")
    pairs = [("en", "zh"), ("zh", "en"), ("en", "pt")]
    return {f"{source}_{target}": mt_package.build(folder, source, target) for source, target in pairs}


@pytest.fixture(autouse=True)
def home(translation_packages, monkeypatch) -> Path:
    """Settings of Argos Translate that are this test's own."""
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://127.0.0.1:9/")
    monkeypatch.setenv("ARGOS_INTRA_THREADS", "1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return translation_packages.parent


def _contents(home: Path) -> set[str]:
    """The installed packages, and whatever else was left beside them."""
    kept = {"data", "config", "cache", "packages"}
    packages_folder = home / "packages"
    beside = {path.name for path in home.iterdir()} - kept if home.exists() else set()
    return beside | ({path.name for path in packages_folder.iterdir()} if packages_folder.exists() else set())


def _translate(sentences, source="en", target="zh-Hans", **options):
    return workbench.mt.require(source, target).translate(sentences, source, target, **options)


class Shell:
    def run(self, *arguments: object, text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [WORKBENCH, "mt", *map(str, arguments)], input=text, capture_output=True, text=True, check=False
        )

    def __call__(self, *arguments: object, text: str = "") -> str:
        done = self.run(*arguments, text=text)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def fails(self, *arguments: object, text: str = "") -> str:
        done = self.run(*arguments, text=text)
        assert (done.returncode, done.stdout) == (1, ""), done
        assert done.stderr.count("\n") == 1, done.stderr
        return done.stderr


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def mirror(monkeypatch) -> Iterator[Mirror]:
    with serving() as mirror:
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", mirror.url)
        yield mirror


# Package files


def test_a_package_file_is_installed_listed_and_removed(shell, package_files, home):
    assert shell("list") == ""
    assert json.loads(shell("install", package_files["en_zh"], "--json"))["target_language"] == "zh-Hans"
    assert shell("list") == "en\tzh\t1.0\tLanguage en → Language zh\n"
    assert [entry["version"] for entry in json.loads(shell("list", "--json"))] == ["1.0"]
    assert _contents(home) == {"translate-en_zh-1_0"}
    assert "removed en zh" in shell.run("remove", "en", "zh-Hans").stderr
    assert shell("list") == ""
    assert _contents(home) == set()
    assert "workbench mt list" in shell.fails("remove", "en", "zh")


def test_argos_translate_sees_an_installed_package(package_files):
    repository.install_file(package_files["en_zh"])
    import argostranslate.package

    assert [str(package) for package in argostranslate.package.get_installed_packages()] == [
        "Language en → Language zh"
    ]


@pytest.mark.parametrize("version", ["1.10", "0.9"])
def test_an_installed_package_of_the_same_pair_is_replaced(package_files, tmp_path, home, version):
    repository.install_file(package_files["en_zh"])
    repository.install_file(package_files["zh_en"])
    repository.install_file(mt_package.build(tmp_path, "en", "zh", version))
    assert [(package.from_code, package.version) for package in repository.installed()] == [
        ("en", version),
        ("zh", "1.0"),
    ]
    assert len(_contents(home)) == 2


def test_of_two_versions_the_higher_counts(package_files, tmp_path):
    installed = repository.install_file(package_files["en_zh"])
    newer = shutil.copytree(installed.folder, installed.folder.with_name("other"))
    (newer / "metadata.json").write_text(json.dumps({"from_code": "en", "to_code": "zh", "package_version": "1.10"}))
    assert [package.version for package in repository.installed()] == ["1.10"]
    assert len(repository.remove("en", "zh")) == 2


def test_folders_that_are_no_packages_do_no_harm(package_files, home):
    repository.install_file(package_files["en_zh"])
    for name, text in {"empty": None, "broken": "{", "list": "[]", "nested": "[" * 100_000}.items():
        (home / "packages" / name).mkdir()
        if text is not None:
            (home / "packages" / name / "metadata.json").write_text(text)
    assert len(repository.installed()) == 1


METADATA = json.dumps({"from_code": "en", "to_code": "zh"})
COMPLETE = {"p/metadata.json": METADATA, "p/model/model.bin": "x", "p/sentencepiece.model": "x"}


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({**COMPLETE, "p/../../evil": "x"}, "not safe"),
        ({**COMPLETE, "/evil": "x"}, "not safe"),
        ({**COMPLETE, "p/..\\evil": "x"}, "not safe"),
        ({**COMPLETE, "C:evil": "x"}, "not safe"),
        ({**COMPLETE, "q/other": "x"}, "one folder"),
        ({"metadata.json": METADATA}, "one folder"),
        ({}, "one folder"),
        ({**COMPLETE, "p/metadata.json": "{"}, "two languages"),
        ({**COMPLETE, "p/metadata.json": '{"from_code": "en", "to_code": "../zh"}'}, "two languages"),
        ({**COMPLETE, "p/metadata.json": '{"from_code": "en", "to_code": "en"}'}, "two languages"),
        ({**COMPLETE, "p/metadata.json": '{"type": "sbd", "from_code": "en", "to_code": "zh"}'}, "two languages"),
        ({"p/metadata.json": METADATA, "p/sentencepiece.model": "x"}, "no model"),
        ({"p/metadata.json": METADATA, "p/model/model.bin": "x"}, "no tokenizer"),
        ({**COMPLETE, "p/model/model.bin/deeper": "x"}, "cannot be unpacked"),
        (COMPLETE, "cannot be used"),
        ({**COMPLETE, "p/model/model.bin": ""}, "cannot be used"),
        ({**COMPLETE, "p/./model/x": "x"}, "not safe"),
        ({**COMPLETE, ".//evil": "x"}, "not safe"),
        ({**COMPLETE, "./../evil": "x"}, "not safe"),
        ({f"__MACOSX/{name}": text for name, text in COMPLETE.items()}, "one folder"),
    ],
)
def test_a_hostile_or_foreign_file_is_refused_and_leaves_nothing(tmp_path, home, files, reason):
    path = tmp_path / "file.argosmodel"
    with zipfile.ZipFile(path, "w") as file:
        for name, text in files.items():
            file.writestr(name, text)
    _is_refused(path, reason, home)
    assert not (tmp_path / "evil").exists()


def repacked(package: Path, into: Path, name=lambda name: name, more=(), **changed: bytes) -> Path:
    """A package as another program packs it: with other names, files of its own, and some changed."""
    with zipfile.ZipFile(package) as file, zipfile.ZipFile(into, "w") as other:
        for member in file.namelist():
            data = changed.get(member.rpartition("/")[2].partition(".")[0], file.read(member))
            other.writestr(name(member), data)
        for litter in more:
            other.writestr(litter, b"\0\5\x16\7")
    return into


@pytest.mark.parametrize(
    ("name", "litter"),
    [
        ("./{}".format, ["./"]),
        ("{}".format, ["__MACOSX/", "__MACOSX/._translate-en_zh-1_0", ".DS_Store"]),
        ("./{}".format, ["./.DS_Store", "./__MACOSX/translate-en_zh-1_0/._metadata.json"]),
        ("{}".format, ["translate-en_zh-1_0/.DS_Store", "translate-en_zh-1_0/model/._model.bin", "Thumbs.db"]),
    ],
)
def test_a_package_is_taken_however_a_desktop_packed_it(package_files, tmp_path, home, name, litter):
    path = repacked(package_files["en_zh"], tmp_path / "file.argosmodel", name, litter)
    assert repository.install_file(path).pair == ("en", "zh")
    (folder,) = (home / "packages").iterdir()
    assert not [path for path in folder.rglob("*") if path.name.startswith(".") or "MACOSX" in path.name]
    assert workbench.mt.require("en", "zh").translate(["Rice"], "en", "zh")


@pytest.mark.parametrize("data", [b"", bytes(100_000), b"\6\0\0\0" + bytes(1000)])
def test_a_model_with_nothing_in_it_is_said_in_a_line(package_files, tmp_path, home, data):
    path = repacked(package_files["en_zh"], tmp_path / "file.argosmodel", model=data)
    _is_refused(path, "cannot be used", home)


def test_a_link_in_a_package_file_is_refused(tmp_path, home):
    path = tmp_path / "file.argosmodel"
    link = zipfile.ZipInfo("p/model")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(link, "/etc")
        file.writestr("p/metadata.json", METADATA)
    _is_refused(path, "link", home)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, home, monkeypatch):
    path = tmp_path / "file.argosmodel"
    monkeypatch.setattr(archive, "MAX_BYTES", 1_000_000)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("p/metadata.json", METADATA)
        file.writestr("p/model/model.bin", bytes(2_000_000))
    assert path.stat().st_size < 10_000
    _is_refused(path, "too large", home)
    # The same, where the archive's directory lies about the size.
    path.write_bytes(path.read_bytes().replace((2_000_000).to_bytes(4, "little"), (20).to_bytes(4, "little")))
    _is_refused(path, "damaged", home)


@pytest.mark.parametrize("damage", [lambda data: b"not a zip", lambda data: data[:-1000], lambda data: b""])
def test_a_damaged_file_is_refused(package_files, tmp_path, home, damage):
    path = tmp_path / "file.argosmodel"
    path.write_bytes(damage(package_files["en_zh"].read_bytes()))
    _is_refused(path, "damaged", home)


def test_a_damaged_tokenizer_or_model_keeps_the_installed_package(package_files, tmp_path, home):
    repository.install_file(package_files["en_zh"])
    for damaged in ("sentencepiece.model", "model/model.bin"):
        with zipfile.ZipFile(package_files["en_zh"]) as source, zipfile.ZipFile(tmp_path / "new", "w") as target:
            for name in source.namelist():
                target.writestr(name, b"\x05rubbish" * 9 if name.endswith(damaged) else source.read(name))
        with pytest.raises(EngineError, match="cannot be used"):
            repository.install_file(tmp_path / "new")
    assert _contents(home) == {"translate-en_zh-1_0"}
    assert _translate([EN])[0].text


def test_a_missing_file_is_told(shell, tmp_path):
    assert "There is no file missing.argosmodel" in shell.fails("install", "missing.argosmodel")
    assert "is a folder" in shell.fails("install", tmp_path)
    assert shell.run("install", "en", "zh", "pt").returncode == 2


def _is_refused(path: Path, reason: str, home: Path) -> None:
    with pytest.raises(EngineError, match=reason):
        repository.install_file(path)
    assert repository.installed() == []
    assert _contents(home) == set()


# The index


def test_a_package_of_the_index_is_installed(shell, mirror, package_files, tmp_path, home):
    newer = mt_package.build(tmp_path, "en", "zh", "1.10")
    mirror.offer(package_files["en_zh"])
    mirror.offer(newer, package_version="1.10", sha256=hashlib.sha256(newer.read_bytes()).hexdigest().upper())
    mirror.offer(package_files["en_pt"], links=[f"{mirror.url}gone", "file:///etc/passwd", package_files["en_pt"].name])
    mirror.offer(package_files["zh_en"], type="sbd")
    assert shell("available") == (
        "en\tpt\t1.0\tEnglish → Chinese\nen\tzh\t1.0\tEnglish → Chinese\nen\tzh\t1.10\tEnglish → Chinese\n"
    )
    shell("install", "en", "zh-CN")
    shell("install", "en", "pt")
    assert _contents(home) == {"translate-en_pt-1_0", "translate-en_zh-1_10"}
    assert "no package from en to ja" in shell.fails("install", "en", "ja")
    assert "xx-notone" in shell.fails("install", "en", "xx-notone")
    assert json.loads((home / "data" / "argos-translate" / "index.json").read_bytes())


def test_a_download_tells_its_progress_and_can_be_cancelled(mirror, package_files, home):
    mirror.offer(package_files["en_zh"])
    size = package_files["en_zh"].stat().st_size

    def cancel(done: int, total: int) -> None:
        assert 0 < done <= total == size
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        repository.install("en", "zh", cancel)
    assert _contents(home) == set()


def test_a_wrong_checksum_installs_nothing(shell, mirror, package_files, home):
    mirror.offer(package_files["en_zh"], sha256="0" * 64)
    assert "checksum" in shell.fails("install", "en", "zh")
    assert _contents(home) == set()


def test_a_truncated_download_installs_nothing(shell, mirror, package_files, home):
    mirror.offer(package_files["en_zh"])
    mirror.announced[f"/{package_files['en_zh'].name}"] = package_files["en_zh"].stat().st_size + 1
    assert "it ended after" in shell.fails("install", "en", "zh")
    assert _contents(home) == set()


def test_a_package_that_is_not_the_one_of_the_index_is_refused(shell, mirror, package_files, home):
    mirror.offer(package_files["zh_en"], from_code="en", to_code="zh")
    assert "translates from zh to en" in shell.fails("install", "en", "zh")
    assert _contents(home) == set()


@pytest.mark.parametrize("index", [b"<html>", b"{}", b"\xff", b"[" * 100_000])
def test_an_index_that_is_none_is_told(mirror, index):
    mirror.files["/index.json"] = index
    with pytest.raises(EngineError, match="no package index"):
        repository.available()


def test_entries_that_are_no_packages_are_left_out(mirror):
    mirror.files["/index.json"] = json.dumps(
        [None, {}, {"from_code": "en", "to_code": 1}, {"from_code": "en", "to_code": "zh", "links": ["ipfs://x"]}]
    ).encode()
    assert repository.available() == []


def test_an_index_out_of_reach_is_one_clear_sentence(shell, mirror, monkeypatch):
    assert "404" in shell.fails("available")
    mirror.server.server_close()
    message = shell.fails("install", "en", "zh")
    assert f"{mirror.url}index.json cannot be reached (" in message
    assert "workbench mt install FILE.argosmodel" in message
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "file:///etc/")
    assert "cannot be reached" in shell.fails("available")


# Translating


def test_one_draft_a_sentence_in_order_whatever_it_holds(package_files):
    repository.install_file(package_files["en_zh"])
    drafts = _translate(ODD)
    assert [bool(draft.text) for draft in drafts] == [bool(chunking.clean(sentence)) for sentence in ODD]
    assert all(
        draft.engine == "argos" and (0 < draft.score <= 1 if draft.text else not draft.score) for draft in drafts
    )
    assert _translate(ODD[::-1]) == drafts[::-1]
    assert _translate([]) == []
    assert len(drafts[ODD.index("科学院" * 3500)].text) > 30


def test_a_draft_is_what_argos_translate_says_of_the_sentence(package_files):
    folder = repository.install_file(package_files["en_zh"]).folder
    import argostranslate.translate
    from argostranslate.package import Package
    from ctranslate2 import Translator

    class Whole:
        def split_sentences(self, text: str) -> list[str]:
            return [text]

    sentences = ["Open science.", "Rice", EN]
    expected = [
        argostranslate.translate.apply_packaged_translation(
            Package(folder), sentence, Translator(str(folder / "model"), intra_threads=1), Whole(), num_hypotheses=1
        )[0].value
        for sentence in sentences
    ]
    assert [draft.text for draft in _translate(sentences)] == [normalise.tidy(text, "zh-Hans") for text in expected]


@pytest.mark.parametrize("options", [{"tokenizer": "bpe"}, {"target_prefix": ">>zho<<"}])
def test_other_kinds_of_packages_translate_too(tmp_path, options):
    repository.install_file(mt_package.build(tmp_path, **options, end_bias=0))
    drafts = _translate([EN, "", "Rice 🌾"])
    assert [bool(draft.text) for draft in drafts] == [True, False, True]
    assert not any("zho" in draft.text for draft in drafts)


def test_progress_counts_sentences_and_cancels(package_files, monkeypatch):
    monkeypatch.setenv("ARGOS_BATCH_SIZE", "2")
    for name in ("zh_en", "en_pt"):
        repository.install_file(package_files[name])
    told = []
    _translate(["一", "二", "", "四", "五五"], "zh", "pt", progress=lambda *counts: told.append(counts))
    assert told[0] == (0, 5)
    assert told[-1] == (5, 5)
    assert told == sorted(told)
    assert len(told) > 5

    def cancel(done: int, total: int) -> None:
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        _translate(["一", "二", "三"], "zh", "pt", progress=cancel)


def test_without_packages_there_is_no_engine_and_the_remedy_is_told(shell, package_files):
    assert workbench.mt.engines() == []
    assert workbench.mt.find("en", "zh-Hans") is None
    assert "`workbench mt install en zh`." in shell.fails("translate", text=EN)
    repository.install_file(package_files["zh_en"])
    with pytest.raises(EngineError, match=r"install it with `workbench mt install en pt`\."):
        workbench.mt.require("zh-Hans", "pt-PT")
    with pytest.raises(EngineError, match="one language"):
        workbench.mt.require("zh-Hans", "zh-Hant")


def test_two_packages_make_a_pair_through_english(package_files):
    for file in package_files.values():
        repository.install_file(file)
    (engine,) = workbench.mt.engines()
    assert engine.pairs() == [("en", "pt"), ("en", "zh-Hans"), ("zh-Hans", "en"), ("zh-Hans", "pt")]
    assert workbench.mt.find("pt", "zh-Hans") is None
    (english,) = _translate(["科学院发布规划。"], "zh-Hans", "en")
    (portuguese,) = _translate([english.text], "en", "pt-BR")
    (draft,) = _translate(["科学院发布规划。"], "zh", "pt-BR")
    assert draft.text == portuguese.text
    assert draft.score == pytest.approx(english.score * portuguese.score)


def test_traditional_chinese_comes_from_and_goes_to_simplified(package_files):
    for file in package_files.values():
        repository.install_file(file)
    (simplified,), (traditional,) = _translate([EN]), _translate([EN], "en", "zh-TW")
    assert traditional.text == normalise.to_script(simplified.text, "zh-Hans", "zh-Hant")
    assert _translate(["科學院發布規劃。"], "zh-Hant", "en") == _translate(["科学院发布规划。"], "zh-Hans", "en")


def test_a_model_is_loaded_once_and_anew_when_it_was_replaced_or_removed(package_files, tmp_path):
    folder = repository.install_file(package_files["en_zh"]).folder
    before = _translate([EN])
    models = argos_model.Models()
    assert models.load(folder) is models.load(folder)
    engine = workbench.mt.require("en", "zh")
    other = mt_package.build(tmp_path, "en", "zh", "1.1").rename(tmp_path / "other.zip")
    repository.install_file(other)
    assert engine.translate([EN], "en", "zh") != before
    repository.remove("en", "zh")
    with pytest.raises(EngineError, match="No installed package"):
        engine.translate([EN], "en", "zh")
    with pytest.raises(EngineError, match="cannot be used"):
        models.load(folder)


def test_threads_may_translate_at_once(package_files):
    repository.install_file(package_files["en_zh"])
    results = []
    threads = [threading.Thread(target=lambda: results.append(_translate([EN, "STI"]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [_translate([EN, "STI"])] * 4


# Commands


def test_sentences_are_translated_line_by_line(shell, package_files, tmp_path):
    shell("install", package_files["en_zh"])
    file = tmp_path / "sentences.txt"
    file.write_text(f"{EN}\n\nSTI\n", encoding="utf-8")
    lines = shell("translate", file).split("\n")
    assert [bool(line) for line in lines] == [True, False, True, False]
    assert shell("translate", text=f"{EN}\n\nSTI\n").split("\n") == lines
    drafts = json.loads(shell("translate", "--target-lang", "zh_CN", "--json", text=f"{EN}\n\nSTI"))
    assert [draft["text"] for draft in drafts] == lines[:3]
    assert "“xx-notone” is not a language tag" in shell.fails("translate", "--target-lang", "xx-notone", text=EN)


def test_argos_translate_prints_nothing_to_standard_output(shell, package_files, home, monkeypatch):
    shell("install", package_files["en_zh"])
    expected = shell("translate", text=EN)
    monkeypatch.setenv("ARGOS_DEBUG", "1")
    (home / "config" / "argos-translate" / "settings.json").write_text("{")
    assert shell("translate", text=EN) == expected
    monkeypatch.setenv("ARGOS_BEAM_SIZE", "many")
    assert "settings of Argos Translate cannot be used" in shell.run("translate", text=EN).stderr


def test_importing_the_layer_makes_no_folders(home):
    code = "import sys, workbench.mt; sys.exit('argostranslate' in sys.modules or 'ctranslate2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert not home.exists()


# What goes into the model and what comes out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abc, def.", "Abc, def."),
        ("a\x00b\x07c", "abc"),
        (" two\n lines\u2028here\t", "two lines here"),
        ("half \ud800pair", "half pair"),
        ("👩‍🔬", "👩‍🔬"),
        ("\u200b \ufeff\x7f", ""),
        ("", ""),
    ],
)
def test_clean(text, expected):
    assert chunking.clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", ["short"]),
        ("First part. Second, part.", ["First part. ", "Second, part."]),
        ("第一部分，内容很多。第二部分，也不少。", ["第一部分，内容很多。", "第二部分，也不少。"]),
        ("one two, three fourfive", ["one two, ", "three fourfive"]),
        ("1.5 1.5 1.5 1.5 1.5 1.5", ["1.5 1.5 1.5 ", "1.5 1.5 1.5"]),
        ("e\u0301" * 12, ["e\u0301" * 6] * 2),
        ("", []),
    ],
)
def test_a_text_is_cut_where_it_harms_least(text, expected):
    assert [piece for piece, _ in chunking.cut(text, list, 18)] == expected


def test_no_text_is_lost_in_cutting():
    for text, limit in itertools.product(
        ("a" * 10_000, "字，" * 2000, "e" + "\u0301" * 999, "ab. " * 500), (1, 7, 150)
    ):
        tokens = [tokens for _, tokens in chunking.cut(text, list, limit)]
        assert "".join(itertools.chain(*tokens)) == text
        assert max(map(len, tokens)) <= limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("科技 创新 , 国际 合作 .", "科技创新，国际合作。"),
        ("科技创新,国际合作!真的?是;对:好", "科技创新，国际合作！真的？是；对：好"),
        ("发表于 Nature Communications 期刊 .", "发表于Nature Communications期刊。"),
        ("增长了 3.5 % , 达 1,200 亿元.", "增长了3.5 %，达1,200亿元。"),
        ("论文见 Nature Physics.", "论文见Nature Physics。"),
        ("张三(Zhang San)说", "张三（Zhang San）说"),
        ("(见图 1)", "（见图1）"),
        ("GPT (v4.0)", "GPT (v4.0)"),
        ('他说"科技创新"很重要', "他说“科技创新”很重要"),
        ('size 5" and 6"', 'size 5" and 6"'),
        ("等等...", "等等……"),
        ("网址例.com", "网址例.com"),
        ("U.S. Congress, 2024.", "U.S. Congress, 2024."),
        ("", ""),
    ],
)
def test_chinese_is_written_as_chinese(text, expected):
    assert normalise.tidy(text, "zh-Hans") == expected
    assert normalise.tidy(expected, "zh-Hans") == expected
    assert normalise.tidy(text, "en") == text


@pytest.mark.parametrize(
    ("text", "written", "wanted", "expected"),
    [
        ("科学技术", "zh-Hans", "zh-Hant", "科學技術"),
        ("科學技術", "zh-TW", "zh-CN", "科学技术"),
        ("科学技术", "zh-Hans", "zh-SG", "科学技术"),
        ("頭髮", "zh-Hant", "en", "頭髮"),
    ],
)
def test_scripts(text, written, wanted, expected):
    assert normalise.to_script(text, written, wanted) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh-CN", ("zh", "zt")),
        ("zh-Hant", ("zt", "zh")),
        ("pt-BR", ("pb", "pt")),
        ("pt-PT", ("pt", "pb")),
        ("en-GB", ("en",)),
        ("nb", ("nb",)),
        ("no", ("nb",)),
    ],
)
def test_language_tags_and_package_codes(tag, expected):
    assert codes.codes(tag) == expected
    assert codes.code(tag) == codes.code(expected[0]) == expected[0]


def test_a_code_of_no_language_stays_as_it_is():
    assert [codes.tag(code) for code in ("zh", "zt", "pb", "en", "xx1")] == ["zh-Hans", "zh-Hant", "pt-BR", "en", "xx1"]
