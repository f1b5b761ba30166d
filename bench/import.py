"""How long a large desk takes to come in, and how long others wait: `make bench-import`.

A `counterclaim.jsonl` of 10,000 articles of 400 words with 100,000 claims is written by our own
exporter, without a database, then brought in by `manage.py import` while somebody else writes at
another desk of the same database every fifth of a second. Beside it, in the same run, a bare loop
that parses each line of the file and inserts it into a table of one column. `CLAIMS` can be
another number, ten to an article. Ends with one line of JSON; `RESULTS.md` keeps the figures.
"""  # noqa: N999 - called by its name alone, as `make` does

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.asking import machine
from bench.site import folder
from claims.anchoring.text import sha256
from claims.exporters.archive import File
from claims.exporters.bundle import Bundle, original_path, text_path
from claims.exporters.jsonl import Lossless, write
from claims.records import tables
from claims.records.columns import Kind, columns_of
from scripts.screenshots import ROOT

CLAIMS = int(os.environ.get("CLAIMS", "100000"))
OF_AN_ARTICLE = 10
SOURCES = 500
DAY = dt.date(2016, 12, 7)
MOMENT = dt.datetime(2016, 12, 8, 9, tzinfo=dt.UTC)
WORDS = (
    "the command reported that its aircraft had struck a house near the river at noon and that"
    " residents counted wounded men while officials asked for an inquiry into the second blast"
).split()
NEEDED = {Kind.TEXT: "-", Kind.INTEGER: 0, Kind.NUMBER: 1.0, Kind.YES_NO: True, Kind.MOMENT: MOMENT}


def made(table: str, **values: Any) -> Any:
    """A record with these values; the rest blank, or what stands for nothing where it can't be."""
    row = tables.BY_NAME[table].row
    cells = []
    for name, column in columns_of(row).items():
        blank: Any = "" if column.kind in (Kind.TEXT, Kind.WORD, Kind.MARK) else None
        if column.required and column.words is not None:
            blank = next(iter(column.words)).value
        elif column.required:
            blank = NEEDED.get(column.kind)
        cells.append(values.pop(name, blank))
    if values:
        raise TypeError(f"{table} has no {', '.join(values)}")
    return row._make(cells)


