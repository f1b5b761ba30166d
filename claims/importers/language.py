"""Which language a text is in, where its letters or its small words say so."""

from __future__ import annotations

from collections import Counter

import regex

_SCRIPTS = {
    "latin": r"\p{Script=Latin}",
    "arabic": r"\p{Script=Arabic}",
    "cyrillic": r"\p{Script=Cyrillic}",
    "kana": r"[\p{Script=Hiragana}\p{Script=Katakana}]",
    "han": r"\p{Script=Han}",
    "he": r"\p{Script=Hebrew}",
    "el": r"\p{Script=Greek}",
    "ko": r"\p{Script=Hangul}",
    "hi": r"\p{Script=Devanagari}",
    "th": r"\p{Script=Thai}",
    "ka": r"\p{Script=Georgian}",
    "hy": r"\p{Script=Armenian}",
}
_COUNTERS = {name: regex.compile(pattern) for name, pattern in _SCRIPTS.items()}
# Letters that one language has and its neighbours in the script do not. First match wins.
_TELLING = {
    "arabic": [("ckb", "ێۆڕڵە"), ("ps", "ټډړښځڅې"), ("ur", "ٹڈڑںے"), ("fa", "پچژگیک")],
    "cyrillic": [("uk", "їєґ"), ("be", "ў"), ("sr", "ђћџљњј"), ("ru", "ыэё")],
}
_OTHERWISE = {"arabic": "ar"}
_STOP_WORDS = {
    "en": "the of and to in that was for on with said by from were has have it which",
    "fr": "le la les des et en un une du que est dans pour qui par sur au aux pas",
    "de": "der die das und in den von zu mit sich auf für ist im dem nicht ein eine "
    "am es sei sagte wurde hat",
    "es": "el la los las de que y en un una por con para del se su al es",
    "tr": "ve bir bu için ile da de olarak daha olan gibi kadar sonra dedi",
}
_WORDS = {name: frozenset(words.split()) for name, words in _STOP_WORDS.items()}
_TAG = regex.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_REGION = regex.compile(r"[A-Za-z]{2}")
_SCRIPT = regex.compile(r"[A-Za-z]{4}")
_SAMPLE = 5_000
_LEAST_SHARE = 0.1
_TELLING_SHARE = 0.004
_LEAST_LEAD = 1.5


def guess_language(text: str) -> str:
    """A BCP 47 tag for the language of a text, or "" when nothing tells; a proposal only."""
    sample = text[:_SAMPLE]
    counts = {name: len(one.findall(sample)) for name, one in _COUNTERS.items()}
    script = max(counts, key=lambda name: counts[name])
    if not counts[script]:
        return ""
    if script in ("han", "kana"):
        return "ja" if counts["kana"] * 10 >= counts["han"] else "zh"
    if script == "latin":
        return _by_words(sample)
    if script in _TELLING:
        return _by_letters(sample.lower(), script, counts[script])
    return script


def written(tag: str) -> str | None:
    """A tag in the usual writing of BCP 47 ("en-GB", "zh-Hans"); None for what is no tag."""
    if not _TAG.fullmatch(tag):
        return None
    first, *others = tag.split("-")
    return "-".join([first.lower(), *(_part(part) for part in others)])


def _part(part: str) -> str:
    """Regions (two letters) in capitals, scripts (four letters) with one, the rest small."""
    if _REGION.fullmatch(part):
        return part.upper()
    return part.title() if _SCRIPT.fullmatch(part) else part.lower()


def _by_letters(text: str, script: str, letters: int) -> str:
    for language, telling in _TELLING[script]:
        # One borrowed letter in a name is not a language.
        if sum(text.count(letter) for letter in telling) > letters * _TELLING_SHARE:
            return language
    return _OTHERWISE.get(script, "")


def _by_words(text: str) -> str:
    words = Counter(regex.findall(r"\p{L}+", text.lower()))
    hits = {name: sum(words[word] for word in own) for name, own in _WORDS.items()}
    first, second = sorted(hits, key=lambda name: -hits[name])[:2]
    enough = hits[first] >= _LEAST_SHARE * words.total()
    return first if enough and hits[first] >= _LEAST_LEAD * hits[second] else ""
