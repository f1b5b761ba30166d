"""Languages to choose from; any other BCP 47 tag can be typed."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from claims.importers.language import written

LANGUAGES = [
    ("ar", "Arabic"),
    ("zh", "Chinese"),
    ("nl", "Dutch"),
    ("en", "English"),
    ("fa", "Persian"),
    ("fr", "French"),
    ("de", "German"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ckb", "Kurdish (Sorani)"),
    ("ku", "Kurdish (Kurmanji)"),
    ("ps", "Pashto"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ru", "Russian"),
    ("es", "Spanish"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
]
NAMES = dict(LANGUAGES)


def tag(value: str) -> str:
    """`value` in the usual writing of BCP 47 ("en-GB", "zh-Hans"). Raises ValidationError."""
    if not value:
        return ""
    if (found := written(value)) is None:
        raise ValidationError("Give a language as a code, such as en, ar or zh-Hans.")
    return found


def name(value: str) -> str:
    """The language in English where it is one of the list ("Arabic"), else its tag."""
    first, _, rest = value.partition("-")
    known = NAMES.get(first, first)
    return f"{known} ({value})" if rest and first in NAMES else known
