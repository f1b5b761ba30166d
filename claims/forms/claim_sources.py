"""Who says it, by way of whom, and whom it blames: sources picked, or named and made in place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from claims.actions.source import NewSource
from claims.forms.picked import ANOTHER, uid_field
from claims.models import Article, Source, Workspace

PICKED = ("source", "via", "accused")
MOST = 9


class SourcesForm(forms.Form):
    """`options` holds, for a field, the rows that its name may mean, to be chosen from."""

    source = uid_field()
    source_name = forms.CharField(label="Who says it", max_length=200, required=False)
    unnamed = forms.BooleanField(
        label="unnamed (“a medic”): stays with this article", required=False
    )
    via = uid_field()
    via_name = forms.CharField(label="Relayed by", max_length=200, required=False)
    accused = uid_field()
    accused_name = forms.CharField(label="Whom it blames", max_length=200, required=False)

    workspace: Workspace
    article: Article
    options: dict[str, list[Any]]

    def find(self, model: Any, name: str) -> Any:
        """The row of this desk whose uid the field carries; None where it carries none."""
        value = self.data.get(name) if self.is_bound else self.initial.get(name)
        try:
            uid = value if isinstance(value, UUID) else UUID(str(value))
        except ValueError:
            return None
        return model.objects.within(self.workspace).kept().filter(uid=uid).first()

    def clean_sources(self) -> None:
        """Puts what was picked or named under `source_row`, `via_row`, `accused_row`."""
        data = self.cleaned_data
        for name in PICKED:
            if name in self.errors:
                # Nobody sees an error of a hidden field.
                self.add_error(f"{name}_name", "That can't be read. Pick it again.")
            data[f"{name}_row"] = None if name in self.errors else self._source(name)
        if data["source_row"] is None and "source_name" not in self.errors:
            self.add_error("source_name", "Say who says it.")

    def _source(self, name: str) -> Source | NewSource | None:
        data = self.cleaned_data
        typed = (data.get(f"{name}_name") or "").strip()
        unnamed = name == "source" and bool(data.get("unnamed"))
        picked = data.get(name)
        if not typed and f"{name}_name" in self.data:
            # Without JavaScript a name can be taken out while the old pick is still sent.
            return None
        if picked and picked != ANOTHER:
            row: Source | None = self.find(Source, name)
            if row is None or row.article_id not in (None, self.article.pk):
                self.add_error(f"{name}_name", "That source is not there.")
                return None
            # Without JavaScript a name can be typed over while the old pick is still sent.
            if typed in ("", row.name) or row in self._called(typed):
                if unnamed and row.named:
                    self.add_error(
                        "source_name",
                        f"“{row}” is a source with a name, known beyond this article. Untick "
                        "“unnamed” to mean it, or call this one otherwise.",
                    )
                return row
        if not typed:
            return None
        if unnamed:
            return NewSource(typed, named=False)
        return NewSource(typed) if picked == ANOTHER else self._choose(name, typed)

    def _choose(self, name: str, typed: str) -> Source | NewSource | None:
        """The one that is called so, or that was chosen of several, or a new one."""
        fits = self._called(typed)
        nearly = [] if fits else self._beginning(typed)
        choice = self.data.get(f"{name}_choice", "")
        if choice == ANOTHER or not (fits or nearly):
            return NewSource(typed)
        for fit in [*fits, *nearly]:
            if len(fits) == 1 or str(fit.uid) == choice:
                return fit
        self.options[name] = fits or nearly
        self.add_error(
            f"{name}_name",
            f"Several are called “{typed}”: choose one."
            if fits
            else f"None is called just “{typed}”: choose one, or make a new one.",
        )
        return None

    def _called(self, name: str) -> list[Source]:
        kept = Source.objects.within(self.workspace).kept()
        return list(kept.called(name, self.article)[:MOST])

    def _beginning(self, name: str) -> list[Source]:
        kept = Source.objects.within(self.workspace).kept()
        return list(kept.beginning(name, self.article)[:MOST])
