"""Trains the two test models and writes their packages and the training log into this folder.

    python -m tests.mt_model.train [--folder FOLDER] [--steps STEPS]

Each direction is trained in a process of its own on one thread. What it needs beside the workbench is in README.md.
"""

import argparse
import io
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece
import torch
from torch import Tensor
from torch.nn import functional

from tests.mt_model import material, network, package
from tests.mt_model.tokenizer import Tokenizer

DIRECTIONS = (("en", "zh"), ("zh", "en"))
_STEPS = 1700
_VOCABULARY = 3600
_BATCH = 1024  # pieces of the longer side of a batch, with padding
_RATE, _WARM_UP = 2.5e-3, 150
_SMOOTHING = 0.1
_GUIDANCE = 0.3  # the weight of the guided attention in the loss
_VARIED = 0.15  # how many texts are cut into other pieces than the likeliest
_TEMPLATES_A_ROUND, _TERMS_A_ROUND = 900, 200  # beside all samples
_COMPARED = 50
_TAGS = {"en": material.ENGLISH, "zh": material.CHINESE}


@dataclass(frozen=True)
class Example:
    """Pieces of a source and a target text; `guide` says for a place of the target which pieces it should look at."""

    source: list[int]
    target: list[int]
    guide: dict[int, range]

    @property
    def length(self) -> int:
        return max(len(self.source), len(self.target) + 1)


# The vocabulary


def train_tokenizer() -> bytes:
    """Trains the pieces that both languages share; it holds every character of the samples, terms and templates."""
    drawing = material.Drawing(material.CHINESE, material.generator("vocabulary"), material.held_out())
    drawn = [drawing.sentence() for _ in range(1500)] + [drawing.term() for _ in range(1500)]
    texts = [text for pair in [*material.sample_pairs(), *drawn] for text in (pair.english, pair.chinese)]
    terms = [term.text for concept in material.concepts() for term in concept.terms]
    characters = sorted(set("".join([*texts, *terms])) | {chr(code) for code in range(33, 127)})
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        vocab_size=_VOCABULARY,
        model_type="unigram",
        character_coverage=1.0,
        required_chars="".join(character for character in characters if character != " "),
        normalization_rule_name="identity",
        split_digits=True,
        max_sentencepiece_length=8,
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


# The examples


class Examples:
    """The training examples of a direction, drawn anew in each round."""

    def __init__(self, tokenizer: Tokenizer, target: str, rng: random.Random) -> None:
        self._tokenizer, self._target, self._rng = tokenizer, _TAGS[target], rng
        self._source = material.ENGLISH if self._target == material.CHINESE else material.CHINESE
        self._drawing = material.Drawing(self._target, rng, material.held_out())
        self._measured = {text for pair in material.held_out_sentences() for text in (pair.english, pair.chinese)}

    def batches(self) -> Iterator[list[Example]]:
        """Batches of examples of similar lengths, without end."""
        while True:
            batches = list(_batches(self._round()))
            self._rng.shuffle(batches)
            yield from batches

    def _round(self) -> list[Example]:
        templates = [self._drawing.sentence() for _ in range(_TEMPLATES_A_ROUND)]
        seen = [pair for pair in templates if not {pair.english, pair.chinese} & self._measured]
        terms = [self._drawing.term() for _ in range(_TERMS_A_ROUND)]
        examples = [self._example(pair) for pair in [*material.sample_pairs(), *seen, *terms]]
        return sorted(examples, key=lambda example: example.length)

    def _example(self, pair: material.Pair) -> Example:
        source, target = (self._encoded(pair.side(language)) for language in (self._source, self._target))
        guide: dict[int, range] = {}
        for link in pair.links:
            places = (link.english, link.chinese) if self._source == material.ENGLISH else (link.chinese, link.english)
            looked_at = self._tokenizer.overlapping(source, *places[0])
            guide |= dict.fromkeys(self._tokenizer.overlapping(target, *places[1]), looked_at)
        return Example(source, target, guide)

    def _encoded(self, text: str) -> list[int]:
        """The pieces of a text, now and then others than the likeliest."""
        if self._rng.random() >= _VARIED:
            return self._tokenizer.encode(text)
        return self._rng.choice(self._tokenizer.ways(text))


def _batches(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """Cuts examples in the order of their lengths into batches of about _BATCH pieces."""
    batch: list[Example] = []
    for example in examples:
        if batch and (len(batch) + 1) * example.length > _BATCH:
            yield batch
            batch = []
        batch.append(example)
    if batch:
        yield batch


def _padded(rows: Sequence[list[int]]) -> Tensor:
    """Rows of one length; the vocabulary's piece 0, the unknown one, stands for no piece."""
    longest = max(map(len, rows))
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows])


# The training


def _loss(model: network.Network, batch: list[Example], tokenizer: Tokenizer) -> tuple[Tensor, Tensor]:
    """The loss of the next pieces, and that of the attention where it is known what to look at."""
    source = _padded([example.source for example in batch])
    given = _padded([[tokenizer.begin, *example.target] for example in batch])
    wanted = _padded([[*example.target, tokenizer.end] for example in batch])
    scores, weights = model(source, given)
    flat = scores.flatten(0, 1)[wanted.flatten() != 0]
    pieces = functional.cross_entropy(flat, wanted[wanted != 0], label_smoothing=_SMOOTHING)
    guide = torch.zeros_like(weights)
    for number, example in enumerate(batch):
        for place, looked_at in example.guide.items():
            guide[number, place, looked_at.start : looked_at.stop] = 1
    guided = guide.sum(-1) > 0
    inside = (weights[guided] + torch.log(guide[guided] + 1e-6)).logsumexp(-1)
    return pieces, -inside.mean() if len(inside) else pieces.new_zeros(())


