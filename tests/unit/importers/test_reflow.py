from __future__ import annotations

import pytest

from claims.importers.reflow import joined

FULL = "The command said that its aircraft had struck a house and a hide-"


@pytest.mark.parametrize(
    ("pages", "text", "mended"),
    [
        ([["The army confirmed that one", "strike took place there today."]],
         "The army confirmed that one strike took place there today.", 0),
        ([["The army confirmed the first strike.", "Done.", "A second came after the first one."]],
         "The army confirmed the first strike. Done.\nA second came after the first one.", 0),
        ([["A line that goes on and on,", "", "a line that begins anew today"]],
         "A line that goes on and on,\na line that begins anew today", 0),
        ([["It was said by the minis-", "try that nobody had died."]],
         "It was said by the ministry that nobody had died.", 1),
        ([["A car-bomb went off near a car-", "bomb that had not gone off yet."]],
         "A car-bomb went off near a car-bomb that had not gone off yet.", 0),
        ([["They fled in the night to Al-", "Qaim, a town near the border."]],
         "They fled in the night to Al-Qaim, a town near the border.", 0),
        ([["Twenty were wounded on the day,"], ["and nine of them died at night."]],
         "Twenty were wounded on the day, and nine of them died at night.", 0),
        ([["Heading", "The text under it is much longer."], ["- an item", "- another item"]],
         "Heading\nThe text under it is much longer.\n- an item\n- another item", 0),
        ([["国防部发言人星期四表示没有任何", "平民在空袭中丧生。"]],
         "国防部发言人星期四表示没有任何平民在空袭中丧生。", 0),
        ([[], [" "]], "", 0),
    ],
)  # fmt: skip
def test_lines_become_paragraphs(pages: list[list[str]], text: str, mended: int) -> None:
    assert joined(pages) == (text, mended)
