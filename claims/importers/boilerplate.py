"""Lines that came with an article and are probably none of it.

Only proposals, for a person to tick in the preview: nothing is dropped by itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from claims.anchoring.text import paragraphs
from claims.anchoring.white import WHITE
from claims.importers.page import ReadError

CREDIT = "photo caption or credit"
COMMENTS = "comments"
SHARING = "sharing or subscribing"
MORE = "link to other pages"
ADVERT = "advertisement"
TAGS = "tags"
RIGHTS = "copyright notice"

_SHORT = 120  # code points; a longer line is a paragraph that happens to begin like one of these
_ENDING = 300  # how much of a long line is looked at, from its end: a caption's credit is there

_ANY_LENGTH = {
    CREDIT: r"""
        [(\[]\s*(?:file\s+)?(?:photo|image|picture|pic|photograph|illustration|credit|video)s?
            \s*(?:by|:|from|credit|courtesy|/)[^)\]]*[)\]]\s*$
        | [(\[][^)\]]{0,40}(?:AP\ Photo|AFP\ Photo|Getty\ Images|File\ Photo|/\s*Getty|via\ AP)
            [^)\]]*[)\]]\s*$
        | (?:photo|photograph|picture)(?:s)?\s*(?:by|credit)?\s*:\s*\S.{0,40}$
        | [(\[]\s*(?:تصوير|صورة|الصورة|صورة\ أرشيفية|عدسة)[^)\]]*[)\]]\s*$
        | [(\[]\s*(?:фото|снимок|иллюстрация)[^)\]]*[)\]]\s*$
        | (?:фото|снимок)\s*:\s*\S.{0,40}$
    """,
}
_SHORT_ONLY = {
    CREDIT: r"""
        ^(?:file\s+)?(?:photo|image|picture|photograph|caption)s?\s*(?:by\b|:|credit|courtesy)
        | ^©\s*\S+.*(?:getty|afp|reuters|ap\b|epa)
        | ^(?:صورة|الصورة|تصوير|صورة\ أرشيفية|مصدر\ الصورة)\s*[:：]
        | ^(?:фото|снимок|иллюстрация|на\ фото)\s*[:：]
    """,
    COMMENTS: r"""
        ^(?:no|\d[\d,.]*|leave\ (?:a|your)|post\ (?:a|your)|add\ (?:a|your)|write\ a|view\ all|show
            |load\ more|be\ the\ first\ to|join\ the)?\s*comment(?:s|ing)?\s*
            (?:[:.(]|on\ this|here|below|section|\d|$)
        | ^(?:leave\ a\ reply|be\ the\ first\ to\ comment|comments?\ are\ closed
            |join\ the\ conversation)
        | ^(?:لا\ توجد\ تعليقات|لا\ تعليقات|التعليقات|تعليقات|أضف\ تعليق|اترك\ تعليق|أضف\ تعليقا
            |شارك\ برأيك)
        | ^(?:нет\ комментариев|комментарии|комментариев|оставить\ комментарий|оставьте\ комментарий
            |добавить\ комментарий|прокомментировать)
    """,
    SHARING: r"""
        ^(?:share|tweet|e-?mail|print|whatsapp|telegram|facebook|twitter|copy\ link|save)
            (?:\s+(?:this|on|via|to|article|story|it|link).{0,60})?[\s:!.]*$
        | ^(?:share\ (?:this|on|via)|follow\ (?:us|me)\b|like\ us\ on|find\ us\ on|sign\ up\b
            |subscribe\b|join\ (?:our|us\ on)|get\ our\b|download\ (?:our|the)\ app|newsletter)
        | ^(?:شارك|شاركها|مشاركة|تابعنا|تابعونا|اشترك|اشتركوا|انضم\ إلى
            |النشرة\ البريدية|طباعة)(?!\p{L})
        | ^(?:поделиться|поделитесь|подписаться|подписывайтесь|подпишитесь|читайте\ нас\ в
            |распечатать)
    """,
    MORE: r"""
        ^(?:read\ (?:more|also|next|on)|see\ also|also\ read|more\ (?:on|from|about)\b|related\b
            |recommended\b|most\ (?:read|popular|viewed)|you\ (?:may|might)\ also|continue\ reading
            |click\ here|watch\ (?:also|more|now|:)|watch:|trending\ now|up\ next
            |(?:next|previous|newer|older)\ (?:post|article|story)|back\ to\ top|home$)
        | ^(?:اقرأ\ أيضا|اقرأ\ أيضًا|إقرأ\ أيضا
            |اقرأ\ المزيد|المزيد(?:\ من|\ عن|\s*:|$)|مواضيع\ ذات\ صلة
            |أخبار\ ذات\ صلة|ذات\ صلة|شاهد\ أيضا|الأكثر\ قراءة)
        | ^(?:читайте\ также|читать\ (?:далее|также|полностью)|подробнее|по\ теме|ещё\ по\ теме
            |смотрите\ также|материалы\ по\ теме|самое\ читаемое)
    """,
    ADVERT: r"""
        ^(?:advertisements?|advertising|sponsored(?:\ content)?|promoted|ad|skip\ ad
            |(?:story|article)\ continues\ below(?:\ this\ ad\w*)?|إعلان|اعلان|إعلانات|محتوى\ مموّل
            |реклама|на\ правах\ рекламы)\s*[:.]?\s*$
    """,
    TAGS: r"""
        ^(?:tags?|topics?|labels?|filed\ under|categor(?:y|ies)|keywords?|posted\ in|tagged)\s*[:：]
        | ^(?:tags|topics|labels)$
        | ^(?:الوسوم|وسوم|كلمات\ مفتاحية|الكلمات\ المفتاحية
            |الكلمات\ الدلالية
            |تصنيفات)\s*(?:[:：]|$)
        | ^(?:теги|метки|ключевые\ слова|рубрик[аи]|темы)\s*(?:[:：]|$)
        | ^(?:\#[\p{L}\p{N}_]+[\s,]*)+$
    """,
    RIGHTS: r"""
        ^(?:©|\(c\)|copyright\b|all\ rights\ reserved|جميع\ الحقوق\ محفوظة
            |حقوق\ النشر|все\ права\ защищены)
    """,
}
_FLAGS = regex.VERBOSE | regex.IGNORECASE
_RULES = [(regex.compile(rule, _FLAGS), reason, True) for reason, rule in _ANY_LENGTH.items()]
_RULES += [(regex.compile(rule, _FLAGS), reason, False) for reason, rule in _SHORT_ONLY.items()]


def suspects(text: str) -> dict[int, str]:
    """Paragraph number → why that line is probably not the article, in English, Arabic, Russian.

    Ordered by number. Lines in other languages are not recognised.
    """
    found = {}
    for paragraph in paragraphs(text):
        line = paragraph.text.strip(WHITE)
        for rule, reason, any_length in _RULES:
            if (any_length or len(line) <= _SHORT) and rule.search(line[-_ENDING:]):
                found[paragraph.number] = reason
                break
    return found


def drop(text: str, numbers: Iterable[int]) -> str:
    """The text without the lines of these paragraph numbers; all else stays exactly as it is.

    Only blank lines at the start and the end go too. `ReadError` for a number that the text
    does not have, and when no paragraph would be left.
    """
    lines = text.split("\n")
    dropped = set(numbers)
    unknown = sorted(number for number in dropped if not 1 <= number <= len(lines))
    if unknown:
        raise ReadError(f"There is no paragraph {unknown[0]}; the text has {len(lines)} lines.")
    kept = [line for number, line in enumerate(lines, start=1) if number not in dropped]
    filled = [index for index, line in enumerate(kept) if line.strip(WHITE)]
    if not filled:
        raise ReadError("No paragraph is left: keep at least one.")
    return "\n".join(kept[filled[0] : filled[-1] + 1])
