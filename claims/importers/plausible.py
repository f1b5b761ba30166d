"""How likely a decoded text is to be what its author wrote.

Statistics over a short news item cannot tell windows-1252 from windows-1250, in which
nearly every byte is some letter; what can is whether the letters that come out are those
that a language uses, in places where it uses them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

COMMON_HAN = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行"
    "学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前"
    "外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军"
    "很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别"
    "她手角期根论运农指几九区强放决西被干做必战先回则任取据处府死亡伤村平民袭击空示周星访记报导部队调查"
    "這個們來時為說國會對過後發動學經進種產裡現實體應開還關與間樣線內數點從業當條沒結題問東車長軍總統無電話報導隊調查襲擊傷"
    "日本年月人者中国会社新聞政府発表述調査事件民間死亡軍空爆攻撃首相当局地方東京市村家"
)
_SCRIPTS = {
    "L": r"\p{Script=Latin}",
    "C": r"\p{Script=Cyrillic}",
    "A": r"\p{Script=Arabic}",
    "H": r"\p{Script=Hebrew}",
    "G": r"\p{Script=Greek}",
    "J": r"[\p{Script=Hiragana}\p{Script=Katakana}ー]",
    "Z": r"\p{Script=Han}",
    "K": r"[\uac00-\ud7a3]",
    "T": r"\p{Script=Thai}",
}
_SCRIPT = {name: regex.compile(pattern) for name, pattern in _SCRIPTS.items()}
_USUAL = {
    "L": "éèàçêâîôûëïùœæäöüßñáíóúãõåøğışİ",
    "C": "оеаинтсрвлкмдпуяызьбгчйхжшюцщэфъёіїєґ",
    "A": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچژگکی،؛؟",
    "H": "אבגדהוזחטיכלמנסעפצקרשתךםןףץ",
    "G": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋ",
}
_POLISH_AND_KIN = "ąćęłńśźżčďěňřšťůýžőűăâîșțşţđ"
_OFTEN = {"L": "éığş", "C": "оеаинтсрвл", "A": "اليمونرتبع", "H": "יוהלאתמ", "G": "αοιετσνηυρπκ"}
_RARE = {"C": "фцщэъёжшхюй", "H": "טזגסצךףץ", "A": "ظغذضؤئث"}
_OFTEN_HANGUL = frozenset("이다는을에의가고한하지로를은도기사서자대시리들그인어나정부일해수전라보")
_ONE_LETTER_WORDS = frozenset("вискоуаяєіжбàâáéèêíóòôúùאבהולמשכαηοωو")
_MARKS = "£€§“”‘’«»–—…„°№。、，「」『』：；？！（）・《》"
_NOT_ASCII = regex.compile(r"[^\x00-\x7f]")
_REFUSED = -8.0
SAMPLE = 6_000


class Letters(NamedTuple):
    """What a non-ASCII character is: its script ("" for none), and how usual it is (-8 to 3)."""

    script: str
    worth: float


def sample(text: str) -> str:
    """The lines of a text that hold more than ASCII, cut to about `SAMPLE` code points."""
    found: list[str] = []
    size = 0
    for line in text.splitlines():
        first = _NOT_ASCII.search(line)
        if first:
            piece = line[max(first.start() - 80, 0) :][: SAMPLE - size]
            found.append(piece)
            size += len(piece)
        if size >= SAMPLE:
            break
    return "\n".join(found)


def plausibility(text: str) -> float:
    """The mean worth of a text's non-ASCII characters, about -8 (nonsense) to 4 (sure).

    0 for a text that is ASCII only. Only comparisons between decodings of the same bytes
    mean anything.
    """
    total, count, ascii_letters = 0.0, 0, 0
    counts = dict.fromkeys(_SCRIPTS, 0)
    previous = _NOTHING
    before = " "
    for character in text:
        if character.isascii() and (character >= " " or character in "\t\n\f\r\x1b"):
            here = _ASCII_LETTER if character.isalpha() else _NOTHING
            ascii_letters += character.isalpha()
        else:
            here = _letters(character)
            count += 1
            total += here.worth
            if here.script:
                counts[here.script] += 1
        total += _neighbours(before, previous, character, here)
        previous, before = here, character
    if not count:
        return 0.0
    mixed = sum(counts.values()) - max(counts.values())
    if counts["J"] * 10 >= counts["Z"]:  # Japanese is written in both
        mixed -= min(counts["J"], counts["Z"])
    foreign = sum(counts.values()) - counts["L"]
    if ascii_letters > 4 * foreign:  # a stray Cyrillic letter in English is a dash misread
        mixed += foreign
    lone = sum(1.0 for word in _LONE_LETTER.findall(text) if word.lower() not in _ONE_LETTER_WORDS)
    return (total - 4.0 * mixed - 2.0 * lone) / count


def _neighbours(before: str, previous: Letters, character: str, here: Letters) -> float:
    """What it says that `character` follows `before`: wrong case, or a change of script."""
    if previous.script and here.script and previous.script != here.script:
        pair = {previous.script, here.script}
        return 0.0 if pair <= {"J", "Z"} else -3.0
    if not (before.isascii() and character.isascii()):
        if previous.script == here.script == "L" and not (before.isascii() or character.isascii()):
            return -1.0  # accented letters seldom stand side by side
        if before.islower() and character.isupper():
            return -2.0
        if before.isupper() and character.isupper() and here.script == "C":
            return -0.5  # Hebrew and Arabic bytes read as KOI8 are all capitals
        if here.script and before.isdigit() and here.script not in "JZK":
            return -1.0
    return 0.0


_NOTHING = Letters("", 0.0)
_ASCII_LETTER = Letters("L", 0.0)
_LONE_LETTER = regex.compile(
    r"(?<=[\s(])[[\p{L}]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}a-zA-Z]](?=[\s)])", regex.V1
)


@lru_cache(maxsize=8192)
def _letters(character: str) -> Letters:
    if not character.isprintable() and character not in "\xa0\xad\u200c\u200d\u200e\u200f\u3000":
        return Letters("", _REFUSED)  # controls, private use, unassigned
    script = next((name for name, one in _SCRIPT.items() if one.match(character)), "")
    lower = character.lower()
    if script in _USUAL:
        if lower in _OFTEN.get(script, ""):
            return Letters(script, 3.0)
        if lower in _RARE.get(script, ""):
            return Letters(script, 1.2)
        if lower in _USUAL[script]:
            return Letters(script, 2.0)
        if script == "L":
            return Letters(script, 1.4 if lower in _POLISH_AND_KIN else -2.0)
        return Letters(script, -1.0)
    if script == "Z":
        return Letters(script, 3.0 if character in COMMON_HAN else 0.3)
    if script == "J":
        return Letters(script, 3.0 if "ぁ" <= character <= "ヿ" else -2.0)  # half-width kana: rare
    if script == "K":
        return Letters(script, 2.9 if character in _OFTEN_HANGUL else 1.7)
    if script == "T":
        return Letters(script, 1.8)
    return Letters("", 1.8 if character in _MARKS else (0.5 if character in "\xa0\u3000" else -1.5))
