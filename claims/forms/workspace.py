"""A desk: opened, named, given its conventions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import slugify

from claims.models import User, Workspace
from claims.policy import has_second_factor
from claims.records import Aspect

if TYPE_CHECKING:
    SettingsBase = forms.ModelForm[Workspace]
    FormSetBase = forms.BaseFormSet["TemplateForm"]
else:
    SettingsBase = forms.ModelForm
    FormSetBase = forms.BaseFormSet

RESERVED = {"new"}
LONGEST_ANSWER = 300


class NewWorkspaceForm(forms.Form):
    """A name; the address follows from it, unless it is given."""

    name = forms.CharField(max_length=200, help_text="The team or the subject, such as “Syria”.")
    slug = forms.SlugField(
        label="Address",
        max_length=50,
        required=False,
        help_text="Letters, digits and hyphens, after /w/. Empty: made from the name.",
    )

    def clean(self) -> dict[str, Any]:
        """The address must be free, and there must be one."""
        slug = self.cleaned_data.get("slug") or slugify(self.cleaned_data.get("name", ""))[:50]
        if "slug" in self.errors or "name" in self.errors:
            return self.cleaned_data
        slug = slug.lower()
        if not slug:
            self.add_error("slug", "Give an address: none can be made from this name.")
        elif slug in RESERVED or Workspace.objects.filter(slug__iexact=slug).exists():
            self.add_error("slug", f"The address “{slug}” is taken.")
        self.cleaned_data["slug"] = slug
        return self.cleaned_data


class SettingsForm(SettingsBase):
    """The conventions of a desk."""

    class Meta:
        model = Workspace
        fields = [
            "name",
            "dozens_from",
            "incident_code",
            "uses_reliability",
            "uses_credibility",
            "uses_certainty",
            "requires_second_factor",
            "suggests",
        ]
        help_texts = {
            "dozens_from": "What “dozens” counts as at least, where a number is needed. "
            "It is always marked as our convention.",
            "incident_code": "YYYYMMDD becomes the day of the incident, NN the first free "
            "number of that day, such as IQ-YYYYMMDD-NN.",
        }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_requires_second_factor(self) -> bool:
        """An owner who has none would shut themselves out with the same click."""
        wanted: bool = self.cleaned_data["requires_second_factor"]
        if wanted and not has_second_factor(self.user):
            raise forms.ValidationError("Set up your own second factor first.")
        return wanted


class TemplateForm(forms.Form):
    """A question that every new incident of the desk begins with."""

    text = forms.CharField(label="Question", max_length=300)
    aspect = forms.ChoiceField(
        label="About", choices=Aspect.choices, initial=Aspect.OTHER.value, required=False
    )
    is_key = forms.BooleanField(label="key question (★)", required=False)
    exclusive = forms.BooleanField(label="only one answer can be so", required=False, initial=True)
    positions = forms.CharField(
        label="Answers, one a line",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def has_changed(self) -> bool:
        """The empty one at the end counts once something is written in it, not when ticked."""
        return any(self[name].value() for name in ("text", "positions"))

    def clean_aspect(self) -> str:
        return self.cleaned_data["aspect"] or Aspect.OTHER.value

    def clean_positions(self) -> list[str]:
        """The answers in their order; empty lines do not count."""
        lines = self.cleaned_data["positions"].splitlines()
        answers = [line.strip() for line in lines if line.strip()]
        for number, answer in enumerate(answers):
            if answer in answers[:number]:
                raise forms.ValidationError(f"“{answer}” is there twice.")
            if len(answer) > LONGEST_ANSWER:
                raise forms.ValidationError(f"“{answer[:40]}…” is longer than 300 characters.")
        return answers


class TemplateFormSet(FormSetBase):
    """The question templates; two of one text would be one question asked twice."""

    def clean(self) -> None:
        seen = set()
        for form in self.forms:
            told = getattr(form, "cleaned_data", {})
            text = told.get("text")
            if not text or told.get("DELETE"):
                continue
            if text in seen:
                form.add_error("text", "This question is there twice.")
            seen.add(text)

    def templates(self) -> list[dict[str, Any]]:
        """What the desk keeps, in the order of the page."""
        names = ("text", "aspect", "is_key", "exclusive", "positions")
        return [
            {name: form.cleaned_data[name] for name in names}
            for form in self.forms
            if form.cleaned_data.get("text") and not form.cleaned_data.get("DELETE")
        ]


Templates: Any = forms.formset_factory(
    TemplateForm, formset=TemplateFormSet, extra=1, can_delete=True, max_num=40, validate_max=True
)


def initial_templates(workspace: Workspace) -> list[dict[str, Any]]:
    """The desk's templates as the formset shows them."""
    return [
        {**template, "positions": "\n".join(template.get("positions", []))}
        for template in workspace.question_templates
    ]
