"""A new text for an article by the API."""

from __future__ import annotations

from claims.models import Span
from tests import factories
from tests.api.writing import post, send
from tests.pages.conftest import Person

OLD = "Officials said on Thursday that 25 militants were killed in the house."


def test_a_new_text_carries_over_what_stands_in_it(analyst: Person) -> None:
    article = factories.an_article(analyst.desk, OLD)
    factories.a_claim(article, "25 militants were killed")
    where = f"articles/{article.uid}/revisions/"
    told = post(analyst, where, {"text": f"Corrected.\n{OLD}"})
    assert (told["number"], told["article"]) == (2, str(article.uid))
    assert [span.start for span in Span.objects.order_by("id")] == [32, 43]
    assert send(analyst, "POST", where, {"text": f"Corrected.\n{OLD}"}).status_code == 400
    assert send(analyst, "POST", where, {"text": "one\r\ntwo"}).status_code == 400
