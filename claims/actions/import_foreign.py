"""The annotations of other tools, as work: brought in as one act, whole or not at all."""

from __future__ import annotations

import json
from typing import IO, ClassVar, Protocol

from claims.actions.import_work import Asked, Work
from claims.actions.importing.library import DeskLibrary
from claims.importers import brat, doccano, label_studio, web_annotation
from claims.importers.choices import Choices
from claims.importers.foreign import Foreign
from claims.importers.marks import Library


class Reader(Protocol):
    """Reads a file of this name as work; ReadError where it is none of the format."""

    def __call__(
        self, file: IO[bytes], name: str, library: Library, choices: Choices
    ) -> Foreign: ...


class ForeignWork(Work):
    """What these formats share: the desk is asked for the texts that it has."""

    reader: ClassVar[Reader]

    def open(self, file: IO[bytes], name: str, asked: Asked) -> Foreign:
        library = DeskLibrary(asked.workspace, asked.user)
        return type(self).reader(file, name, library, asked.choices)


class WebAnnotations(ForeignWork):
    """W3C Web Annotation."""

    key = "web-annotation"
    label = "Annotations: W3C Web Annotation (JSON-LD)"
    reader = staticmethod(web_annotation.read)

    def accepts(self, name: str, head: bytes) -> bool:
        if not _is_json(head):
            return False
        return name.lower().endswith(".jsonld") or b"ns/anno.jsonld" in head


class Brat(ForeignWork):
    """brat standoff. The end of a ZIP, where the names of its files stand, is in `head`."""

    key = "brat"
    label = "Annotations: brat standoff (a ZIP of .txt and .ann)"
    reader = staticmethod(brat.read)

    def accepts(self, name: str, head: bytes) -> bool:
        return head.startswith(b"PK") and any(brat.named(head))


class Doccano(ForeignWork):
    """doccano's JSON lines."""

    key = "doccano"
    label = "Annotations: doccano (JSONL, with relations)"
    reader = staticmethod(doccano.read)

    def accepts(self, name: str, head: bytes) -> bool:
        line, ended, _ = head.lstrip(b"\xef\xbb\xbf \r\n\t").partition(b"\n")
        if not line.startswith(b"{") or not name.lower().endswith((".jsonl", ".ndjson", ".json")):
            return False
        try:
            held = json.loads(line)
        except (ValueError, RecursionError):
            # A text that is longer than what is looked at: its id and text come first.
            return not ended and line.replace(b" ", b"").startswith(b'{"id":') and _TEXT in line
        return doccano.is_one(held)


class LabelStudio(ForeignWork):
    """Label Studio's JSON."""

    key = "label-studio"
    label = "Annotations: Label Studio (JSON, with relations)"
    reader = staticmethod(label_studio.read)

    def accepts(self, name: str, head: bytes) -> bool:
        return name.lower().endswith(".json") and _is_json(head)


_TEXT = b'"text"'


def _is_json(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{")


FOREIGN: tuple[ForeignWork, ...] = (WebAnnotations(), Brat(), Doccano(), LabelStudio())
"""In the order in which they are asked whether a file is theirs."""
