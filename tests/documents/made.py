"""Files to be read, made here from nothing: whole, broken, locked, heavy, in two languages."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from io import BytesIO

from pypdf import PdfWriter
from typst import Compiler

ENGLISH = "Dear Sir, this letter is for you and it is to be read with the other one that you have."
SPANISH = "Querida madre: el domingo voy con los niños por la tarde, que en la casa se está muy bien."
ARABIC = "السلام عليكم ورحمة الله وبركاته يا أمي العزيزة"
HEBREW = "שלום לך אמא יקרה, אני כותב לך מכתב"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"
ZIPPED = b"PK\x03\x04" + b"\0" * 60


@cache
def printed(source: str) -> bytes:
    """Give a PDF of some markup of Typst."""
    made = Compiler(source.encode()).compile(format="pdf")
    assert isinstance(made, bytes)
    return made


def letter(pages: int) -> bytes:
    """Give a letter of so many pages, each of which says which it is."""
    return printed(f"#for page in range({pages}) [{ENGLISH} This is page #(page + 1).#pagebreak(weak: true)]")


def locked(data: bytes, password: str) -> bytes:
    """Give a PDF under a password; an empty one opens it for everybody."""
    writer, out = PdfWriter(clone_from=BytesIO(data)), BytesIO()
    writer.encrypt(password, "of its owner", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


def unfolding(text: bytes, layers: int = 1) -> bytes:
    """Give a page whose content stands folded, once or more: what unfolds may be a bomb."""
    for _ in range(layers):
        text = zlib.compress(text, 9)
    filters = b"/Filter[" + b"/FlateDecode" * layers + b"]"
    return pdf([_content(text, filters)])


def scanned(pages: int) -> bytes:
    """Give pages that are pictures, without a letter."""
    picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    image = picture + b"/Length 1>>stream\n\x80\nendstream"
    return pdf([_content(b"q 612 0 0 792 0 0 cm /P Do Q")] * pages, image)


def worded(text: str) -> bytes:
    """Give the content of a page that says something in plain letters."""
    return _content(f"BT /F 12 Tf 72 700 Td ({text}) Tj ET".encode())


def mixed() -> bytes:
    """Give a page of words, one that is a picture, and one that is broken."""
    broken = b"<</Filter/NoSuchFilter/Length 4>>stream\nwhat\nendstream"
    image = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/Length 1>>stream\n\x80\nendstream"
    return pdf([worded(ENGLISH), _content(b"/P Do"), broken], image)


def pdf(
    contents: Sequence[bytes], picture: bytes = b"<</Type/XObject/Length 0>>stream\n\nendstream"
) -> bytes:
    """Write a PDF with a page for each content, all with one font (F) and one picture (P)."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (5 + at) for at in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
    page += b"/Resources<</Font<</F 3 0 R>>/XObject<</P 4 0 R>>>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % count,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        picture,
        *(page % (5 + count + at) for at in range(count)),
        *contents,
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return out + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))


def _content(text: bytes, filters: bytes = b"") -> bytes:
    return b"<<" + filters + b"/Length %d>>stream\n" % len(text) + text + b"\nendstream"
