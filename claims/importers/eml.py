"""A saved e-mail (.eml) as an article: its body, with what its headers say (RFC 5322, MIME)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice

from claims.anchoring.text import clean
from claims.importers.decode import Decoded, canonical, decode
from claims.importers.html import flat
from claims.importers.language import guess_language
from claims.importers.page import Page, ReadError

MAX_PARTS = 1_000
_NESTED = "The message is nested too deeply to be read. Copy its text and paste it instead."
_NO_TEXT = "The message has no text of its own{and_holds}."
_LOCKED = "The message is encrypted. Open it in your mail program, copy its text, and paste it."
_LONGEST_HEADER = 4_000  # to read a word of it takes longer, the more there are
_MOST_NAMED = 20
_KB = 1024


def read(data: bytes, encoding: str | None = None) -> Page:
    """The body of a message: its plain text, or else its HTML as plain lines.

    `encoding` overrules what the message says of its body. Attachments are named in the notes, with
    their size. `ReadError`: no message, encrypted, without text, or nested too deeply.
    """
    message, parts = _parse(data)
    body = _body(parts)
    others = [part for part in parts if part is not body and not _is_other_form(part, body)]
    notes = [_attached(others)] if others else []
    if body is None:
        if message.get_content_type() == "multipart/encrypted" or _is_smime(parts):
            raise ReadError(_LOCKED)
        raise ReadError(_NO_TEXT.format(and_holds=f". {notes[0]}"[:-1] if notes else ""))
    decoded = _decoded(body, encoding)
    if body.get_content_subtype() == "html":
        text = flat(decoded.text)
        notes.append("The message is a page (HTML): pictures and the look of it are left out.")
    else:
        text = clean(_unwrapped(decoded.text, body))
    if not text:
        raise ReadError(_NO_TEXT.format(and_holds=""))
    return Page(
        text=text,
        title=_header(message, "Subject")[:500],
        publisher="",
        byline=_sender(message)[:300],
        published_on=_sent_on(message),
        language=guess_language(text),
        url="",
        encoding=decoded.encoding,
        sure=decoded.sure,
        notes=tuple(notes),
    )


def _parse(data: bytes) -> tuple[Message, list[Message]]:
    try:
        message = message_from_bytes(data)
        if not message.keys():
            raise ReadError("The file is no e-mail: it has no headers (From, Subject, Date).")
        parts = list(islice(_leaves(message), MAX_PARTS + 1))
    except RecursionError as error:
        raise ReadError(_NESTED) from error
    if len(parts) > MAX_PARTS:
        raise ReadError(f"The message has more than {MAX_PARTS:,} parts.")
    return message, parts


def _leaves(message: Message) -> list[Message]:
    """The parts that hold something; a message that is attached stays one part."""
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        return [message]
    held: list[Message] = []
    for part in message.get_payload():
        held += _leaves(part)  # type: ignore[arg-type]
    return held


def _body(parts: list[Message]) -> Message | None:
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    for wanted in ("text/plain", "text/html"):
        for part in shown:
            if part.get_content_type() == wanted and _bytes(part).strip():
                return part
    return None


def _is_other_form(part: Message, body: Message | None) -> bool:
    """Whether it says the same as the body in another form, or is empty."""
    text = part.get_content_type() in ("text/plain", "text/html") and not part.get_filename()
    return text and (body is None or not _bytes(part).strip() or _is_pair(part, body))


def _is_pair(part: Message, body: Message) -> bool:
    return part.get_content_disposition() != "attachment" and (
        part.get_content_type() == "text/html" and body.get_content_type() == "text/plain"
    )


def _is_smime(parts: list[Message]) -> bool:
    return any(part.get_content_subtype() in ("pkcs7-mime", "x-pkcs7-mime") for part in parts)


def _decoded(part: Message, encoding: str | None) -> Decoded:
    """The text of the part: as asked for, as it says itself, or as it is found out."""
    data = _bytes(part)
    said = part.get_content_charset()
    declared = canonical(said) if said else None
    if encoding or declared is None:
        return decode(data, encoding)
    try:
        return decode(data, declared)
    except ReadError:
        return decode(data)._replace(sure=False)


def _bytes(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _unwrapped(text: str, part: Message) -> str:
    """Lines that the mail program broke, joined where it says so (RFC 3676, `format=flowed`)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    gap = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    lines: list[str] = []
    open_ = False
    for raw in clean(text).split("\n"):
        line = raw.removeprefix(" ")
        lines[-1:] = (
            [lines[-1] + line] if open_ and not line.startswith(">") else [*lines[-1:], line]
        )
        open_ = line.endswith(" ") and line != "-- "
        if open_:
            lines[-1] = lines[-1].removesuffix(" ") + gap
    return "\n".join(line.rstrip(" ") for line in lines)


def _attached(parts: list[Message]) -> str:
    named = [_label(part) for part in parts[:_MOST_NAMED]]
    more = f" and {len(parts) - _MOST_NAMED} more" if len(parts) > _MOST_NAMED else ""
    return f"Not part of the text, but in the file that is kept: {', '.join(named)}{more}."


def _label(part: Message) -> str:
    name = " ".join(_plain(part.get_filename() or "").split())[:100]
    size = max(1, round(len(_bytes(part)) / _KB))
    if part.get_content_maintype() == "message":
        return f"{name or 'another message'} ({part.get_content_type()})"
    return f"{name or 'a part without a name'} ({part.get_content_type()}, {size} kB)"


def _header(message: Message, name: str) -> str:
    """A header as one line, its encoded words (RFC 2047) decoded; "" where there is none."""
    return " ".join(_plain(_raw(message, name)).split())


def _raw(message: Message, name: str) -> str:
    """The header as it stands in the file; what is no ASCII as surrogates, a byte each."""
    found = (value for key, value in message.raw_items() if key.lower() == name.lower())
    return str(next(found, ""))[:_LONGEST_HEADER]


def _plain(value: str) -> str:
    # An encoded word that is none is shown as it stands.
    with suppress(HeaderParseError, LookupError, ValueError):
        value = str(make_header(decode_header(value)))
    # What is no ASCII in a header stands there as bytes, which are nearly always UTF-8.
    raw = value.encode("utf-8", "surrogateescape")
    return "".join(c for c in raw.decode("utf-8", "replace") if c.isprintable() or c.isspace())


def _sender(message: Message) -> str:
    header = _header(message, "From")
    try:
        found = getaddresses([header])
    except RecursionError:  # remarks within remarks: shown as it stands
        return header
    return ", ".join(name or address for name, address in found if name or address)


def _sent_on(message: Message) -> date | None:
    """The day on which it was sent, where its sender was."""
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
