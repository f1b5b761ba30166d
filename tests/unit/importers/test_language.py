from __future__ import annotations

import pytest

from claims.importers.language import guess_language

from .samples import NEWS

KNOWN = ["en", "fr", "de", "ru", "uk", "ar", "he", "el", "tr", "zh", "ja", "ko", "th"]


@pytest.mark.parametrize("language", KNOWN)
def test_news(language: str) -> None:
    assert guess_language(NEWS[language]) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("سخنگوی وزارت گفت که هیچ روستایی هدف قرار نگرفته است", "fa"),
        ("ترجمان نے کہا کہ کوئی گاؤں نشانہ نہیں بنا", "ur"),
        ("El portavoz dijo que las fuerzas de la zona no atacaron el pueblo", "es"),
        ("Rzecznik ministerstwa zaprzeczył", ""),
        ("Говорителят отрече", ""),
        ("12:30 👍", ""),
        ("...", ""),
        ("", ""),
    ],
)
def test_by_letters_and_words_or_not_at_all(text: str, language: str) -> None:
    assert guess_language(text) == language
