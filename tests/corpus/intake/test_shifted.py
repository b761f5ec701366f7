"""Powers, indices, notes and symbols: what is above or below the line, or in a font of symbols, stays itself."""

import pytest

from corpus.intake.readers.registry import read_pages
from corpus.intake.readers.shifted import lowered, raised
from corpus.segmentation import sentences
from tests.document_files import WORD, docx, paragraph, pdf, text

PROSE = " in a paragraph that is long enough to be kept as a part of the article, as it should be."


def read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [block.text for page in read_pages(path) for block in page.blocks]


@pytest.mark.parametrize(
    ("before", "above", "written"),
    [
        ("10", "8", "⁸"),
        ("10", "-3", "⁻³"),
        ("10", "−3", "⁻³"),
        ("x", "n+1", "ⁿ⁺¹"),
        ("x", "½", "^½"),
        ("x", "a/b", "^(a/b)"),
        ("2024", "1,2", "¹,²"),
        ("2024", "[3]", "[3]"),
        ("2024年", "注1", "[注1]"),
        ("21", "st", "st"),
        ("Argos", "TM", "™"),
        ("20 ", "o", "ᵒ"),
        ("20", "o", "°"),
        ("", " ", " "),
    ],
)
def test_above_the_line(before, above, written):
    assert raised(above, before) == written


@pytest.mark.parametrize(
    ("below", "written"), [("2", "₂"), ("10", "₁₀"), ("i", "ᵢ"), ("B", "_B"), ("eff,0", "_(eff,0)")]
)
def test_below_the_line(below, written):
    assert lowered(below) == written


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("3 × 10<sup>8</sup> m", "3 × 10⁸ m"),
        ("CO<sub>2</sub> and 100 m<sup> 2 </sup>", "CO₂ and 100 m²"),
        ("in 2024<sup><a href='#n1'>1</a></sup> or later", "in 2024¹ or later"),
        ("e<sup>-k<sub>1</sub>t</sup>", "e^(-k₁t)"),
        ("10<span style='font-size:70%; vertical-align: super'>6</span> cells", "10⁶ cells"),
        ("the 21<sup>st</sup> century", "the 21st century"),
        (
            "of <math><msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msub><mi>y</mi><mn>1</mn></msub></math> m",
            "of x²+y₁ m",
        ),
        (
            "of <span style='display: none'><math><semantics>"
            "<mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac>"
            "<annotation>\\frac{1}{a+b}</annotation></semantics></math></span> m",
            "of 1/(a+b) m",
        ),
        (
            "of <span class='katex'><span class='katex-mathml'><math><msqrt><mi>x</mi></msqrt></math></span>"
            "<span class='katex-html' aria-hidden='true'>x</span></span> m",
            "of √x m",
        ),
    ],
)
def test_a_web_page_keeps_them(tmp_path, markup, expected):
    page = f"<html><body><article><h1>Lab Opens</h1><p>{markup}{PROSE}</p><p>It is{PROSE}</p></article></body></html>"
    assert expected + PROSE in read(tmp_path, "lab.html", page)


def run(words, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (run("8", '<w:vertAlign w:val="superscript"/>'), "Over 10⁸"),
        (run("2", '<w:vertAlign w:val="subscript"/>'), "Over 10₂"),
        (
            run("-", '<w:vertAlign w:val="superscript"/>') + run("3", '<w:vertAlign w:val="superscript"/>') + run("m"),
            "Over 10⁻³m",
        ),
        (run("8", '<w:rStyle w:val="Power"/>'), "Over 10⁸"),
        (run("8", '<w:position w:val="6"/>'), "Over 10⁸"),
        (run(" people came", '<w:position w:val="2"/>'), "Over 10 people came"),
        (
            "<m:oMath xmlns:m='m'><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e>"
            "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
            "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
            "Over 10x²1/2",
        ),
    ],
)
def test_a_word_document_keeps_them(tmp_path, runs, expected):
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:type="character" w:styleId="Power"><w:name w:val="Power"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'
    )
    assert read(tmp_path, "lab.docx", docx(paragraph("Over 10", runs=runs), styles=styles)) == [expected]


def test_the_notes_of_a_word_document_have_their_marks(tmp_path):
    def part(kind):
        notes = "".join(f'<w:{kind} w:id="{id}">{paragraph(f"{kind} {id}.")}</w:{kind}>' for id in (2, 7))
        return f'<w:{kind}s xmlns:w="{WORD}">{notes}</w:{kind}s>'

    runs = (
        '<w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t>, 2025</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>'
    )
    document = docx(paragraph("In 2024", runs=runs), footnotes=part("footnote"), endnotes=part("endnote"))
    assert read(tmp_path, "lab.docx", document) == [
        "In 2024¹, 2025²ⁱ", "² footnote 2.", "¹ footnote 7.", "ⁱ endnote 2.", "endnote 7.",
    ]  # fmt: skip


def test_a_pdf_keeps_them(tmp_path):
    line = (
        text(60, 700, 10, "Over 10") + text(95.5, 703.5, 6, "8") + text(99, 700, 10, " stars, CO")
        + text(144.1, 698, 6, "2") + text(147.5, 700, 10, " in the air of the old valley.")
    )  # fmt: skip
    assert read(tmp_path, "lab.pdf", pdf(line)) == ["Over 10⁸ stars, CO₂ in the air of the old valley."]


def symbol(font, code):
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (symbol("Symbol", "F06D") + run("g"), "5 µg"),
        (symbol("Symbol", "F0B1") + run("2"), "5 ±2"),
        (symbol("Symbol", "00B0") + run("C"), "5 °C"),
        (symbol("Wingdings", "F0E0") + run("6"), "5 →6"),
        (symbol("Wingdings 2", "F050"), "5 ✓"),
        (symbol("Times New Roman", "03B2"), "5 β"),
        (run("b", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "5 β"),
        (run("\uf062"), "5 β"),
        (symbol("Marlett", "F062"), "5 \ufffd"),
        (symbol("Symbol", "nothing"), "5 \ufffd"),
    ],
)
def test_symbols_of_word_are_characters(tmp_path, runs, expected):
    assert read(tmp_path, "lab.docx", docx(paragraph("5 ", runs=runs))) == [expected]


@pytest.mark.parametrize(
    ("language", "sentence", "following"),
    [
        ("en", "It opened in 2024.¹", "The next came later."),
        ("zh-Hans", "实验室成立了。¹²", "它研究水稻。"),
        ("zh-Hans", "他测了年代。", "¹⁴C很准。"),
    ],
)
def test_the_number_of_a_note_stays_with_its_sentence(language, sentence, following):
    gap = " " if language == "en" else ""
    assert sentences(sentence + gap + following, language) == [sentence, following]
