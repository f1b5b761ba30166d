"""Languages to choose from; any other BCP 47 tag can be typed."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

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
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_REGION = re.compile(r"[A-Za-z]{2}")
_SCRIPT = re.compile(r"[A-Za-z]{4}")


def tag(value: str) -> str:
    """`value` in the usual writing of BCP 47 ("en-GB", "zh-Hans"). Raises ValidationError."""
    if not value:
        return ""
    if not _TAG.fullmatch(value):
        raise ValidationError("Give a language as a code, such as en, ar or zh-Hans.")
    first, *others = value.split("-")
    return "-".join([first.lower(), *(_part(part) for part in others)])


def name(value: str) -> str:
    """The language in English where it is one of the list ("Arabic"), else its tag."""
    first, _, rest = value.partition("-")
    known = NAMES.get(first, first)
    return f"{known} ({value})" if rest and first in NAMES else known


def _part(part: str) -> str:
    """Regions (two letters) in capitals, scripts (four letters) with one, the rest small."""
    if _REGION.fullmatch(part):
        return part.upper()
    return part.title() if _SCRIPT.fullmatch(part) else part.lower()
