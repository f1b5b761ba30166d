"""What the claim form opens with, over newswire sentences of many makes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records import ClaimKind, Polarity, Speech
from claims.suggester.propose import KnownSource, Proposal, propose

COMMAND = KnownSource("command", ("Joint Operations Command", "JOC"))
SPEAKER = KnownSource("speaker", ("Salim al-Jabouri",))
DEFENCE = KnownSource("defence", ("Ministry of Defence", "MoD"))
MOBILE = KnownSource("mobile", ("Mobile Desk", "MoD"))
KNOWN = [COMMAND, SPEAKER, DEFENCE, MOBILE]


def on(text: str, content: str, *sources: KnownSource) -> Proposal:
    start = text.index(content)
    return propose(text, start, start + len(content), sources or KNOWN)


def who(text: str, content: str) -> str:
    return " + ".join(text[start:end] for start, end in on(text, content).source)


def cue(text: str, content: str) -> str:
    return " + ".join(text[start:end] for start, end in on(text, content).cue)


@pytest.mark.parametrize(
    ("text", "content", "source", "reporting"),
    [
        (
            "The port authority confirmed in a statement on Monday that two ships had sunk.",
            "two ships had sunk",
            "The port authority",
            "confirmed in a statement on Monday",
        ),
        (
            "According to the coast guard, the second ship carried grain.",
            "the second ship carried grain",
            "the coast guard",
            "According to",
        ),
        (
            "Nine homes burned down, according to two medics who asked not to be named.",
            "Nine homes burned down",
            "two medics",
            "according to",
        ),
        (
            "The ministry strongly rejected allegations that the pilot had been drunk.",
            "the pilot had been drunk",
            "The ministry",
            "strongly rejected allegations",
        ),
        (
            "The rebels have said the road is theirs.",
            "the road is theirs",
            "The rebels",
            "have said",
        ),
        (
            "Sada, a channel close to the rebels, aired a film late Friday, claiming scores died.",
            "scores died",
            "Sada",
            "claiming",
        ),
        (
            "“We hit no homes,” said Brig. Gen. Yahya Rasool on Tuesday.",
            "We hit no homes",
            "Brig. Gen. Yahya Rasool",
            "said on Tuesday",
        ),
        (
            "“We hit no homes,” the general told a local radio station.",
            "We hit",
            "the general",
            "told",
        ),
        (
            "On Thursday, Russia's defence ministry denied that its jets had hit the market.",
            "its jets had hit the market",
            "Russia's defence ministry",
            "denied",
        ),
        (
            "The mayor, Ahmed Ali, 45, has urged the army to leave, adding that food was short.",
            "food was short",
            "The mayor, Ahmed Ali",
            "adding",
        ),
        (
            "While the army said the dead were fighters, residents said they were shoppers.",
            "the dead were fighters",
            "the army",
            "said",
        ),
        (
            "While the army said the dead were fighters, residents said they were shoppers.",
            "they were shoppers",
            "residents",
            "said",
        ),
        (
            "Residents who fled said the bridge was gone.",
            "the bridge was gone",
            "Residents",
            "said",
        ),
        (
            "The fire was first reported by the Daily Star.",
            "The fire",
            "the Daily Star",
            "was first reported",
        ),
        (
            "The council describes the figures as propaganda spread by its rivals.",
            "propaganda spread by its rivals",
            "The council",
            "describes the figures as",
        ),
        (
            "Al-Rafidain TV quoted a guard as saying that three men ran.",
            "three men ran",
            "a guard",
            "saying",
        ),
        ("There were reports that a bus was hit.", "a bus was hit", "", "reports"),
        (
            "Rumours that the bridge had fallen spread through the town.",
            "the bridge had fallen",
            "",
            "Rumours",
        ),
        (
            "Saying that the road was theirs, the rebels left the town.",
            "the road was theirs",
            "",
            "Saying",
        ),
        (
            "Asked about the fire, the mayor said the depot was empty.",
            "the depot was empty",
            "the mayor",
            "said",
        ),
        (
            "In Beirut, the committee met for an hour, saying that the talks would go on.",
            "the talks would go on",
            "the committee",
            "saying",
        ),
        (
            "The Tribune, a paper close to the port, said the crane had been sold.",
            "the crane had been sold",
            "The Tribune",
            "said",
        ),
        (
            "The road was mined, according to the Joint Operations Command (JOC), an army body.",
            "The road was mined",
            "the Joint Operations Command (JOC)",
            "according to",
        ),
        (
            "The jet turned back, according to officials in the U.S., who saw it on radar.",
            "The jet turned back",
            "officials in the U.S.",
            "according to",
        ),
        (
            "The army, medics said, told residents to leave.",
            "residents to leave",
            "The army",
            "told",
        ),
        (
            "The port denied it had sold a crane which the Tribune said was in Malta.",
            "was in Malta",
            "the Tribune",
            "said",
        ),
        (
            "Sada, which the army has banned, said the road was open.",
            "the road was open",
            "Sada",
            "said",
        ),
        ("The bank says that it will pay.", "that it will pay", "The bank", "says"),
    ],
)
def test_who_and_the_reporting_words(text: str, content: str, source: str, reporting: str) -> None:
    assert who(text, content) == source
    assert reporting.startswith(cue(text, content))
    assert cue(text, content)


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        (
            "The army said the road was open and added that it would stay open.",
            "it would stay open",
            "The army",
        ),
        (
            "The army denied that it had fled, but on Monday said two posts were lost.",
            "two posts were lost",
            "The army",
        ),
        ("The council condemned the raid and called for an inquiry.", "an inquiry", "The council"),
        ("The mayor met the families and promised an inquiry.", "an inquiry", "The mayor"),
        ("The mayor rang the families and promised an inquiry.", "an inquiry", ""),
    ],
)
def test_a_verb_behind_and_has_the_subject_of_the_clause_before(
    text: str, content: str, source: str
) -> None:
    assert who(text, content) == source


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        (
            "The army said the dead were fighters while residents said they were shoppers.",
            "they were shoppers",
            "residents",
        ),
        (
            "Medics said the toll was high and a spokesman for the army said it was low.",
            "it was low",
            "a spokesman for the army",
        ),
        (
            "The army said and the mayor confirmed that the road was open.",
            "the road was open",
            "the mayor",
        ),
        ("Sada reported Omar and Ali said the road was open.", "the road was open", "Omar and Ali"),
    ],
)
def test_what_was_said_first_is_no_part_of_who_says_the_rest(
    text: str, content: str, source: str
) -> None:
    assert who(text, content) == source


@pytest.mark.parametrize(
    ("content", "source"),
    [
        ("We saw smoke", "Nadia Omar"),
        ("“We saw smoke", "Nadia Omar"),
        ("“We saw smoke. We ran,”", "Nadia Omar"),
        ("and the police said nothing.", "Nadia Omar"),
        ("nothing.", "Nadia Omar"),
        ("“Nobody came. The police", "Nadia Omar"),
    ],
)
def test_all_of_a_quotation_is_its_speakers(content: str, source: str) -> None:
    text = (
        "“We saw smoke. We ran,” said Nadia Omar, “and the police said nothing.” "
        "“Nobody came. The police had left.”"
    )
    assert who(text, content) == source


@pytest.mark.parametrize(
    ("reporting", "whole"),
    [
        (
            "confirmed in a statement on Monday",
            "The port confirmed in a statement on Monday that A.",
        ),
        ("strongly rejected allegations", "The port strongly rejected allegations that A."),
        ("called for", "The port called for A."),
        ("has said", "The port has said A."),
        ("refused to confirm", "The port refused to confirm that A."),
    ],
)
def test_reporting_words_hold_what_belongs_to_them(reporting: str, whole: str) -> None:
    assert cue(whole, "A") == reporting


def test_reporting_words_do_not_stretch_over_a_long_object() -> None:
    text = "She denounced the report of the committee that met in Geneva all spring as propaganda."
    assert cue(text, "propaganda") == "denounced the report"


@pytest.mark.parametrize(
    ("text", "content", "polarity"),
    [
        ("The army said the bridge fell.", "the bridge fell", Polarity.ASSERTS),
        ("The army denied the bridge fell.", "the bridge fell", Polarity.DENIES),
        ("The army dismissed reports that it fled.", "it fled", Polarity.DENIES),
        ("The claim was untrue, the army said, refuting that it fled.", "it fled", Polarity.DENIES),
        ("The army did not deny that it fled.", "it fled", None),
        ("The army declined to confirm that it fled.", "it fled", None),
        ("The army dismissed the reports as lies.", "lies", Polarity.ASSERTS),
    ],
)
def test_whether_the_source_says_it_is_so(
    text: str, content: str, polarity: Polarity | None
) -> None:
    assert on(text, content).polarity is polarity


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("Unions called for an inquiry.", "an inquiry", ClaimKind.DEMAND),
        ("She urged the mayor to resign.", "the mayor to resign", ClaimKind.DEMAND),
        ("He has said the guilty must be tried.", "the guilty must be tried", ClaimKind.DEMAND),
        (
            "The council said the figures were mere propaganda.",
            "the figures were mere propaganda",
            ClaimKind.EVALUATIVE,
        ),
        ("He said the jet must have crashed.", "the jet must have crashed", ClaimKind.FACTUAL),
        ("Critics called the raid a massacre.", "a massacre", ClaimKind.EVALUATIVE),
        ("The army dismissed the reports as lies.", "lies", ClaimKind.EVALUATIVE),
        ("She described the film as propaganda.", "propaganda", ClaimKind.EVALUATIVE),
        (
            "He said the bomb was set off for propaganda purposes.",
            "the bomb was set off for propaganda purposes",
            ClaimKind.FACTUAL,
        ),
        ("Police said a car hit the wall.", "a car hit the wall", ClaimKind.FACTUAL),
    ],
)
def test_fact_opinion_or_demand(text: str, content: str, kind: ClaimKind) -> None:
    assert on(text, content).kind is kind


@pytest.mark.parametrize(
    ("text", "content", "day"),
    [
        ("Sada released a video late Friday, claiming that A.", "A", "late Friday"),
        ("The army said on 8 December that A.", "A", "on 8 December"),
        ("On Thursday, the army said A.", "A", "On Thursday"),
        ("“A,” he said on Sunday.", "A", "on Sunday"),
        ("The army said that A on Monday.", "A", ""),
        ("The army said the wall fell on Monday.", "The army said the wall fell on Monday.", ""),
        ("The wall fell on Monday, it said.", "The wall fell on Monday, it said.", ""),
        ("The wall fell, it said on Monday.", "The wall fell, it said on Monday.", "on Monday"),
        ("The army said A.", "A", ""),
    ],
)
def test_the_day_of_the_statement_and_not_of_the_event(text: str, content: str, day: str) -> None:
    assert on(text, content).said_words == day


def test_without_reporting_words_it_is_the_articles_own_voice() -> None:
    found = on("The bridge fell at noon. Police said nothing.", "The bridge fell at noon")
    assert (found.own_voice, found.source, found.cue, found.source_name) == (True, (), (), "")


def test_reporting_words_at_the_end_cover_the_whole_sentence() -> None:
    text = "Dozens died after jets bombed a camp near the lake, the navy says."
    assert who(text, "Dozens died") == "the navy"


def test_another_clause_is_not_what_the_doctor_said() -> None:
    assert on("It was unclear who fired, but a doctor said B.", "who fired").own_voice


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled the village at dawn, denying the army a way in.",
        "Rebels shelled the village at dawn and the rumours spread.",
        "Rebels shelled the village at dawn, a claim by one side and a crime to the other.",
    ],
)
def test_what_comes_behind_and_reports_nothing_leaves_it_the_articles_own(text: str) -> None:
    assert on(text, "Rebels shelled the village at dawn").own_voice


def test_a_report_is_a_thing_and_no_reporting() -> None:
    assert on("The alleged raid left a report on the desk.", "left a report").own_voice


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Police say the wall fell.", "Police"),
        ("“The wall fell,” said the mason.", "the mason"),
        ("“The army said it would leave”, the mayor told Sada.", "the mayor"),
        ("The “mayor” said the wall fell.", "mayor"),
        ("It was announced on Monday that the wall fell.", ""),
    ],
)
def test_a_whole_sentence_holds_its_own_reporting_words(text: str, source: str) -> None:
    assert who(text, text) == source


def test_a_quotation_goes_on_in_the_next_sentence() -> None:
    text = "“We saw it,” said Nadia Omar. “The roof was gone.”"
    found = on(text, "The roof was gone")
    assert (found.source_name, found.speech) == ("Nadia Omar", Speech.DIRECT)


def test_he_is_the_last_speaker() -> None:
    text = "Salim al-Jabouri said A. He added that B."
    found = on(text, "B")
    assert (found.source_id, found.source_name) == ("speaker", "Salim al-Jabouri")


@pytest.mark.parametrize(
    "before",
    [
        "Nadia Omar said the roof fell. The street was full.",
        "The roof fell, according to Nadia Omar.",
        "Asked about the roof, Nadia Omar said it fell.",
        "It was reported on Monday that the roof fell, Nadia Omar said.",
        "“The roof fell,” said Nadia Omar, “and the police said nothing.”",
        "Nadia Omar said the roof fell. She said it leaked. She added A. She said B. She denied C.",
    ],
)
def test_she_is_the_last_speaker_however_they_spoke(before: str) -> None:
    assert on(f"{before} She said the street was dark.", "the street was dark").source_name == (
        "Nadia Omar"
    )


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Sada aired a film of a blast which it said had killed dozens.", "had killed dozens"),
        ("Sada aired a film that it said showed the blast.", "showed the blast"),
        ("The army said it had seen the film and it feared a raid.", "a raid"),
    ],
)
def test_it_is_nobody_where_another_stands_in_its_sentence(text: str, content: str) -> None:
    found = on(f"Salim al-Jabouri said the road was open. {text}", content)
    assert (found.source_id, found.source_name) == (None, "")
    assert found.source


def test_a_pronoun_with_nobody_before_it_names_nobody() -> None:
    found = on("He said that B.", "B")
    assert (found.source_id, found.source_name) == (None, "")
    assert found.source == ((0, 2),)


@pytest.mark.parametrize("language", ["fr", "xx-Latn"])
def test_a_language_without_rules_gets_the_speech_only(language: str) -> None:
    text = "Il a dit : « C’est fini. »"
    found = propose(text, text.index("C’est"), text.index(" »"), KNOWN, language)
    assert found == Proposal(speech=Speech.DIRECT)


@pytest.mark.parametrize(
    ("text", "content", "source", "polarity", "kind"),
    [
        (
            "أعلنت الوزارة في بيان أن الجسر سقط.",
            "الجسر سقط",
            "الوزارة",
            Polarity.ASSERTS,
            ClaimKind.FACTUAL,
        ),
        ("ونفى الجيش قصف السوق.", "قصف السوق", "الجيش", Polarity.DENIES, ClaimKind.FACTUAL),
        (
            "سقط الجسر، بحسب شهود عيان.",
            "سقط الجسر",
            "شهود عيان",
            Polarity.ASSERTS,
            ClaimKind.FACTUAL,
        ),
        ("ودعا النائب إلى تحقيق عاجل.", "تحقيق عاجل", "النائب", Polarity.ASSERTS, ClaimKind.DEMAND),
        (
            "قال الجيش إن الجسر سقط وأضاف أن الطريق مغلق.",
            "الطريق مغلق",
            "الجيش",
            Polarity.ASSERTS,
            ClaimKind.FACTUAL,
        ),
        (
            "قال الجيش إن الجسر سقط وقال السكان إن الطريق مغلق.",
            "الطريق مغلق",
            "السكان",
            Polarity.ASSERTS,
            ClaimKind.FACTUAL,
        ),
    ],
)
def test_arabic_is_one_more_data_file(
    text: str, content: str, source: str, polarity: Polarity, kind: ClaimKind
) -> None:
    found = on(text, content)
    assert [text[start:end] for start, end in found.source] == [source]
    assert (found.polarity, found.kind) == (polarity, kind)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, 99)])
def test_offsets_outside_the_text_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is not within"):
        propose("short", start, end, [])


def test_it_keeps_up_with_long_articles() -> None:
    line = "The JOC said on Monday that A fell. According to the command, B stood.\n"
    text = line * 1_500
    sources = [KnownSource(str(n), (f"Office {n} of Works", f"O{n}")) for n in range(500)]
    start = text.rindex("B stood")
    propose(text, start, start + 7, [*sources, COMMAND])
    best = min(_seconds(text, start, [*sources, COMMAND]) for _ in range(5))
    assert best < 0.05  # 10 ms on a quiet machine


def _seconds(text: str, start: int, sources: list[KnownSource]) -> float:
    begun = time.process_time()
    propose(text, start, start + 7, sources)
    return time.process_time() - begun


PIECES = st.sampled_from(
    [
        "The army",
        "Amaq,",
        "an outlet,",
        " said ",
        " that ",
        "according to ",
        "rejected allegations",
        "on Thursday",
        "“",
        "”",
        '"',
        "’",
        "«",
        "»",
        ", ",
        ". ",
        "\n",
        " (JOC) ",
        "he ",
        "قال ",
        "إن ",
        "👩‍👩‍👧",
        "e\u0301",
        "claiming ",
        "\u00a0",
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=30).map("".join),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80),
)


@given(TEXTS, st.integers(0, 200), st.integers(0, 200))
def test_every_span_is_a_true_piece_of_the_text(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    found = propose(text, start, end, KNOWN)
    for first, last in (*found.source, *found.cue):
        assert 0 <= first < last <= len(text)
        assert text[first:last] == text[first:last].strip()
    assert found.said_words in text
    assert found.own_voice <= (not found.cue)
    assert found.source_id in {None, *found.source_ids}


@pytest.mark.parametrize(
    ("text", "content", "source", "reporting", "kind", "polarity"),
    [
        (
            "Two deputies have called for an inquiry into the raid.",
            "have called for an inquiry into the raid",
            "Two deputies",
            "have called for",
            ClaimKind.DEMAND,
            Polarity.ASSERTS,
        ),
        (
            "The ministry rejected allegations that the pilot had been drunk.",
            "rejected allegations that the pilot had been drunk",
            "The ministry",
            "rejected allegations",
            ClaimKind.FACTUAL,
            Polarity.DENIES,
        ),
        (
            "The paper reported that the rebels say the road is theirs.",
            "say the road is theirs",
            "the rebels",
            "say",
            ClaimKind.FACTUAL,
            Polarity.ASSERTS,
        ),
    ],
)
def test_reporting_words_that_a_selection_begins_with_are_its_own(
    text: str, content: str, source: str, reporting: str, kind: ClaimKind, polarity: Polarity
) -> None:
    found = on(text, content)
    assert (who(text, content), cue(text, content)) == (source, reporting)
    assert (found.kind, found.polarity, found.own_voice) == (kind, polarity, False)
