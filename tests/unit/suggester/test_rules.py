"""What the rules find in a text: one test for each construction, in sentences of our own."""

from __future__ import annotations

import pytest

from claims.suggester.suggest import Attribution, suggest


def told(text: str, one: Attribution) -> tuple[str, str, str]:
    """Who, reporting words and what, each with its pieces joined by " + "."""
    who, cue, what = (
        " + ".join(text[start:end] for start, end in pieces)
        for pieces in (one.source, one.cue, one.content)
    )
    return who, cue, what


def found(text: str, language: str | None = None) -> list[tuple[str, str, str]]:
    return [told(text, one) for one in suggest(text, language)]


SPOKEN = [
    (
        "The port authority confirmed that two ships had sunk.",
        ("The port authority", "confirmed", "that two ships had sunk"),
    ),
    (
        "A medic told reporters in Riga on Monday that nine people had died.",
        ("A medic", "told", "that nine people had died"),
    ),
    (
        "The mayor told the Valley Times on Monday she had seen smoke.",
        ("The mayor", "told", "she had seen smoke"),
    ),
    (
        "The mayor told a crowd of supporters the bridge was safe.",
        ("The mayor", "told", "the bridge was safe"),
    ),
    ("The mayor told him the bridge was safe.", ("The mayor", "told", "the bridge was safe")),
    ("The army says the road is open.", ("The army", "says", "the road is open")),
    (
        "The army said in an interview with Valley Radio that the road was open.",
        ("The army", "said", "that the road was open"),
    ),
    (
        "The army said to a reporter that the road was open.",
        ("The army", "said", "that the road was open"),
    ),
    (
        "The ministry denied, in a statement, that the plant had leaked.",
        ("The ministry", "denied", "that the plant had leaked"),
    ),
    ("The ministry flatly denied the report.", ("The ministry", "flatly denied", "the report")),
    ("Lee has called for an inquiry.", ("Lee", "has called for", "an inquiry")),
    (
        "The council accused the army of shelling the mill, after a day of silence.",
        ("The council", "accused", "the army of shelling the mill"),
    ),
    (
        "Residents who fled said the bridge was gone.",
        ("Residents who fled", "said", "the bridge was gone"),
    ),
    (
        "On Tuesday, the mayor, a former nurse, said the clinic was full.",
        ("the mayor, a former nurse", "said", "the clinic was full"),
    ),
    (
        "Lee, for his part, said the clinic was full.",
        ("Lee", "said", "the clinic was full"),
    ),
    (
        "Ann Lee and the mayor said the clinic was full.",
        ("Ann Lee and the mayor", "said", "the clinic was full"),
    ),
    (
        "In a statement the army said the road was open.",
        ("the army", "said", "the road was open"),
    ),
    (
        "At noon she said the road was open.",
        ("she", "said", "the road was open"),
    ),
    (
        "In June Ann Lee said the road was open.",
        ("Ann Lee", "said", "the road was open"),
    ),
    (
        "The governor (an engineer) said the dam was sound.",
        ("The governor (an engineer)", "said", "the dam was sound"),
    ),
    (
        "The self-styled “prince of the hills” said the dam was sound.",
        ("The self-styled “prince of the hills”", "said", "the dam was sound"),
    ),
    (
        "There was a blast which the army said was an accident.",
        ("the army", "said", "was an accident"),
    ),
    (
        "Lee, who said the dam was sound, is an engineer.",
        ("who", "said", "the dam was sound"),
    ),
    (
        "While the army said the dam was sound, nobody slept there.",
        ("the army", "said", "the dam was sound"),
    ),
    ("Villagers want to go home.", ("Villagers", "want", "to go home")),
    ("The poll showed the mayor ahead.", ("The poll", "showed", "the mayor ahead")),
    ("He said: the dam is sound.", ("He", "said", "the dam is sound")),
    (
        "The army said the dam was sound; nobody else spoke.",
        ("The army", "said", "the dam was sound"),
    ),
    (
        "(The army said the dam was sound) and nobody else spoke.",
        ("The army", "said", "the dam was sound"),
    ),
    (
        "The army said the toll (so far) was nine.",
        ("The army", "said", "the toll (so far) was nine"),
    ),
    ("The mine is closed, the owner said.", ("the owner", "said", "The mine is closed")),
    (
        "But the mine is closed, the owner said on Friday.",
        ("the owner", "said", "the mine is closed"),
    ),
    (
        "The mine is closed, said Ann Lee, its owner.",
        ("Ann Lee, its owner", "said", "The mine is closed"),
    ),
    (
        "The mine, the owner said, will stay closed.",
        ("the owner", "said", "The mine + will stay closed"),
    ),
    (
        "The fire was set, the owner said, by two men.",
        ("the owner", "said", "The fire was set + by two men"),
    ),
    (
        "The mine is closed, the owner said, two days after the fire.",
        ("the owner", "said", "The mine is closed"),
    ),
    (
        "It rained; the mine is closed, the owner said, adding nothing.",
        ("the owner", "said", "the mine is closed"),
    ),
    ("“We saw smoke,” the owner said.", ("the owner", "said", "“We saw smoke,”")),
    ("“We saw smoke,” said the owner.", ("the owner", "said", "“We saw smoke,”")),
    ("''We saw smoke,'' said the owner.", ("the owner", "said", "''We saw smoke,''")),
    ("«We saw smoke», said the owner.", ("the owner", "said", "«We saw smoke»")),
    (
        "“We saw smoke,” he said, “and then we ran.”",
        ("he", "said", "“We saw smoke,” + “and then we ran.”"),
    ),
    (
        "“We saw smoke,” said a baker, speaking by telephone, “and then we ran.”",
        ("a baker", "said", "“We saw smoke,” + “and then we ran.”"),
    ),
    (
        "“We saw smoke,” he said. “Then we ran. It was dark.”",
        ("he", "said", "“We saw smoke,” + “Then we ran. It was dark.”"),
    ),
    (
        "“We saw smoke,” he said.\n“Then we ran.”",
        ("he", "said", "“We saw smoke,” + “Then we ran.”"),
    ),
    (
        "“We saw smoke,” he said. Near the old mill, “there was a second blast.”",
        ("he", "said", "“We saw smoke,” + Near the old mill, “there was a second blast.”"),
    ),
    ("The owner added: “We saw smoke.”", ("The owner", "added", "“We saw smoke.”")),
    ("The owner continued:\n“We saw smoke.”", ("The owner", "continued", "“We saw smoke.”")),
    ("Then the owner said, “We saw smoke.”", ("the owner", "said", "“We saw smoke.”")),
    (
        "When asked, the owner said, “We saw smoke.”",
        ("the owner", "said", "“We saw smoke.”"),
    ),
    (
        "Said Ann Lee, who fled in May, “We saw smoke.”",
        ("Ann Lee, who fled in May", "Said", "“We saw smoke.”"),
    ),
    (
        "The plan is “a disaster for the valley,” the owner said.",
        ("the owner", "said", "The plan is “a disaster for the valley,”"),
    ),
    ("The mayor told Ann Lee smoke was seen.", ("The mayor", "told", "smoke was seen")),
    (
        "The army said the road was open, according to Ann Lee.",
        ("The army", "said", "the road was open"),
    ),
    ("The army said the toll rose by 9%.", ("The army", "said", "the toll rose by 9%")),
    ("It had rained, Lee said", ("Lee", "said", "It had rained")),
    ("It had rained, Lee said while driving.", ("Lee", "said", "It had rained")),
    (
        "“We ran,” Lee said — “and then hid.”",
        ("Lee", "said", "“We ran,” + “and then hid.”"),
    ),
    ("The mine is closed, Lee said, and nobody came.", ("Lee", "said", "The mine is closed")),
    (
        "The army closed the road by saying it was unsafe.",
        ("The army", "saying", "it was unsafe"),
    ),
    ("A woman saying it rained came home.", ("A woman", "saying", "it rained came home")),
    (
        "The army, an old force, closed the road, saying it was unsafe.",
        ("The army, an old force", "saying", "it was unsafe"),
    ),
    (
        "The army, an old force saying it was unsafe.",
        ("an old force", "saying", "it was unsafe"),
    ),
    (
        "The road was closed and the mayor said it rained.",
        ("the mayor", "said", "it rained"),
    ),
    (
        "“We ran,” said Lee (a baker) on Monday.",
        ("Lee (a baker)", "said", "“We ran,”"),
    ),
    ("“We ran,” Ann Lee, a baker, said Monday.", ("Ann Lee, a baker", "said", "“We ran,”")),
    ("The army left and those said it rained.", ("those", "said", "it rained")),
    ("Lee told her supporters that it rained.", ("Lee", "told", "that it rained")),
    ("Lee told her it had rained.", ("Lee", "told", "it had rained")),
    (
        "On Valley Radio’s “Good Morning,” Ann Lee said it rained.",
        ("Ann Lee", "said", "it rained"),
    ),
    (
        "“He cried: ‘Who ran?’” Ann Lee told reporters.",
        ("Ann Lee", "told", "“He cried: ‘Who ran?’”"),
    ),
    (
        "“It was dark,” because it had rained, said Ann Lee.",
        ("Ann Lee", "said", "“It was dark,” because it had rained"),
    ),
    ("“Who ran?” Ann Lee asked.", ("Ann Lee", "asked", "“Who ran?”")),
    (
        "“Who ran?” Ann Lee asked reporters in Riga. “Not us.”",
        ("Ann Lee", "asked", "“Who ran?” + “Not us.”"),
    ),
    (
        "“We ran,” Ann Lee, a baker and a friend of the owner, told Valley Radio.",
        ("Ann Lee, a baker and a friend of the owner", "told", "“We ran,”"),
    ),
    (
        "“We ran,” Ann Lee, a baker, said on Monday.",
        ("Ann Lee, a baker", "said", "“We ran,”"),
    ),
    (
        "“We ran,” the owner said.\n“Then we hid.\n“It was dark.”",
        ("the owner", "said", "“We ran,” + “Then we hid. + “It was dark.”"),
    ),
    ("“We ran,” said Ann Lee in Riga.", ("Ann Lee in Riga", "said", "“We ran,”")),
    ("“We ran,” said Ann Lee on Monday.", ("Ann Lee", "said", "“We ran,”")),
    ("“We ran,” said Ann Lee and denied it.", ("Ann Lee", "said", "“We ran,”")),
    ("“We ran,” said Ann Lee %.", ("Ann Lee", "said", "“We ran,”")),
    ("Lee % said it rained.", ("Lee", "said", "it rained")),
    ("In Riga those said it rained.", ("those", "said", "it rained")),
    (
        "He called the plan “a disaster” for the valley.",
        ("He", "called", "the plan “a disaster” for the valley"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), SPOKEN)
def test_verbs(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "According to the coast guard, the second ship carried grain.",
            ("the coast guard", "According to", "the second ship carried grain"),
        ),
        (
            "Nine homes burned down, according to two medics.",
            ("two medics", "according to", "Nine homes burned down"),
        ),
        (
            "The rise in tolls, according to the council, was due to the storm.",
            ("the council", "according to", "The rise in tolls + was due to the storm"),
        ),
        (
            "The rise in tolls, according to the council, as before.",
            ("the council", "according to", "The rise in tolls"),
        ),
        (
            "It rained; but nine homes burned down, according to two medics.",
            ("two medics", "according to", "nine homes burned down"),
        ),
        (
            "Lee's claim that the dam was sound went round the valley.",
            ("Lee's", "claim", "that the dam was sound went round the valley"),
        ),
        (
            "Nobody heard the Valley Council's early claim that it rained.",
            ("the Valley Council's", "claim", "that it rained"),
        ),
        ("Nobody shares his belief that it will rain.", ("his", "belief", "that it will rain")),
        (
            "There were accusations by the owner that the dam leaked.",
            ("the owner", "accusations", "that the dam leaked"),
        ),
        (
            "The owner is deeply worried about the dam.",
            ("The owner", "is deeply worried", "the dam"),
        ),
        (
            "The owner has been confident that the dam holds.",
            ("The owner", "has been confident", "that the dam holds"),
        ),
        ("The dam is expected to hold.", ("", "is expected", "The dam + to hold")),
        (
            "It is feared that the dam will break.",
            ("", "is feared", "that the dam will break"),
        ),
        ("The leak was confirmed by the owner.", ("the owner", "was confirmed", "The leak")),
        ("Army: strike hit nine fighters\nIt rained.", ("Army", ":", "strike hit nine fighters")),
        (
            "According to Lee in Riga on Monday, it rained.",
            ("Lee in Riga", "According to", "it rained"),
        ),
        (
            "It rained.\n\nMAYOR: I saw smoke and I ran away. It was dark.",
            ("MAYOR", ":", "I saw smoke and I ran away + It was dark."),
        ),
        ("Army Says Strike Hit Nine Fighters", ("Army", "Says", "Strike Hit Nine Fighters")),
    ],
)
def test_without_a_verb_of_speech(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in found(text)


def test_two_attributions_of_one_speaker() -> None:
    text = "The army said the road was open and denied that it had shelled the mill."
    assert found(text) == [
        ("The army", "said", "the road was open"),
        ("The army", "denied", "that it had shelled the mill"),
    ]
    text = "The army said the road was open, adding that it had shelled the mill."
    assert found(text) == [
        ("The army", "said", "the road was open"),
        ("The army", "adding", "that it had shelled the mill"),
    ]


def test_two_speakers_in_a_sentence() -> None:
    text = "The army said the road was open, but residents said it was closed."
    assert found(text) == [
        ("The army", "said", "the road was open"),
        ("residents", "said", "it was closed"),
    ]


def test_one_within_another_is_less_sure() -> None:
    text = "The medic said the army had told him that the road was open."
    outer, inner = suggest(text)
    assert told(text, outer)[2] == "the army had told him that the road was open"
    assert told(text, inner) == ("the army", "had told", "that the road was open")
    assert inner.score < outer.score
    assert inner.reasons == ("“had told” after “the army”", "within what another is said to say")


def test_another_speaks_before_the_quotation() -> None:
    text = "He said it was late, and “we saw no smoke,” she said."
    assert ("she", "said", "“we saw no smoke,”") in found(text)


def test_why_it_is_proposed() -> None:
    assert suggest("“We ran,” said the owner.")[0].reasons == ("“said” before “the owner”",)
    assert suggest("The dam is expected to hold.")[0].reasons == ("“is expected”",)


@pytest.mark.parametrize(
    "text",
    [
        "It rained in the valley all day.",
        "The alleged leader fled to the reported site.",  # no verbs: adjectives
        "The United States and its campaign promises.",
        "Lee's claims and the army's reports.",
        "In two smaller states, nobody voted.",
        "The bridge fell, and the mayor's house",
        "He said.",
        "He said -",
        "10:30 in the morning of the day",
        "Note: no",
        "... !!",
        "The army said in the old town",
        "It rained, according to.",
        "According to Lee",
        "His claim of",
        "He is worried about",
        "His claim of - it rained",
        "Old mill town news: it rained all day",
        "It rained.\nArmy: no",
        "And said:",
        "“We ran,” said.",
        "And, Lee said, in Riga.",
        "Lee said and.",
        "The owner said, at noon; it rained.",
        "the saying goes far",
        "Each claims of old",
        "It had rained, said again.",
        "At noon said.",
        "“Who ran?” Nobody knew.",
        "“Who ran?”",
        "Nobody, claim that",
        "“Who ran?”\nIt rained.",
        "The army, an old force and said.",
        "",
    ],
)
def test_nothing_is_found(text: str) -> None:
    assert found(text) == []


def test_half_sentences_are_read_as_far_as_they_go() -> None:
    assert found("He said in “Riga Post” of") == [("He", "said", "in “Riga Post” of")]
    text = "“We ran”, said (we heard so in the end by Ann Lee"
    assert found(text) == [("we", "heard", "so in the end by Ann Lee")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "وقال النائب حسن إن تسعة أشخاص قتلوا في القصف.",
            ("النائب حسن", "وقال", "إن تسعة أشخاص قتلوا في القصف"),
        ),
        (
            "نفت وزارة الدفاع، في بيان أصدرته الاثنين، أن يكون الجسر هدفاً.",
            ("وزارة الدفاع", "نفت", "أن يكون الجسر هدفاً"),
        ),
        (
            "أما المحافظ فتحدّث عن سقوط تسعة قتلى.",
            ("المحافظ", "فتحدّث عن", "سقوط تسعة قتلى"),
        ),
        (
            "وقال المحافظ إن الجسر انهار، مضيفاً: «رأيت الدخان».",
            ("المحافظ", "مضيفاً", "«رأيت الدخان»"),
        ),
        ("طالب المحافظ: «افتحوا الجسر الآن».", ("المحافظ", "طالب", "«افتحوا الجسر الآن»")),
        ("طالب رئيس البلدية بفتح تحقيق.", ("رئيس البلدية", "طالب", "بفتح تحقيق")),
    ],
)
def test_arabic(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in found(text, "ar")
    assert expected in found(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мэр заявил, что мост разрушен.", ("Мэр", "заявил", "что мост разрушен")),
        (
            "«Мы видели дым», — сказал врач районной больницы.",
            ("врач районной больницы", "сказал", "«Мы видели дым»"),
        ),
        (
            "По словам полиции, пострадали девять человек.",
            ("полиции", "По словам", "пострадали девять человек"),
        ),
        (
            "Министерство опровергло сообщения, что бомба попала в рынок.",
            ("Министерство", "опровергло", "сообщения, что бомба попала в рынок"),
        ),
        (
            "Девять домов сгорели, сообщает агентство «Север».",
            ("агентство «Север»", "сообщает", "Девять домов сгорели"),
        ),
        (
            "Губернатор потребовал расследования.",
            ("Губернатор", "потребовал", "расследования"),
        ),
    ],
)
def test_russian(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in found(text, "ru")
    assert expected in found(text)