class Desk:
    """The work in the file, the same for the same number; each table can be gone through."""

    def __init__(self, claims: int) -> None:
        self.articles = claims // OF_AN_ARTICLE
        self.chance = random.Random(claims)

    @staticmethod
    def uid(table: str, number: int) -> str:
        """Sorts by number, as the tables do."""
        kind = list(tables.BY_NAME).index(table)
        return str(uuid.UUID(int=(0x019000000000 + kind << 80) | 7 << 76 | 2 << 62 | number))

    def text(self, number: int) -> tuple[str, list[tuple[int, int, int]]]:
        """Forty sentences of ten words; of ten, where it begins, its cue and its end."""
        chance = random.Random(number)
        lines, marks, at = [], [], 0
        for line in range(40):
            said = " ".join(chance.choice(WORDS) for _ in range(8))
            who = f"Source {chance.randrange(SOURCES)} said"
            whole = f"{who} {said} {number}."
            if line % 4 == 0:
                marks.append((at, at + len(who) - 4, at + len(whole)))
            lines.append(whole)
            at += len(whole) + 1
        return "\n".join(lines), marks

    def bundle(self) -> Bundle:
        """Ten claims an article, each of three spans; a third with a number; a tenth linked."""
        rows = {name: iter(()) for name in tables.BY_NAME}
        rows |= {
            "sources": self.sources(),
            "articles": self.each("articles", lambda n: {"title": f"Report {n}"}),
            "revisions": self.revisions(),
            "incidents": self.each(
                "incidents", lambda n: {"code": f"IQ-{n:06}", "title": f"Strike {n}"}
            ),
            "claims": self.claims(),
            "spans": self.spans(),
            "figures": self.figures(),
            "links": self.links(),
        }
        return Bundle(**rows, files=self.files())

    def each(self, table: str, values: Any) -> Iterator[Any]:
        """A row of this table for each article."""
        name = f"{table[:-1]}_id"
        for n in range(self.articles):
            yield made(table, **{name: self.uid(table, n), "created_at": MOMENT, **values(n)})

    def sources(self) -> Iterator[Any]:
        for n in range(SOURCES):
            yield made("sources", source_id=self.uid("sources", n), name=f"Source {n}", named=True)

    def revisions(self) -> Iterator[Any]:
        for n in range(self.articles):
            uid, digest = self.uid("revisions", n), sha256(self.text(n)[0])
            yield made(
                "revisions",
                revision_id=uid,
                article_id=self.uid("articles", n),
                number=1,
                text_sha256=digest,
                text_path=text_path(uid),
                original_path=original_path(uid, "report.txt"),
                original_name="report.txt",
                original_sha256=digest,
                original_media_type="text/plain",
                encoding="utf-8",
                captured_at=MOMENT,
                captured_by="Nour Haddad",
            )

    def claims(self) -> Iterator[Any]:
        for n in range(self.articles * OF_AN_ARTICLE):
            yield made(
                "claims",
                claim_id=self.uid("claims", n),
                article_id=self.uid("articles", n // OF_AN_ARTICLE),
                incident_id=self.uid("incidents", n // OF_AN_ARTICLE),
                source_id=self.uid("sources", self.chance.randrange(SOURCES)),
                kind="factual",
                polarity="asserts",
                speech="indirect",
                knows_by="unstated",
                certainty="unstated",
                status="approved" if n % 4 else "submitted",
                origin="person",
                said_from=DAY,
                annotator="Nour Haddad",
                approver="Rana Aziz" if n % 4 else "",
                created_at=MOMENT,
                updated_at=MOMENT,
            )

    def spans(self) -> Iterator[Any]:
        for article in range(self.articles):
            text, marks = self.text(article)
            for place, (start, cue, end) in enumerate(marks):
                for role, first, last in (
                    ("content", cue + 5, end),
                    ("cue", cue, cue + 4),
                    ("source", start, cue - 1),
                ):
                    yield made(
                        "spans",
                        claim_id=self.uid("claims", article * OF_AN_ARTICLE + place),
                        article_id=self.uid("articles", article),
                        revision=1,
                        role=role,
                        start=first,
                        end=last,
                        quote=text[first:last],
                        match="exact",
                    )

    def figures(self) -> Iterator[Any]:
        for n in range(0, self.articles * OF_AN_ARTICLE, 3):
            low = n % 90
            yield made(
                "figures", claim_id=self.uid("claims", n), measure="killed", low=low, high=low
            )

    def links(self) -> Iterator[Any]:
        for n in range(self.articles):
            yield made(
                "links",
                link_id=self.uid("links", n),
                incident_id=self.uid("incidents", n),
                from_claim_id=self.uid("claims", n * OF_AN_ARTICLE),
                to_claim_id=self.uid("claims", n * OF_AN_ARTICLE + 1),
                relation="contradicts",
                basis="number",
                annotator="Nour Haddad",
                created_at=MOMENT,
            )

    def files(self) -> Iterator[File]:
        for n in range(self.articles):
            uid = self.uid("revisions", n)
            yield File(original_path(uid, "report.txt"), [self.text(n)[0].encode()])
        for n in range(self.articles):
            yield File(text_path(self.uid("revisions", n)), [self.text(n)[0].encode()])


def bare(path: Path) -> float:
    """Seconds to parse each line and to insert it where there is nothing else."""
    from django.db import connection, transaction

    start = time.perf_counter()
    with path.open("rb") as lines, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (line text)")
        for line in lines:
            json.loads(line)
            cursor.execute("INSERT INTO bare VALUES (%s)", [line.decode()])
        transaction.set_rollback(True)
    return time.perf_counter() - start


def brought_in(path: Path) -> dict[str, Any]:
    """Seconds, the most memory, and how long somebody else waited at most."""
    from claims.actions import incident as incidents
    from claims.actions import member
    from claims.actions.journal import Actor
    from claims.models import User

    user = User.objects.create_user("owner")
    desk = member.create_workspace(user, {"slug": "elsewhere", "name": "Elsewhere"})
    command = [sys.executable, "manage.py", "import", "large", str(path), "--format", "jsonl"]
    start = time.perf_counter()
    memory: list[int] = []
    waits: list[float] = []
    child = subprocess.Popen(
        [*command, "--create", "--as", "owner"], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    while child.poll() is None:
        memory.append(_resident(child.pid))
        began = time.perf_counter()
        incidents.create(Actor(desk, user), {"title": f"Meanwhile {len(waits)}"})
        waits.append(time.perf_counter() - began)
        time.sleep(0.2)
    if child.returncode:
        sys.exit("The import failed.")
    return {
        "seconds": round(time.perf_counter() - start, 1),
        "memory_mb": max(memory),
        "others_waited_ms": round(max(waits) * 1000),
        "others_wrote": len(waits),
    }


def _resident(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0
    lines = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(lines[0].split()[1]) // 1024 if lines else 0


def main() -> None:
    """Write the file, bring it in, report."""
    with folder() as data:
        path = data / "large.jsonl"
        with path.open("wb") as file:
            for piece in write(Lossless(living=Desk(CLAIMS).bundle(), narrowed=True)):
                file.write(piece)
        figures = {"megabytes": round(path.stat().st_size / 1e6), "bare": round(bare(path), 1)}
        figures |= brought_in(path)
        figures["ratio"] = round(figures["bare"] / figures["seconds"], 2)
        here = machine(data)
    print(json.dumps({"bench": "import", "claims": CLAIMS, **figures, "machine": here}))


if __name__ == "__main__":
    main()
