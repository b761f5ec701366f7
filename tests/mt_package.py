"""Builds a small real translation package: a CTranslate2 Transformer and its tokenizer in the .argosmodel layout.

The weights are random, so that the text that comes out is nonsense; everything it passes through on the way is what
a downloaded package passes through. The same arguments give the same package.
"""

import io
import json
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import sentencepiece
from ctranslate2 import specs
from ctranslate2.specs.model_spec import visit_spec

from corpus import samples

_PIECES = 1200
# Han of which no text of the tests has one.
_RARE = 0x20000


@dataclass(frozen=True)
class Shape:
    """How large a Transformer is: layers a side, width of a token, width within a layer, heads."""

    layers: int
    width: int
    inner: int
    heads: int


SMALL = Shape(layers=1, width=32, inner=64, heads=2)


def build(
    folder: Path,
    from_code: str = "en",
    to_code: str = "zh",
    version: str = "1.0",
    tokenizer: str = "sentencepiece",
    target_prefix: str = "",
    end_bias: float = 12.0,
    shape: Shape = SMALL,
    pieces: int = 0,
) -> Path:
    """Writes the package into `folder` and returns its path; `tokenizer` is `sentencepiece` or `bpe`.

    With `end_bias` most translations end after some tokens; with 0 they go on to the limit. The vocabulary is filled up
    to so many `pieces`.
    """
    name = f"translate-{from_code}_{to_code}-{version.replace('.', '_')}"
    vocabulary, tokenizer_model = _sentencepiece() if tokenizer == "sentencepiece" else _bpe()
    if target_prefix:
        vocabulary = [*vocabulary, target_prefix]
    vocabulary = [*vocabulary, *(chr(_RARE + number) for number in range(len(vocabulary), pieces))]
    metadata = {
        "package_version": version,
        "argos_version": "1.9.6",
        "from_code": from_code,
        "from_name": f"Language {from_code}",
        "to_code": to_code,
        "to_name": f"Language {to_code}",
    }
    if target_prefix:
        metadata["target_prefix"] = target_prefix
    seed = sum(f"{from_code}>{to_code} {version}".encode())
    save_model(folder / f"{name}-model", vocabulary, seed, end_bias, shape)
    path = folder / f"{name}.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}/metadata.json", json.dumps(metadata))
        archive.writestr(f"{name}/{tokenizer}.model", tokenizer_model)
        archive.writestr(f"{name}/README.md", "# A test package\n")
        for file in sorted((folder / f"{name}-model").iterdir()):
            archive.write(file, f"{name}/model/{file.name}")
    return path


def save_model(folder: Path, vocabulary: list[str], seed: int, end_bias: float, shape: Shape = SMALL) -> None:
    """Writes a Transformer with random weights, as CTranslate2's converters write a trained one."""
    spec = specs.TransformerSpec.from_config(num_layers=shape.layers, num_heads=shape.heads)
    random = np.random.default_rng(seed)

    def fill(layer: object, name: str, value: object) -> None:
        size = _size(name, len(vocabulary), shape)
        if value is None and size:
            attribute = name.rpartition("/")[2]
            weights = np.ones(size) if attribute == "gamma" else random.normal(0, 0.5, size)
            setattr(layer, attribute, weights.astype(np.float32))

    visit_spec(spec, fill)
    bias = np.zeros(len(vocabulary), np.float32)
    bias[vocabulary.index("</s>")] = end_bias
    spec.decoder.projection.bias = bias
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize("int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _size(name: str, vocabulary: int, shape: Shape) -> tuple[int, ...]:
    """The size of a weight of the given name, such as `decoder/layer_0/attention/linear_1/weight`."""
    width = shape.width
    if name.endswith(("gamma", "beta")):
        return (width,)
    if "embeddings" in name or "projection" in name:
        return (vocabulary, width)
    if "ffn" in name:
        return (shape.inner, width) if "linear_0" in name else (width, shape.inner)
    # Queries, keys and values of self-attention are one matrix, keys and values of cross-attention another.
    stacked = {"self_attention/linear_0": 3, "/attention/linear_1": 2}
    return next(((rows * width, width) for part, rows in stacked.items() if part in name), (width, width))


@lru_cache(maxsize=1)
def _sample_lines() -> tuple[str, ...]:
    files = [samples.path(name, language) for name in samples.names() for language in ("en", "zh-Hans")]
    lines = [line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return tuple(line for line in lines if line)


@lru_cache(maxsize=1)
def _sentencepiece() -> tuple[list[str], bytes]:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(_sample_lines()),
        model_writer=model,
        vocab_size=_PIECES,
        model_type="unigram",
        character_coverage=0.98,
        hard_vocab_limit=False,
        num_threads=1,
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [processor.id_to_piece(number) for number in range(processor.get_piece_size())], model.getvalue()


@lru_cache(maxsize=1)
def _bpe() -> tuple[list[str], bytes]:
    """Characters and two merges, in the format of subword-nmt."""
    characters = sorted(set("".join(_sample_lines())) - {" "})
    pieces = [*characters, *(f"{character}@@" for character in characters), "th@@", "the", "the@@"]
    return ["<unk>", "<s>", "</s>", *pieces], b"#version: 0.2\nt h\nth e</w>\n"
