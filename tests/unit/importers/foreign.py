"""Files of annotations in the shapes that other tools write, with texts of our own."""

from __future__ import annotations

import json
from typing import Any

from tests.files import a_zip

EMOJI = "👨‍👩‍👧 The mayor said 40 people died. A doctor denied that."
"""The family is five code points, eight UTF-16 units, one character for a reader."""
ARABIC = "قال شهود إن الطائرات قصفت السوق."


def place(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    """Where the words stand, in code points."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return at, at + len(words)


# -- brat: events, relations, discontinuous spans, attributes, as in its examples -----------------

NEWS = "Acme Corp. of Springfield bought Bolt\nand Nut Ltd. on Monday, north and south of town.\n"
NEWS_ANN = """\
T1\tOrganization 0 10\tAcme Corp.
T2\tLocation 14 25\tSpringfield
T3\tMerge-org 26 32\tbought
T4\tOrganization 33 37;38 50\tBolt and Nut Ltd.
T5\tRegion 62 67;78 85\tnorth of town
E1\tMerge-org:T3 Buyer:T1 Bought:T4
R1\tBased-in Arg1:T1 Arg2:T2
*\tAlias T1 T4
A1\tNegation E1
M1\tConfidence E1 High
N1\tReference T2 Wikipedia:533366\tSpringfield
#1\tAnnotatorNotes T1\tthe buyer, it seems
"""
BIONLP_A1 = "T1\tProtein 0 3\tp53\nT2\tProtein 14 18\tMDM2\n"
BIONLP_A2 = """\
T3\tBinding 4 9\tbinds
E1\tBinding:T3 Theme:T1 Theme2:T2
E2\tBinding:T3
M1\tSpeculation E2
"""
SAYS = "The mayor said 40 people died. A doctor denied that 40 people died."
SAYS_ANN = """\
T1\tSpeaker 0 9\tThe mayor
T2\tCue 10 14\tsaid
T3\tClaim 15 29\t40 people died
T4\tSpeaker 31 39\tA doctor
T5\tCue 40 46\tdenied
T6\tClaim 52 66\t40 people died
R1\tsaid-by Arg1:T3 Arg2:T2
R2\tspoken-by Arg1:T2 Arg2:T1
R3\tsaid-by Arg1:T6 Arg2:T4
R4\tcued-by Arg1:T6 Arg2:T5
R5\tdenies Arg1:T6 Arg2:T3
"""


def brat(**changed: str | bytes) -> bytes:
    """A ZIP of three documents; `changed` are other contents, by name with `_` for the dot."""
    files: dict[str, str | bytes] = {
        "annotation.conf": "[entities]\n",
        "news/one.txt": NEWS,
        "news/one.ann": NEWS_ANN,
        "bio.txt": "p53 binds the MDM2.",
        "bio.a1": BIONLP_A1,
        "bio.a2": BIONLP_A2,
        "says.txt": SAYS,
        "says.ann": SAYS_ANN,
    }
    return a_zip(files | {name.replace("_", "."): content for name, content in changed.items()})


# -- doccano ------------------------------------------------------------------------------------


def entity(id: int, label: str, text: str, words: str, nth: int = 0) -> dict[str, Any]:
    start, end = place(text, words, nth)
    return {"id": id, "label": label, "start_offset": start, "end_offset": end}


def relation(id: int, one: int, other: int, name: str) -> dict[str, Any]:
    return {"id": id, "from_id": one, "to_id": other, "type": name}


def doccano_lines() -> list[dict[str, Any]]:
    """Four lines: an attribution and a denial, right to left, a list of labels, and nothing."""
    return [
        {
            "id": 7,
            "text": EMOJI,
            "entities": [
                entity(1, "who", EMOJI, "The mayor"),
                entity(2, "content", EMOJI, "40 people died"),
                entity(3, "PERSON", EMOJI, "A doctor"),
                entity(4, "CLAIM", EMOJI, "denied that"),
            ],
            "relations": [
                relation(1, 2, 1, "said by"),
                relation(2, 4, 2, "DENIES"),
                relation(3, 3, 4, "says"),
            ],
            "Comments": ["look at this"],
        },
        {
            "id": 8,
            "text": ARABIC,
            "entities": [entity(5, "ORG", ARABIC, "الطائرات")],
            "relations": [],
        },
        {"id": 9, "text": "Paris and Lyon.", "label": [[0, 5, "LOC"], [10, 14, "LOC"]], "meta": {}},
        {"id": 10, "text": "Nothing here.", "entities": [], "relations": []},
    ]


def jsonl(*lines: Any) -> bytes:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


# -- Label Studio -------------------------------------------------------------------------------


def region(id: str, text: str, words: str, *labels: str, nth: int = 0) -> dict[str, Any]:
    start, end = place(text, words, nth)
    value = {"start": start, "end": end, "text": words, "labels": list(labels)}
    return {
        "id": id, "type": "labels", "from_name": "label", "to_name": "text",
        "origin": "manual", "value": value,
    }  # fmt: skip


def tie(one: str, other: str, *labels: str, direction: str = "right") -> dict[str, Any]:
    return {
        "type": "relation", "from_id": one, "to_id": other, "direction": direction,
        "labels": list(labels),
    }  # fmt: skip


def annotation(id: int, by: Any, *result: Any, **more: Any) -> dict[str, Any]:
    made = "2024-05-01T10:00:00.000000Z"
    return {"id": id, "completed_by": by, "created_at": made, "result": list(result), **more}


def tasks() -> list[dict[str, Any]]:
    """Two tasks; two people on the first, several labels on one span, a choice for it."""
    first = annotation(
        11,
        {"id": 1, "email": "a@example.org", "first_name": "Ada", "last_name": "B."},
        region("aa", EMOJI, "The mayor", "Source", "Person"),
        region("bb", EMOJI, "40 people died", "Claim"),
        region("cc", EMOJI, "denied that", "Statement"),
        tie("aa", "bb", "says"),
        tie("bb", "cc", "denied by", direction="right"),
        tie("cc", "bb", "mentions", direction="bi"),
        {
            "id": "bb", "type": "choices", "from_name": "sure", "to_name": "text",
            "value": {"choices": ["very"]},
        },
    )  # fmt: skip
    second = annotation(12, 2, region("aa", EMOJI, "A doctor", "Person"))
    skipped = annotation(13, 2, was_cancelled=True)
    third = annotation(14, 2, region("zz", ARABIC, "السوق", "Place"))
    return [
        {"id": 1, "data": {"text": EMOJI, "source": "x"}, "annotations": [first, second, skipped],
         "predictions": [{"result": []}]},
        {"id": 2, "data": {"article": ARABIC}, "annotations": [third]},
    ]  # fmt: skip


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


# -- W3C ----------------------------------------------------------------------------------------


def annotated(id: str, source: Any, *selectors: Any, body: Any = None, **more: Any) -> Any:
    """An annotation on words of a text."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": id, "type": "Annotation",
        "body": body, "target": {"source": source, "selector": list(selectors)}, **more,
    }  # fmt: skip


def quoted(exact: str, prefix: str = "", suffix: str = "") -> dict[str, str]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def at(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}
