"""What waits for approval: the filters of the list, and what is ticked on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q

from claims.forms.filtering import ListFilter
from claims.forms.incident_pick import MOST_WORDS, NAMES, few, holding
from claims.models import Article, Claim, Incident, Membership, User, Workspace
from claims.models.quoted import Sieve, quoting
from claims.records import ClaimStatus
from claims.searching.facets import NEVER, Filter, Noun
from claims.searching.query import parse

LONGEST = 5_000


class ApprovalFilter(ListFilter):
    """Which waiting claims are shown; all fields together narrow it down."""

    q = forms.CharField(
        label="Words of the quote",
        required=False,
        max_length=300,
        strip=False,  # a space at the end makes the last word a whole one, as in the search
        widget=forms.TextInput({"type": "search", "dir": "auto"}),
    )
    incident = forms.CharField(
        required=False,
        max_length=300,
        widget=forms.TextInput({"placeholder": "code or title", "dir": "auto"}),
    )
    annotator: Any = forms.ModelChoiceField(
        User.objects.none(), required=False, empty_label="anybody"
    )

    def __init__(self, workspace: Workspace, data: Any) -> None:
        super().__init__(data)
        self.workspace = workspace
        submitted = Claim.objects.within(workspace).filter(status=ClaimStatus.SUBMITTED.value)
        seats = Membership.objects.filter(workspace=workspace)
        # Members, and those who have left and whose claims still wait.
        field: Any = self.fields["annotator"]
        field.queryset = User.objects.filter(
            Q(pk__in=seats.values("user"))
            | Exists(submitted.kept().filter(annotator=OuterRef("pk")))
        ).order_by("username")

    @property
    def narrows(self) -> bool:
        """Whether anything was asked for, even what can't be."""
        return bool(self.errors) or any(self.cleaned_data.values())

    def narrow(self, claims: Any) -> tuple[Any, Sieve | None]:
        """`claims`, narrowed, and what they have to pass; none where a filter can't be read."""
        if not self.is_valid():
            return claims.none(), None
        data = self.cleaned_data
        groups = Filter(self.workspace.pk, noun=Noun.CLAIM.value).groups()
        if person := data["annotator"]:
            claims = claims.filter(annotator=person)
            groups.append([f"a{person.pk}"])
        if text := data["incident"]:
            meant = _meant(Incident.objects.within(self.workspace).kept(), text)
            ids = few(meant)
            if ids is not None:
                claims = claims.filter(incident__in=ids)
                groups.append([f"i{pk}" for pk in ids] or [NEVER])
            else:
                # Claim by claim: else all of theirs would be put in order first.
                claims = claims.filter(Exists(meant.filter(pk=OuterRef("incident"))))
        if not data["q"].strip():
            return claims, None
        query = parse(data["q"])
        return quoting(claims, query, groups) if query.terms else (claims.none(), None)


def _meant(incidents: Any, text: str) -> Any:
    """The incident that begins with this code, as it is printed; else those that hold the words."""
    exact = incidents.filter(code=text.split(maxsplit=1)[0])
    if exact.exists():
        return exact
    return holding(incidents, text.split()[:MOST_WORDS], NAMES)


class DecideForm(forms.Form):
    """What was ticked (`claim:<uid>:<version>`), and why it is sent back."""

    chosen = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": "Tick at least one."}
    )
    why = forms.CharField(
        label="What is missing (for sending back)",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        sent = data.getlist("chosen") if data else []
        field: Any = self.fields["chosen"]
        field.choices = [(one, one) for one in sent]

    @property
    def ticked(self) -> set[str]:
        """What was sent as ticked, so that it stays so."""
        return {value for value, _ in self.fields["chosen"].choices}  # type: ignore[attr-defined]

    def seen(self, workspace: Workspace) -> list[tuple[Any, int]]:
        """The ticked rows of this desk, with their versions. Raises ValidationError for others."""
        wanted = [self._read(one) for one in self.cleaned_data["chosen"]]
        rows: dict[tuple[str, str], Any] = {}
        for noun, model in (("claim", Claim), ("article", Article)):
            uids = [uid for kind, uid, _ in wanted if kind == noun]
            for row in model.objects.within(workspace).kept().filter(uid__in=uids):
                rows[noun, str(row.uid)] = row
        if any((noun, uid) not in rows for noun, uid, _ in wanted):
            raise forms.ValidationError("One of them is not there any more; nothing was done.")
        return [(rows[noun, uid], version) for noun, uid, version in wanted]

    @staticmethod
    def _read(one: str) -> tuple[str, str, int]:
        noun, _, rest = one.partition(":")
        uid, _, version = rest.partition(":")
        try:
            return noun, str(forms.UUIDField().clean(uid)), int(version[:9])
        except (forms.ValidationError, ValueError) as error:
            raise forms.ValidationError("What was ticked can't be read.") from error
