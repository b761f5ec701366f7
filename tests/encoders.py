"""The encoders of the tests' process: loading the weights takes a second, and every test wants the same."""

from corpus.embeddings import Encoder, Encoders

ENCODERS = Encoders()


def default_encoder() -> Encoder:
    """Returns the encoder that is installed with the workbench."""
    return ENCODERS.load()