def _rate(step: int, steps: int) -> float:
    """The learning rate: rises, stays near the top, and falls to nothing."""
    return min(1.0, step / _WARM_UP) * min(1.0, max(0.0, (steps - step) / steps) ** 0.75)


def _train(
    model: network.Network, examples: Examples, tokenizer: Tokenizer, steps: int, log: Callable[[str], None]
) -> None:
    optimizer = torch.optim.Adam(model.parameters(), lr=_RATE, betas=(0.9, 0.98), eps=1e-9)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step + 1, steps))
    started, losses = time.monotonic(), []
    model.train()
    for step, batch in zip(range(1, steps + 1), examples.batches(), strict=False):
        pieces, guided = _loss(model, batch, tokenizer)
        optimizer.zero_grad()
        (pieces + _GUIDANCE * guided).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        losses.append((pieces.item(), guided.item()))
        if step % 100 == 0 or step == steps:
            mean = np.mean(losses, axis=0)
            log(f"step {step}: loss {mean[0]:.3f}, attention {mean[1]:.3f}, {time.monotonic() - started:.0f} s")
            losses.clear()
    model.eval()


def _compare(model: network.Network, tokenizer: Tokenizer, folder: Path, texts: list[str]) -> int:
    """How many texts CTranslate2 and PyTorch translate alike, piece by piece."""
    sources = [tokenizer.encode(text) for text in texts]
    ours = [model.greedy(torch.tensor([source]), tokenizer.begin, tokenizer.end, 200)[0] for source in sources]
    translator = ctranslate2.Translator(str(folder), compute_type="float32", intra_threads=1)
    named = [[tokenizer.vocabulary[piece] for piece in source] for source in sources]
    results = translator.translate_batch(named, beam_size=1, max_decoding_length=200)
    theirs = [result.hypotheses[0] for result in results]
    return sum([tokenizer.vocabulary[piece] for piece in one] == other for one, other in zip(ours, theirs, strict=True))


def _direction(source: str, target: str, tokenizer_model: bytes, folder: Path, steps: int) -> list[str]:
    """Trains a direction and writes its package; returns what there is to log."""
    lines: list[str] = []

    def log(line: str) -> None:
        lines.append(f"{source} → {target}: {line}")
        sys.stdout.write(f"{lines[-1]}\n")
        sys.stdout.flush()

    torch.set_num_threads(1)
    torch.manual_seed(material.SEED)
    torch.use_deterministic_algorithms(True)
    tokenizer = Tokenizer(tokenizer_model)
    model = network.Network(len(tokenizer.vocabulary))
    log(f"{sum(weights.numel() for weights in model.parameters()):,} weights")
    examples = Examples(tokenizer, target, material.generator(f"{source} {target}"))
    _train(model, examples, tokenizer, steps, log)
    with tempfile.TemporaryDirectory() as name:
        package.save_model(model, tokenizer.vocabulary, Path(name, "float"), None)
        pairs = [*material.held_out_sentences()[: _COMPARED // 2], *material.sample_pairs()[: _COMPARED // 2]]
        same = _compare(model, tokenizer, Path(name, "float"), [pair.side(_TAGS[source]) for pair in pairs])
        log(f"CTranslate2 before quantization translates {same} of {len(pairs)} sentences as PyTorch does")
        package.save_model(model, tokenizer.vocabulary, Path(name, "int8"), "int8")
        path = package.write(Path(name), Path(name, "int8"), tokenizer_model, source, target)
        shutil.move(path, folder / path.name)
        log(f"{path.name}, int8, {(folder / path.name).stat().st_size:,} bytes")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description="Trains the two test models and writes their packages.")
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent, help="where the files are written")
    parser.add_argument("--steps", type=int, default=_STEPS, help="how many batches a direction is trained on")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    tokenizer = train_tokenizer()
    lines = _head(tokenizer, arguments.steps)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    with ProcessPoolExecutor(len(DIRECTIONS), multiprocessing.get_context("spawn")) as pool:
        runs = [pool.submit(_direction, *pair, tokenizer, arguments.folder, arguments.steps) for pair in DIRECTIONS]
        for run in runs:
            lines += run.result()
    (arguments.folder / "training.log").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _head(tokenizer: bytes, steps: int) -> list[str]:
    versions = {module.__name__: module.__version__ for module in (torch, ctranslate2, sentencepiece, np)}
    uids = sorted(material.held_out())
    return [
        f"seed {material.SEED}, {steps} steps a direction, one thread each",
        ", ".join(f"{name} {version}" for name, version in versions.items()),
        f"{len(material.sample_pairs())} aligned passages of the samples, {len(material.concepts())} concepts",
        f"{len(Tokenizer(tokenizer).vocabulary)} pieces",
        f"{len(uids)} concepts held out: {' '.join(uids)}",
    ]


if __name__ == "__main__":
    main()
