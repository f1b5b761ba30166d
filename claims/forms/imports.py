"""A file of many articles, sent in."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.actions.import_formats import FORMATS, format_of
from claims.importers.article_table import COLUMNS

MAX_IMPORT = 200 * 1024 * 1024
_HEAD = 64 * 1024
"""Bytes from the start, and of a ZIP from the end too: there it names its files."""
_ZIP = b"PK"
_MB = 1024 * 1024


class ImportForm(forms.Form):
    """Valid means that the file is of a known format; what is in it is told by the dry run."""

    file = forms.FileField(
        label="The file",
        widget=forms.FileInput({"accept": ".zip,.csv,.tsv,.jsonl,.ndjson,.json,.jsonld"}),
        help_text="Up to 200 MB. Nothing is made before you have seen what would be.",
    )

    columns = COLUMNS

    def clean_file(self) -> Any:
        """Sets `kind`, the format."""
        file = self.cleaned_data["file"]
        if file.size > MAX_IMPORT:
            raise forms.ValidationError(
                f"The file is {file.size / _MB:.0f} MB; the most that is taken is 200 MB."
            )
        head = file.read(_HEAD)
        if head.startswith(_ZIP):
            file.seek(max(len(head), file.size - _HEAD))
            head += file.read(_HEAD)
        file.seek(0)
        kind = format_of(file.name, head)
        if kind is None:
            known = "; ".join(one.label for one in FORMATS.values())
            raise forms.ValidationError(f"It is none of what can be brought in here ({known}).")
        self.cleaned_data["kind"] = kind
        return file
