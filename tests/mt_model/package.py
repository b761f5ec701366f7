"""Writes a trained network as a package: a zip archive of weights for CTranslate2, tokenizer and metadata."""

import json
import zipfile
from pathlib import Path

from ctranslate2 import specs
from torch import Tensor, nn

from tests.mt_model.network import HEADS, LAYERS, Attention, Inner, Layer, Network

_NAMES = {"en": "English", "zh": "Chinese"}
_VERSION = "1.0"
_DATE = (2026, 1, 9, 0, 0, 0)  # of the files in the archive, so that the same model gives the same archive


def save_model(network: Network, vocabulary: list[str], folder: Path, quantization: str | None) -> None:
    """Writes the model's folder as CTranslate2 loads it; `quantization` is `int8`, or None for none."""
    spec = specs.TransformerSpec.from_config(LAYERS, HEADS, pre_norm=True, alignment_layer=-1, alignment_heads=1)
    weights = network.embedding.weight.detach().numpy()
    spec.encoder.embeddings[0].weight = weights
    spec.decoder.embeddings.weight = weights
    spec.decoder.projection.weight = weights
    for stack, layers, norm in (
        (spec.encoder, network.encoder, network.encoder_norm),
        (spec.decoder, network.decoder, network.decoder_norm),
    ):
        _set_norm(stack.layer_norm, norm)
        for layer_spec, layer in zip(stack.layer, layers, strict=True):
            _set_layer(layer_spec, layer)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization)
    folder.mkdir(parents=True)
    spec.save(str(folder))


def write(folder: Path, model: Path, tokenizer: bytes, source: str, target: str) -> Path:
    """Writes the package of a model's folder into `folder`; the codes are those of Argos Translate."""
    name = f"translate-{source}_{target}-{_VERSION.replace('.', '_')}"
    metadata = {
        "package_version": _VERSION,
        "argos_version": "1.9.6",
        "from_code": source,
        "from_name": _NAMES[source],
        "to_code": target,
        "to_name": _NAMES[target],
    }
    files = {"metadata.json": json.dumps(metadata, indent=1).encode(), "sentencepiece.model": tokenizer}
    files |= {f"model/{file.name}": file.read_bytes() for file in sorted(model.iterdir())}
    path = folder / f"{name}.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}/{file}", _DATE), content, zipfile.ZIP_DEFLATED)
    return path


def _set_layer(spec: specs.LayerSpec, layer: Layer) -> None:
    own = layer.own
    _set_attention(spec.self_attention, own, [[own.query, own.key, own.value]])
    if layer.cross is not None:
        _set_attention(spec.attention, layer.cross, [[layer.cross.query], [layer.cross.key, layer.cross.value]])
    _set_inner(spec.ffn, layer.inner)


def _set_attention(spec: specs.LayerSpec, attention: Attention, stacks: list[list[nn.Linear]]) -> None:
    """Queries, keys and values of self-attention are one matrix, keys and values of cross-attention another."""
    for linear, layers in zip(spec.linear, [*stacks, [attention.output]], strict=True):
        _set_linear(linear, layers)
    _set_norm(spec.layer_norm, attention.norm)


def _set_inner(spec: specs.LayerSpec, inner: Inner) -> None:
    _set_linear(spec.linear_0, [inner.first])
    _set_linear(spec.linear_1, [inner.second])
    _set_norm(spec.layer_norm, inner.norm)


def _set_linear(spec: specs.LayerSpec, layers: list[nn.Linear]) -> None:
    spec.weight = _stacked([layer.weight for layer in layers])
    spec.bias = _stacked([layer.bias for layer in layers])


def _set_norm(spec: specs.LayerSpec, norm: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = norm.weight.detach().numpy(), norm.bias.detach().numpy()


def _stacked(weights: list[Tensor]) -> object:
    return nn.utils.parameters_to_vector(weights).detach().reshape(-1, *weights[0].shape[1:]).numpy()
