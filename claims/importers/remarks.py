"""What a file tells of a mark or a text beside its words: comments."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from claims.importers.claims_of_marks import Claims
from claims.importers.marks import Mark, Noted, Remark, Sheet, Tie, readable, text_of, uid
from claims.importers.meaning import role_of
from claims.records import Comment
from claims.records.cells import join_quotes

LONGEST_COMMENT = 5_000
LONGEST_QUOTE = 300


class Remarks:
    """Makes comments, on claims that are known; not those that are `noted` on the desk's own."""

    def __init__(self, claims: Claims, noted: AbstractSet[Noted]) -> None:
        self.claims = claims
        self.noted = noted
        self.marks = claims.marks
        self.joined = claims.joined
        self.now = claims.now
        self.add = claims.add

    def labels(self, mark: Mark) -> None:
        """The labels of a mark, but for the one that says which part of a claim it is."""
        if mark.own is not None:
            return
        part = mark.key in self.joined.parts
        labels = [one for one in mark.labels if not (part and role_of(one))]
        if labels:
            of = f" of “{self.quote(mark)}”" if part else ""
            several = "s" if len(labels) > 1 else ""
            text = f"Label{several} in the file{of}: {', '.join(labels)}"
            self.comment(mark.key, f"label {mark.id}", text, mark)

    def comment(self, on: str | Sheet, id: str, text: str, by: Mark | Tie | Remark) -> None:
        """On the first claim of a mark, or on an article; long ones in several pieces."""
        if isinstance(on, Sheet):
            sheet, claim, article = on, None, text_of(on).article_id
        else:
            found = self.claims.of(on)
            if not found:
                return  # the mark itself is wrong, and that is said
            sheet, claim, article = self.marks[on].sheet, found[0]["claim_id"], None
        text = readable(text)
        for at in range(0, len(text), LONGEST_COMMENT):
            piece = text[at : at + LONGEST_COMMENT]
            if (claim, piece) in self.noted:
                continue
            moment = by.at or self.now
            comment = Comment(
                comment_id=uid(sheet.digest, f"comment {at}", sheet.scope + id),
                claim_id=claim,
                question_id=None,
                incident_id=None,
                article_id=article,
                about="",
                text=piece,
                mentions="",
                author=readable(by.by),
                created_at=moment,
                updated_at=moment,
                resolved_at=None,
                resolved_by="",
            )
            self.add(by.line, comment)

    def quote(self, mark: Mark) -> str:
        """Its words, cut where they are many."""
        text = text_of(mark.sheet).text
        words = join_quotes(text[place.start : place.end] for place in mark.places)
        return words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE] + "…"
