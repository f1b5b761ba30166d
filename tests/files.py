"""Files that hold an article, made as small as each test needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
from pypdf import PdfReader, PdfWriter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def a_pdf(*pages: Sequence[str], title: str = "", password: str | None = None) -> bytes:
    """A PDF with these lines on its pages, in Helvetica and Latin-1; no lines: an empty page."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj T* " for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 50 800 Td {shown}ET"
        looks = "/MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R {looks} /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    raw = b"%PDF-1.4\n"
    at = []
    for number, body in enumerate(objects, 1):
        at.append(len(raw))
        raw += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in at)
    size = len(objects) + 1
    raw += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(raw)}\n%%EOF\n"
    ).encode()
    if not title and password is None:
        return raw
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    if title:
        writer.add_metadata({"/Title": title, "/Author": "Nadia Example"})
    if password is not None:
        writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def a_docx(*paragraphs: str, title: str = "", author: str = "") -> bytes:
    """A Word file as python-docx writes it."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = author
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_raw_docx(body: str, head: str = "", **members: str) -> bytes:
    """A Word file whose body is this XML (`w:` is bound); `members` by path, dots as `__`."""
    document = f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return a_zip(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": document}
        | {name.replace("__", "."): content for name, content in members.items()}
    )


def a_zip(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def an_eml(body: str, *headers: str, of: str = "text/plain; charset=utf-8") -> bytes:
    """A message with a body of this type."""
    head = "\r\n".join([*headers, f"Content-Type: {of}"])
    return f"{head}\r\n\r\n{body}".encode()
