"""Which incident or source is the same as the one in hand."""

from __future__ import annotations

from typing import Any

from claims.forms.incident import called
from claims.forms.picked import PickingForm, name_field, uid_field
from claims.models import Incident, Source

AT_MOST = 9


class MergeForm(PickingForm):
    """The other one, picked or named; after `is_valid()` it is `cleaned_data["other"]`."""

    other = uid_field()
    other_name = name_field("The same as", max_length=400)

    def __init__(self, row: Incident | Source, data: Any = None) -> None:
        super().__init__(data)
        self.rows: Any = type(row).objects.within(row.workspace).kept().exclude(pk=row.pk)
        self.row = row

    def called(self, typed: str) -> list[Any]:
        """Incidents by code or title; sources by a name: named ones, and the row's own unnamed."""
        if isinstance(self.row, Incident):
            return called(self.rows, typed)
        return list(self.rows.called(typed, self.row.article)[:AT_MOST])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        row = self.picked("other", self.rows, self.called)
        if isinstance(row, str) or (row is None and not self.errors):
            self.add_error("other_name", f"No other {self.row._meta.verbose_name} is called so.")
        data["other"] = row
        return data
