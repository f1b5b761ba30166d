"""A file of many articles, sent in; and what is chosen of one of another tool."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms

from claims.actions.import_formats import FORMATS, format_of
from claims.importers.article_table import COLUMNS
from claims.importers.choices import OUT, Choices, of_json
from claims.models import Import
from claims.records import SpanRole

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


PARTS = (
    ("", "a claim of its own"),
    (SpanRole.CONTENT.value, "what is said"),
    (SpanRole.SOURCE.value, "who says it"),
    (SpanRole.CUE.value, "reporting words"),
    (OUT, "left out"),
)


class ChoicesForm(forms.Form):
    """What labels mean whose names do not say it, and whether claims are made twice.

    What is not offered stays as it was chosen before.
    """

    def __init__(self, job: Import, data: Any = None) -> None:
        super().__init__(data)
        offers = job.offers or {"labels": [], "twice": 0}
        self.held = of_json(job.choices)
        self.of: dict[str, str] = {}
        self.counts = dict(offers["labels"])
        for label in self.counts:
            name = f"label-{hashlib.sha256(label.encode()).hexdigest()[:16]}"
            self.of[name] = label
            self.fields[name] = forms.ChoiceField(
                choices=PARTS, required=False, label=label, initial=self.held.labels.get(label, "")
            )
        if offers["twice"]:
            self.fields["twice"] = forms.BooleanField(
                required=False,
                initial=self.held.twice,
                label=f"Make claims that stand here already once more ({offers['twice']:,})",
            )

    def rows(self) -> list[tuple[Any, int]]:
        """The fields of labels, with the number of marks of each."""
        return [(self[name], self.counts[label]) for name, label in self.of.items()]

    def chosen(self) -> Choices:
        """Once it is valid."""
        labels = dict(self.held.labels)
        for name, label in self.of.items():
            if part := self.cleaned_data[name]:
                labels[label] = part
            else:
                labels.pop(label, None)
        return Choices(labels, self.cleaned_data.get("twice", self.held.twice))
