"""The demo workspace holds together: its words, quotes, references and rules.

Read as plain files: what the loader makes of them is tested with the loader.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

import pytest

from claims import records
from tests.unit.demo_files import (
    ARTICLES,
    CLAIMS,
    DESK,
    FIGURES,
    FILINGS,
    INCIDENTS,
    LINKS,
    POSITIONS,
    QUESTIONS,
    SIDES,
    SOURCES,
    TEXTS,
    Entry,
    affiliation_head,
    links,
    occurrences,
    quotes,
    read,
)


def test_it_is_a_desk_worth_opening() -> None:
    """Five articles, one of them in Arabic and one a copy, thirty claims, four questions."""
    assert DESK["workspace"]["slug"] == "al-qaim"
    assert len(set(TEXTS.values())) >= 5
    assert "ar" in {article["language"] for article in ARTICLES.values()}
    assert len(CLAIMS) >= 30
    assert len(QUESTIONS) >= 4
    assert {link["relation"] for _, link in LINKS} == set(records.Relation)
    assert {claim.get("status") for claim in CLAIMS.values()} >= {"draft", "withdrawn"}
    assert {claim.get("kind") for claim in CLAIMS.values()} >= {"demand", "evaluative"}


def test_every_key_is_given_once() -> None:
    for table in ("sides", "sources", "articles", "incidents", "questions"):
        keys = Counter(row["key"] for row in DESK[table])
        assert [key for key, times in keys.items() if times > 1] == []
    claims = Counter(claim["key"] for name in ARTICLES for claim in read(f"{name}.toml")["claims"])
    assert [key for key, times in claims.items() if times > 1] == []
    assert len(POSITIONS) == sum(len(question["positions"]) for question in DESK["questions"])


REVIEW = read("review.toml")
FIELDS = {
    "articles": "key file title type publisher byline url published_on language annotator status "
    "read republishes",
    "sources": "key name kind side affiliation aliases named article protected_as",
    "sides": "key name color",
    "incidents": "key code title parent occurred_from occurred_to precision place latitude "
    "longitude location_precision summary",
    "questions": "key incident text aspect is_key exclusive positions",
    "claims": "key article source via accused kind polarity speech knows_by certainty incident "
    "said_from said_to said_as_stated paraphrase translation translator note status content who "
    "cue figures filings links",
    "figures": "measure status subgroup group_as_stated part low high as_stated low_basis",
    "filings": "position stance extent",
    "links": "relation to basis note",
    "verdicts": "by on early verdict answer likelihood confidence rationale rests_on asks",
    "comments": "by claim question incident article text resolved_by",
}


def test_no_field_is_misspelt() -> None:
    rows = {table: DESK[table] for table in FIELDS if table in DESK} | {
        "claims": CLAIMS.values(),
        "figures": [figure for _, figure in FIGURES],
        "filings": [filing for _, filing in FILINGS],
        "links": [link for _, link in LINKS],
        **REVIEW,
    }
    assert rows.keys() == FIELDS.keys()
    for table, fields in FIELDS.items():
        assert {key for row in rows[table] for key in row} <= set(fields.split()), table


@pytest.mark.parametrize(
    ("rows", "field", "words"),
    [
        (ARTICLES.values(), "type", records.ArticleType),
        (ARTICLES.values(), "status", records.ArticleStatus),
        (SOURCES.values(), "kind", records.SourceKind),
        (INCIDENTS.values(), "precision", records.TimePrecision),
        (INCIDENTS.values(), "location_precision", records.LocationPrecision),
        (QUESTIONS.values(), "aspect", records.Aspect),
        (DESK["workspace"]["question_templates"], "aspect", records.Aspect),
        (CLAIMS.values(), "kind", records.ClaimKind),
        (CLAIMS.values(), "polarity", records.Polarity),
        (CLAIMS.values(), "speech", records.Speech),
        (CLAIMS.values(), "knows_by", records.KnowsBy),
        (CLAIMS.values(), "certainty", records.Certainty),
        (CLAIMS.values(), "status", records.ClaimStatus),
        ([figure for _, figure in FIGURES], "measure", records.Measure),
        ([figure for _, figure in FIGURES], "status", records.FigureStatus),
        ([figure for _, figure in FIGURES], "low_basis", records.LowBasis),
        ([filing for _, filing in FILINGS], "stance", records.Stance),
        ([filing for _, filing in FILINGS], "extent", records.Extent),
        ([link for _, link in LINKS], "relation", records.Relation),
        ([link for _, link in LINKS], "basis", records.Basis),
    ],
)
def test_words_are_those_of_the_vocabulary(
    rows: Iterable[Entry], field: str, words: type[records.Word]
) -> None:
    used = {row[field] for row in rows if field in row}
    assert used
    assert used <= set(words)


def test_references_resolve() -> None:
    for article in ARTICLES.values():
        assert article["publisher"] in SOURCES
        assert article["url"].startswith("https://example.org/")
        assert article.get("republishes", "wire") in ARTICLES
    for source in SOURCES.values():
        assert source.get("side", "government") in SIDES
        assert source.get("affiliation", "iraq") in SOURCES
        assert source.get("named", True) is ("article" not in source)
        assert source.get("article", "wire") in ARTICLES
    for incident in INCIDENTS.values():
        assert incident.get("parent", "raid") in INCIDENTS
    assert all(question["incident"] in INCIDENTS for question in QUESTIONS.values())
    for claim in CLAIMS.values():
        assert {claim[role] for role in ("source", "via", "accused") if role in claim} <= set(
            SOURCES
        )
        assert claim.get("incident", "raid") in INCIDENTS
    assert all(link["to"] in CLAIMS for _, link in LINKS)
    assert all(filing["position"] in POSITIONS for _, filing in FILINGS)
    assert all(1 <= side["color"] <= 8 for side in SIDES.values())


def test_texts_can_be_stored_as_they_are() -> None:
    for text in TEXTS.values():
        assert "\r" not in text
        assert "\0" not in text
        assert all(line.strip() == line != "" for line in text.splitlines())
        assert 5 <= len(text.splitlines()) <= 10
    for key, article in ARTICLES.items():
        assert set(article["read"]) <= set(range(1, len(TEXTS[key].splitlines()) + 1))


def test_a_republished_article_has_the_same_text() -> None:
    copies = [article for article in ARTICLES.values() if "republishes" in article]
    assert copies
    assert all(TEXTS[copy["key"]] == TEXTS[copy["republishes"]] for copy in copies)


def test_an_emoji_stands_before_a_quote() -> None:
    """So that an offset in any other unit than code points goes wrong where it is seen."""
    text = TEXTS["frontier"]
    [(quote, _)] = quotes(CLAIMS["frontier-meant"], "content")
    assert any(ord(character) > 0xFFFF for character in text[: text.index(quote)])


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
@pytest.mark.parametrize("role", ["content", "who", "cue"])
def test_quotes_are_found_in_one_place(claim: Entry, role: str) -> None:
    found = quotes(claim, role)
    assert found or role != "content"
    places = []
    for quote, nth in found:
        starts = list(occurrences(TEXTS[claim["article"]], quote))
        if nth is None:
            assert len(starts) == 1, quote
        else:
            assert len(starts) > 1, f"{quote}: needs no nth"
            assert 1 <= nth <= len(starts), quote
        places.append(starts[(nth or 1) - 1])
    assert role == "cue" or places == sorted(places)
    assert len(places) == len(set(places))


def test_a_split_quote_skips_the_words_between() -> None:
    [(first, _), (second, _)] = quotes(CLAIMS["wire-medic-dead"], "content")
    text = TEXTS["wire"]
    assert "said a medic" in text[text.index(first) + len(first) : text.index(second)]


def test_own_voice_has_no_reporting_source() -> None:
    """What a publisher says in its own voice is its own, in its own words."""
    own = [
        claim
        for claim in CLAIMS.values()
        if claim["source"] == ARTICLES[claim["article"]]["publisher"]
    ]
    assert own
    assert all("who" not in claim and claim["speech"] == records.Speech.DIRECT for claim in own)
    others = [claim for claim in CLAIMS.values() if claim not in own]
    assert all((claim.get("who") and claim.get("cue")) or "via" in claim for claim in others)


def test_quotation_marks_stand_around_direct_speech() -> None:
    for claim in CLAIMS.values():
        if claim["source"] == ARTICLES[claim["article"]]["publisher"]:
            continue
        text = TEXTS[claim["article"]]
        for quote, _ in quotes(claim, "content"):
            before = text[: text.index(quote)][-1:]
            assert (before in set("“«")) is (claim.get("speech") == "direct"), quote


def test_unnamed_sources_stay_with_their_article() -> None:
    for claim in CLAIMS.values():
        for role in ("source", "via", "accused"):
            home = SOURCES.get(claim.get(role, ""), {}).get("article", claim["article"])
            assert home == claim["article"]
    names = Counter(source["name"] for source in SOURCES.values() if "article" in source)
    assert {"a medic", "Iraqi officials"} <= {name for name, times in names.items() if times > 1}


def test_an_alias_is_a_choice() -> None:
    aliases = Counter(alias for source in SOURCES.values() for alias in source["aliases"])
    assert aliases["MoD"] == 2
    assert all(affiliation_head(key) for key in SOURCES)


def test_figures_say_what_the_words_say() -> None:
    dozens = DESK["workspace"]["dozens_from"]
    for claim, figure in FIGURES:
        words = " ".join(quote for quote, _ in quotes(claim, "content"))
        assert figure["as_stated"] in words, claim["key"]
        assert figure["group_as_stated"] in words, claim["key"]
        low, high = figure.get("low"), figure.get("high")
        assert low is not None or high is not None
        assert low is None or high is None or low <= high
        by_convention = figure.get("low_basis") == records.LowBasis.CONVENTION
        assert by_convention is (figure["as_stated"] == "dozens")
        if by_convention:
            assert (low, high) == (dozens, None)
    shapes = {(figure.get("low"), figure.get("high")) for _, figure in FIGURES}
    assert {(50, 50), (None, 65), (70, 80), (120, 120)} <= shapes
    denied = [figure for claim, figure in FIGURES if claim.get("polarity") == "denies"]
    assert denied


def test_who_was_in_the_buildings_is_not_who_died() -> None:
    """Present is not killed: what the command said of 25 and of 30 to 40 counts no dead."""
    command = [figure for claim, figure in FIGURES if claim["source"] == "joc"]
    assert command
    assert {figure["measure"] for figure in command} == {records.Measure.PRESENT}


def test_filings_are_of_factual_claims_of_the_incident() -> None:
    for claim, filing in FILINGS:
        assert claim.get("kind", "factual") == records.ClaimKind.FACTUAL, claim["key"]
        assert POSITIONS[filing["position"]]["incident"] == claim["incident"], claim["key"]
        if claim.get("polarity") == records.Polarity.DENIES:
            assert filing.get("stance") == records.Stance.REJECTS, claim["key"]
    assert max(Counter((claim["key"], one["position"]) for claim, one in FILINGS).values()) == 1


def test_not_targeted_answers_killed_only_in_part() -> None:
    killed = [
        filing
        for claim, filing in FILINGS
        if claim["source"] == "joc" and filing["position"].startswith("civilians-killed/")
    ]
    assert killed
    assert {filing.get("extent") for filing in killed} == {records.Extent.IN_PART}


def test_links_join_two_claims_of_one_incident() -> None:
    for claim, link in LINKS:
        other = CLAIMS[link["to"]]
        assert claim["incident"] == other["incident"], claim["key"]
        assert claim["key"] != other["key"]
        assert ("basis" in link) is (link["relation"] == records.Relation.CONTRADICTS)
    pairs = Counter(
        (
            link["relation"],
            *(
                sorted((claim["key"], link["to"]))
                if records.Relation(link["relation"]).symmetric
                else (claim["key"], link["to"])
            ),
        )
        for claim, link in LINKS
    )
    assert set(pairs.values()) == {1}


@pytest.mark.parametrize("relation", [records.Relation.RESTATES, records.Relation.SUPERSEDES])
def test_repeats_and_replacements_stay_with_one_source_and_end(
    relation: records.Relation,
) -> None:
    found = links(relation)
    assert found
    assert all(claim["source"] == other["source"] for claim, other in found)
    targets: dict[str, set[str]] = defaultdict(set)
    for claim, other in found:
        targets[claim["key"]].add(other["key"])
    if relation is records.Relation.RESTATES:
        assert {len(others) for others in targets.values()} == {1}
    for start in list(targets):
        reached: set[str] = set()
        waiting = [start]
        while waiting:
            waiting += targets[waiting.pop()] - reached
            assert start not in waiting
            reached.update(waiting)


def test_the_command_is_repeated_with_drift() -> None:
    """One statement in five articles, with other numbers in two of them."""
    repeats = [
        claim
        for claim, other in links(records.Relation.RESTATES)
        if other["key"] == "wire-fighters"
    ]
    assert len({claim["article"] for claim in repeats}) >= 3
    stated = {figure["as_stated"] for claim in repeats for figure in claim["figures"]}
    assert {"Around 50", "up to 65"} <= stated


def test_dates_and_translations() -> None:
    for claim in CLAIMS.values():
        article = ARTICLES[claim["article"]]
        assert claim.get("said_as_stated", "") in TEXTS[claim["article"]]
        if "said_to" in claim:
            assert date(2016, 12, 7) <= claim["said_from"] <= claim["said_to"]
            assert claim["said_to"] <= article["published_on"]
        if "translation" in claim:
            assert claim["translator"]
        assert ("translation" in claim) is (article["language"] != "en")
