"""A house's own rules of segmentation, in SRX."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.segmentation import sentences
from corpus.segmentation.srx import Srx
from corpus.text.errors import UnreadableFile
from workbench.services.article_intake import import_articles

RULES = r"""<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="no"/><body>
<languagerules>
 <languagerule languagerulename="English">
  <rule break="no"><beforebreak>\bFig\.</beforebreak><afterbreak>\s</afterbreak></rule>
  <rule break="yes"><beforebreak>;</beforebreak><afterbreak>\s</afterbreak></rule>
  <rule break="no"><beforebreak>[.;]</beforebreak><afterbreak>\sonly</afterbreak></rule>
 </languagerule>
 <languagerule languagerulename="Chinese">
  <rule break="yes"><beforebreak>；</beforebreak><afterbreak>\p{Han}</afterbreak></rule>
 </languagerule>
</languagerules>
<maprules><languagemap languagepattern="en.*" languagerulename="English"/>
<languagemap languagepattern="zh.*" languagerulename="Chinese"/></maprules></body></srx>"""


def read(text: str = RULES) -> Srx:
    return Srx.read(io.BytesIO(text.encode()), "house.srx")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("See Fig. Two and go. It rains.", "en-GB", ["See Fig. Two and go.", "It rains."]),
        ("One; two. Three.", "en", ["One;", "two.", "Three."]),
        ("One; only two.", "en", ["One;", "only two."]),
        ("Dr. Li came. He left.", "en", ["Dr. Li came.", "He left."]),
        ("有人走；有人留。下雨了。", "zh-Hans", ["有人走；", "有人留。", "下雨了。"]),
        ("Un; deux.", "fr", ["Un; deux."]),
    ],
)
def test_the_house_decides_where_it_has_a_rule(text, language, expected):
    assert read().sentences(text, language) == expected


@given(st.text(alphabet="aB中 .;；。Fig\n", max_size=40), st.sampled_from(["en", "zh-Hans", "fr"]))
def test_pieces_joined_are_the_text(text, language):
    assert "".join(read().split(text, language)) == text


def test_a_file_without_rules_changes_nothing():
    empty = '<srx version="2.0"><header/><body><languagerules/><maprules/></body></srx>'
    text = "Dr. Li came; he left. It rains."
    assert read(empty).sentences(text, "en") == sentences(text, "en")


def test_the_desk_follows_the_house(desk, tmp_path, monkeypatch):
    rules, page = tmp_path / "house.srx", tmp_path / "a.txt"
    rules.write_text(RULES, "utf-8")
    page.write_text("Lab Opens\n\nOne came; two left. It rains today.\n", "utf-8")
    monkeypatch.setenv("WORKBENCH_SRX", str(rules))
    ((article, _),) = import_articles(desk, [page]).articles
    assert article.sentences() == ["Lab Opens", "One came;", "two left.", "It rains today."]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("no xml", "house.srx is not an SRX file"),
        ("<tmx/>", "its first element is <tmx>"),
        (RULES.replace("；</beforebreak>", "(；</beforebreak>"), "line 9: .* is not a pattern"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(text, problem):
    with pytest.raises(UnreadableFile, match=problem):
        read(text)


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"\xc4|\xdcN\xe5"\xf3\x83">\xc4<\x88',
        b'<?xml version="1.0" encoding="nothing"?><srx/>',
        b"\xff\xfe<\x00s\x00r",
        b"",
        b"\x00\x00",
    ],
)
def test_what_is_no_srx_file_is_refused(tmp_path, data):
    path = tmp_path / "house.srx"
    path.write_bytes(data)
    with path.open("rb") as stream, pytest.raises(UnreadableFile, match=r"house\.srx is not an SRX file"):
        Srx.read(stream, "house.srx")


@pytest.mark.parametrize(
    "pattern", ["a{20000}", "a{1,20000}", "(?:a{1000}){1000}", "((a{100}){100}){100}", "a{" + "9" * 5000 + "}"]
)
def test_a_rule_has_a_bound_on_repeats(pattern):
    with pytest.raises(UnreadableFile, match="repeats more than 10000 characters"):
        read(RULES.replace(r"\bFig\.", pattern))


def test_a_rule_may_have_many_small_repeats():
    pattern = r"[{1,20000}]\{99999}" + r"(?:\d{1,10}\.){1,10}" * 20
    assert read(RULES.replace(r"\bFig\.", pattern))
