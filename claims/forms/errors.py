"""What an action refused, put beside the field that is at fault."""

from __future__ import annotations

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

# The action's word for a column -> the field in which a person sees it.
SHOWN_IN = {
    "source": "source_name",
    "via": "via_name",
    "accused": "accused_name",
    "incident": "incident_name",
    "question": "new_question",
    "competes_with": "competes",
    "text": "new_answer",
}


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Adds each message to its field, or to the form as a whole where it has none such."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        field = name if name in form.fields else SHOWN_IN.get(name, "")
        form.add_error(field if field in form.fields and name != NON_FIELD_ERRORS else None, errors)
