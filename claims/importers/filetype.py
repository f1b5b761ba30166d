"""Files that are no text, and that no reader is there for, known by their first bytes."""

from __future__ import annotations

import re

from claims.importers.page import ReadError

_SAVE_AS = "Save it as plain text (.txt) or as HTML, and bring that in."
_COPY = "Copy its text and paste it instead."
_UNPACK = "Unpack it, and bring in the file inside."
_NO_TEXT = "Text, HTML, PDF, Word (.docx) and e-mail (.eml) files can be read."

_KINDS = [
    (b"%PDF", "a PDF", _COPY),
    (b"PK\x03\x04", "an OpenDocument, Office or ZIP file", _SAVE_AS),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls)", _SAVE_AS),
    (b"{\\rtf", "a rich text file (.rtf)", _SAVE_AS),
    (b"bplist00", "a web archive of Safari", "Save the page as HTML, and bring that in."),
    (b"\x89PNG", "an image (PNG)", _NO_TEXT),
    (b"\xff\xd8\xff", "an image (JPEG)", _NO_TEXT),
    (b"GIF8", "an image (GIF)", _NO_TEXT),
    (b"II*\0", "an image (TIFF)", _NO_TEXT),
    (b"MM\0*", "an image (TIFF)", _NO_TEXT),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"SQLite format 3\0", "a SQLite database", _NO_TEXT),
    (b"\x7fELF", "a program", _NO_TEXT),
    (b"OggS", "a sound or video file (Ogg)", _NO_TEXT),
    (b"ID3", "a sound file (MP3)", _NO_TEXT),
    (b"\x1a\x45\xdf\xa3", "a video file (Matroska, WebM)", _NO_TEXT),
]
_LATER = [(4, b"ftyp", "a video or image file (MP4, HEIC)"), (8, b"WEBP", "an image (WebP)")]
_MHTML = (b"From: <Saved by ", b"MIME-Version: ", b'From: "Saved by ')
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.02


def refuse_binary(data: bytes) -> None:
    """`ReadError` where the bytes begin as a known file type that is not text."""
    for magic, name, advice in _KINDS:
        if data.startswith(magic):
            raise ReadError(f"The file is {name}, not text. {advice}")
    for at, magic, name in _LATER:
        if data[at : at + len(magic)] == magic:
            raise ReadError(f"The file is {name}, not text. {_NO_TEXT}")
    if data.startswith(_MHTML):
        raise ReadError(
            "The file is a web archive (MHTML). Save the page as “HTML only”, and bring that in."
        )


def refuse_controls(text: str) -> None:
    """`ReadError` where a text has so many control characters that it is none."""
    controls = len(_CONTROLS.findall(text))
    if controls > _MOST_CONTROLS * len(text):
        raise ReadError(f"The file is binary: it has {controls} control characters. {_NO_TEXT}")
