"""A team at work on one site: `make load`; fails on a 5xx or on a write that was lost.

USERS=analysts/reviewers/exporters (50/10/2), MINUTES (10), CLAIMS (20000) at the desk before.
`DATABASE_URL` names an empty PostgreSQL database, else SQLite. The site is as shipped, but that
PROXIES=1, so that each person comes from an address of their own, as through nginx.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.site import folder, served
from scripts.screenshots import ROOT

LOCUST = ROOT / ".venv-load" / "bin" / "locust"
PASSWORD = "an analyst's long one"
GOAL = 200  # milliseconds, p95 of saving an annotation
ROLES = ("analyst", "reviewer", "exporter")


def build(people: dict[str, int], claims: int) -> dict[str, Any]:
    """The desk, and what the people need to know of it."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from bench.world import World
    from claims.actions import training
    from claims.models import Claim, Membership, Question, Span, Training, User
    from claims.records import TrainingState

    world = World(claims)
    hashed = make_password(PASSWORD)
    for role, number in people.items():
        for n in range(1, number + 1):
            user = User.objects.create(username=f"{role}-{n}", password=hashed)
            seat = "viewer" if role == "exporter" else role
            Membership.objects.create(workspace=world.desk, user=user, role=seat)
    places: dict[int, dict[str, Any]] = {}
    rows = Span.objects.within(world.desk).select_related("claim__article", "claim__incident")
    for span in rows.order_by("claim__article_id")[:5_000]:
        claim: Any = span.claim
        place = places.setdefault(
            claim.article_id,
            {
                "article": str(claim.article.uid),
                "incident": str(claim.incident.uid),
                "incident_name": str(claim.incident),
                "words": [],
            },
        )
        place["words"].append({"start": span.start, "end": span.end, "quote": span.quote})
    questions = Question.objects.within(world.desk).filter(is_key=True).select_related("incident")
    waiting = Claim.objects.within(world.desk).filter(status="submitted")
    # Such a desk has learned from its claims long ago; it does so anew after a tenth more of them.
    Training.objects.create(
        workspace=world.desk,
        number=1,
        state=TrainingState.DONE.value,
        claims=training.approved(world.desk),
        ended_at=timezone.now(),
    )
    return {
        "desk": world.desk.slug,
        "people": people,
        "password": PASSWORD,
        "claims": claims,
        "places": list(places.values()),
        "sources": [source.name for source in world.sources[:200]],
        "incidents": [
            {"uid": str(one.incident.uid), "question": str(one.uid)} for one in questions[:500]
        ],
        "waiting": [str(uid) for uid in waiting.values_list("uid", flat=True)[:2_000]],
    }


def lost(told: list[dict[str, str]]) -> Iterator[str]:
    """Every acknowledged write that the database does not have."""
    from claims.models import Assessment, Claim

    rows = {str(one.uid): one for one in Claim.objects.all().iterator()}
    verdicts = set(Assessment.objects.values_list("rationale", flat=True))
    newest: dict[str, dict[str, str]] = {}
    for line in told:
        if line["kind"] == "verdict":
            if line["rationale"] not in verdicts:
                yield json.dumps(line)
        else:
            newest[line["uid"]] = line
    for uid, line in newest.items():
        row, kind = rows.get(uid), line["kind"]
        if (
            row is None
            or (row.deleted_at is not None) != (kind == "undo")
            or (kind == "edit" and row.paraphrase != line["paraphrase"])
            or (kind == "approved" and row.status != "approved")
        ):
            yield json.dumps(line)


def drive(url: str, work: Path, minutes: float, people: dict[str, int]) -> None:
    """Runs locust to its end; what it found is in `work`."""
    subprocess.run(
        [
            *(str(LOCUST), "-f", str(ROOT / "tests/load/people.py"), "--headless", "--host", url),
            *("-u", str(sum(people.values())), "-r", "2", "-t", f"{int(minutes * 60)}s"),
            *("--stop-timeout", "30", "--csv", str(work / "found"), "--only-summary"),
        ],
        cwd=ROOT,
        env=os.environ
        | {
            "LOAD_WORLD": str(work / "world.json"),
            "LOAD_TOLD": str(work / "told.jsonl"),
            "PYTHONPATH": str(ROOT),
        },
        check=False,  # it fails on any failure; ours are counted below
    )


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Build, serve, drive, compare, report."""
    numbers = [int(n) for n in os.environ.get("USERS", "50/10/2").split("/")]
    people = dict(zip(ROLES, numbers, strict=True))
    minutes = float(os.environ.get("MINUTES", "10"))
    os.environ["PROXIES"] = "1"
    with folder() as data, TemporaryDirectory(prefix="counterclaim-load-") as made:
        from django.db import connection

        work = Path(made)
        world = build(people, int(os.environ.get("CLAIMS", "20000")))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        (work / "world.json").write_text(json.dumps(world))
        (work / "told.jsonl").touch()
        with served(data) as site:
            drive(site.url, work, minutes, people)
            answers = [line.split() for line in site.log.read_text().splitlines()]
        told = [json.loads(line) for line in (work / "told.jsonl").read_text().splitlines()]
        missing = list(lost(told))
        stats = {row["Name"]: row for row in table(work / "found_stats.csv")}
        failures = [
            f"{row['Occurrences']}x {row['Name']}: {row['Error']}"
            for row in table(work / "found_failures.csv")
        ]
        broken = sum(answer[2].startswith("5") for answer in answers)
        saves = stats.get("save a claim", {})
        p95 = float(saves.get("95%") or "inf")
        found = {
            "load": {**people, "minutes": minutes, "claims": world["claims"]},
            "database": connection.vendor,
            "cores": os.cpu_count(),
            "machine_load": round(os.getloadavg()[0], 1),
            "requests": len(answers),
            "server_errors": broken,
            "acknowledged": len(told),
            "lost": len(missing),
            "failures": failures,
            "saves": int(saves.get("Request Count") or 0),
            "save_median": float(saves.get("50%") or "inf"),
            "save_p95": p95,
            "within_goal": p95 < GOAL,
            "p95": {name: float(row["95%"]) for name, row in stats.items() if row["95%"] != "N/A"},
        }
    print(*missing[:20], sep="\n")
    print(json.dumps(found))
    if broken or missing or not told:
        sys.exit(1)


if __name__ == "__main__":
    main()
