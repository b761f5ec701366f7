"""Prints how well the two packages in this folder translate, as the tables of README.md.

    python -m tests.mt_model.measure [--folder FOLDER]

The packages are installed into a temporary folder and translate through `workbench.mt`; only for the attention, which
`workbench.mt` keeps to itself, they are asked directly. PyTorch is not needed.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import workbench.mt
from tests.mt_model import material
from tests.mt_model.material import CHINESE, ENGLISH, Link, Pair
from tests.mt_model.scores import chrf
from tests.mt_model.tokenizer import Translator
from workbench.mt.packages import repository

Place = Callable[[Pair, Link, str, str], tuple[int, int] | None]


def _install(folder: Path, home: Path) -> dict[str, Path]:
    """Installs the packages of a folder below `home`; returns the folders, by the language they translate into."""
    for kind in ("DATA", "CONFIG", "CACHE"):
        os.environ[f"XDG_{kind}_HOME"] = str(home / kind.lower())
    os.environ["ARGOS_PACKAGES_DIR"] = str(home / "packages")
    return {
        ENGLISH: repository.install_file(folder / "translate-zh_en-1_0.argosmodel").folder,
        CHINESE: repository.install_file(folder / "translate-en_zh-1_0.argosmodel").folder,
    }


def _other(language: str) -> str:
    return CHINESE if language == ENGLISH else ENGLISH


def _translated(pairs: Sequence[Pair], target: str) -> list[str]:
    source = _other(target)
    drafts = workbench.mt.require(source, target).translate([pair.side(source) for pair in pairs], source, target)
    return [draft.text for draft in drafts]


def _term_success(pairs: Sequence[Pair], drafts: Sequence[str], target: str) -> str:
    """How many terms are translated by a usable term, of how many there are."""
    found = [
        is_found
        for pair, draft in zip(pairs, drafts, strict=True)
        for is_found in material.translated_terms(pair, draft, target)
    ]
    return f"{sum(found)} of {len(found)}"


def _pointing(folder: Path, pairs: Sequence[Pair], target: str, place: Place) -> tuple[str, str]:
    """How many renderings of terms have more than half of their pieces look at the term, and how many pieces do."""
    translator = Translator(folder)
    found = []
    for pair in pairs:
        translation = translator.translate(pair.side(_other(target)))
        for link in pair.links:
            where = place(pair, link, translation.text, target) if link.uid else None
            if where:
                found.append(translation.points(where, link.place(_other(target))))
    inside = sum(2 * sum(hits) > len(hits) for hits in found)
    return f"{inside} of {len(found)}", f"{sum(map(sum, found))} of {sum(map(len, found))}"


def _report(installed: dict[str, Path]) -> Iterator[str]:
    sets = {
        "samples (trained on)": material.sample_pairs(),
        "template sentences, held out": material.held_out_sentences(),
        "template sentences with unknown terms": material.unknown_term_sentences(),
    }
    yield "| sentences | direction | number | chrF | exact | terms |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    for name, pairs in sets.items():
        for target in (CHINESE, ENGLISH):
            drafts, references = _translated(pairs, target), [pair.side(target) for pair in pairs]
            exact = sum(draft == reference for draft, reference in zip(drafts, references, strict=True))
            score, terms = chrf(drafts, references), _term_success(pairs, drafts, target)
            yield f"| {name} | {_name(target)} | {len(pairs)} | {score:.1f} | {exact} | {terms} |"
    yield ""
    yield "| attention of | direction | renderings | pieces |"
    yield "| --- | --- | ---: | ---: |"
    for name, pairs, place in (
        ("right renderings", material.held_out_sentences(), material.place_of_term),
        ("what stands for unknown terms", material.unknown_term_sentences(), material.place_of_any),
    ):
        for target in (CHINESE, ENGLISH):
            found, pieces = _pointing(installed[target], pairs, target, place)
            yield f"| {name} | {_name(target)} | {found} | {pieces} |"


def _name(target: str) -> str:
    return "en → zh" if target == CHINESE else "zh → en"


def main() -> None:
    parser = argparse.ArgumentParser(description="Prints how well the test models translate.")
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent, help="where the packages are")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        for line in _report(_install(arguments.folder, Path(home))):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
