"""Makes the files that the tests of the readers read: PDF, Word documents and archives, as small as they can be."""

import io
import zipfile
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/{kind}+xml"/></Types>'  # noqa: E501
WORD_KIND = "vnd.openxmlformats-officedocument.wordprocessingml.document.main"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in (("a1", "Title"), ("1", "heading 1"), ("a3", "caption"), ("a5", "List Bullet"))
)

PAGE = (595, 842)


def text(x, y, size, words, font="F1"):
    """A line of text for a page of `pdf`; `y` counts from the lower edge."""
    shown = "<" + words.encode("utf-16-be").hex() + ">" if font == "F3" else "(" + _escaped(words) + ")"
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm {shown} Tj ET\n"


def column(x, top, words, size=10, pitch=12, font="F1"):
    """Lines of text one below the other."""
    return "".join(text(x, top - pitch * number, size, line, font) for number, line in enumerate(words))


def pdf(*pages, title="", encrypted=False, rotate=0):
    """A PDF file of pages made with `text`: F1 is Helvetica, F2 its bold, F3 a Chinese font that readers must have."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{10 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        f"<< /Title ({_escaped(title)}) >>",
        f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>",
    ]
    for number, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Rotate {rotate}"
            f" /Contents {11 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    return _assembled(objects, "/Encrypt 9 0 R /ID [<41> <41>]" if encrypted else "")


def _assembled(objects, trailer):
    data = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += "".join(f"{place:010} 00000 n \n" for place in places).encode()
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 8 0 R {trailer} >>\n".encode()
    return bytes(data + f"startxref\n{table}\n%%EOF\n".encode())


def _escaped(words):
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def paragraph(words, style="", runs=""):
    """A paragraph for `docx`; `runs` is XML after the words."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{escape(words)}</w:t></w:r>{runs}</w:p>"


def docx(*body, properties="", doctype="", **parts):
    """A Word document whose body is the XML given; `parts` are further parts below word/, by name without suffix."""
    files = {
        "[Content_Types].xml": TYPES.format(kind=WORD_KIND),
        "word/document.xml": f'{doctype}<w:document xmlns:w="{WORD}"><w:body>{"".join(body)}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{STYLES}</w:styles>',
    }
    if properties:
        files["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            f' xmlns:dcterms="http://purl.org/dc/terms/">{properties}</cp:coreProperties>'
        )
    files |= {f"word/{name}.xml": content for name, content in parts.items()}
    return zipped(files)


def zipped(files):
    """A ZIP archive of texts or bytes by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
