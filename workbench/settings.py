"""The settings of a house in the environment of the process: its segmentation, its encoder, and who works there."""

import getpass
import os
from pathlib import Path

from corpus import segmentation
from corpus.embeddings import Encoder, Encoders
from corpus.segmentation.srx import Srx
from corpus.text.charset import files


def segmenter() -> segmentation.Segment:
    """Returns the segmenter: the built-in rules, under those of the SRX file that WORKBENCH_SRX names."""
    path = os.environ.get("WORKBENCH_SRX")
    if not path:
        return segmentation.sentences
    with files.open_file(Path(path)) as stream:
        return Srx.read(stream, Path(path).name).sentences


def segment(text: str, language: str) -> list[str]:
    """Returns the sentences of a text by the house's rules, which are read at this call."""
    return segmenter()(text, language)


def encoder(encoders: Encoders) -> Encoder:
    """Returns the sentence encoder: the installed one, or the model in the folder WORKBENCH_ENCODER.

    Raises UnusableEncoder where the folder holds no model that can be loaded.
    """
    path = os.environ.get("WORKBENCH_ENCODER")
    return encoders.load(Path(path) if path else None)


def user() -> str:
    """Returns the user at the desk, for its history: WORKBENCH_USER, else the account's name."""
    try:
        return os.environ.get("WORKBENCH_USER") or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
