"""How fast a large desk goes out, and that nobody waits for it: `make bench-export CLAIMS=1000000`.

Each format is written once, beside a bare loop over the same queries on the driver's own cursor,
which writes the same columns with Python's csv module; then downloaded from the running server, for
the first byte and the memory, while somebody else writes. Ends with one line of JSON.
`RESULTS.md` keeps the figures.
"""

from __future__ import annotations

import csv
import io
import json
import os
import statistics
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from bench.asking import machine
from bench.site import Site, folder, served

if TYPE_CHECKING:
    from collections.abc import Iterator

CLAIMS = int(os.environ.get("CLAIMS", "100000"))
FORMATS = ("claims-csv", "jsonl", "csv")
PIECE = 64 * 1024


def rate(desk: Any, name: str) -> dict[str, float]:
    """Seconds of our writer and of the bare loop, and how they compare."""
    from claims.snapshot import FORMATS as KNOWN
    from claims.snapshot import Selection, reading
    from claims.snapshot.reader import Reader

    queries: list[tuple[str, Any]] = []

    class Noting(Reader):
        """A reader that notes what it is asked."""

        def rows(self, sql: str, params: Any, chunk: int = 500) -> Iterator[tuple[Any, ...]]:
            queries.append((sql, params))
            return super().rows(sql, params, chunk)

    size, start = 0, time.perf_counter()
    with reading() as reader:
        noting = Noting(reader._connection)  # noqa: SLF001
        first = 0.0
        for piece in KNOWN[name].write(noting, Selection(desk), lambda uid: f"/claims/{uid}/"):
            first = first or time.perf_counter() - start
            size += len(piece)
        noting.close()
    ours = time.perf_counter() - start
    bare = bare_loop(queries)
    return {
        "seconds": round(ours, 1),
        "bare": round(bare, 1),
        "ratio": round(bare / ours, 2),
        "megabytes": round(size / 1e6),
        "first_ms": round(first * 1000),
    }


def bare_loop(queries: list[tuple[str, Any]]) -> float:
    """Seconds for the same rows by the driver alone, as CSV."""
    from claims.snapshot import reading

    start = time.perf_counter()
    with reading() as reader:
        for sql, params in queries:
            # The connection's own way with placeholders, and then nothing of Django's.
            cursor = reader._connection.chunked_cursor()  # noqa: SLF001
            cursor.execute(sql, params)
            sink = io.StringIO(newline="")
            writer = csv.writer(sink)
            while rows := cursor.cursor.fetchmany(500):
                writer.writerows(rows)
                sink.seek(0)
                sink.truncate()
            cursor.close()
    return time.perf_counter() - start


def memory(pid: int) -> int:
    """Resident megabytes of the largest of the server's workers."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields["PPid"]) == pid:
            found.append(int(fields["VmRSS"].split()[0]) // 1024)
    return max(found, default=0)


def downloaded(site: Site, desk: Any, cookie: str, name: str) -> dict[str, float]:
    """First byte, whole time and memory of one download, and what a writer waits meanwhile."""
    waits: list[float] = []
    done = threading.Event()
    writer = threading.Thread(target=writing, args=(desk.pk, waits, done))
    writer.start()
    request = Request(f"{site.url}/w/{desk.slug}/export/{name}/", headers={"Cookie": cookie})  # noqa: S310
    start, most, size = time.perf_counter(), 0, 0
    with urlopen(request) as answer:  # noqa: S310 - our own server
        first = 0.0
        while piece := answer.read(PIECE):
            first = first or time.perf_counter() - start
            size += len(piece)
            most = max(most, memory(site.pid)) if size % (PIECE * 50) < PIECE else most
    took = time.perf_counter() - start
    done.set()
    writer.join()
    return {
        "first_ms": round(first * 1000),
        "seconds": round(took, 1),
        "megabytes": round(size / 1e6),
        "memory": max(most, memory(site.pid)),
        "write_ms": round(statistics.median(waits) * 1000),
        "write_most_ms": round(max(waits) * 1000),
    }


def writing(desk: int, waits: list[float], done: threading.Event) -> None:
    """A row is written four times a second, and timed."""
    from django.db import connection, transaction

    from claims.models import Incident

    pk = Incident.objects.filter(workspace=desk).order_by("id").values_list("pk", flat=True)[0]
    while True:
        start = time.perf_counter()
        with transaction.atomic():
            Incident.objects.filter(pk=pk).update(summary=f"{start}")
        waits.append(time.perf_counter() - start)
        if done.wait(0.25):
            break
    connection.close()


def main() -> None:
    """Build, write, download, report."""
    with folder() as data:
        from bench.world import World

        figures: dict[str, Any] = {}
        world = World(CLAIMS)
        desk, user = world.desk, world.reviewer
        for name in FORMATS:
            figures[name] = {"written": rate(desk, name)}
            print(name, figures[name]["written"], flush=True)
        cookie = signed_in(user)
        for name in FORMATS[:2]:
            with served(data) as site:
                urlopen(f"{site.url}/").close()  # noqa: S310
                before = memory(site.pid)
                figures[name]["sent"] = downloaded(site, desk, cookie, name)
                figures[name]["sent"]["memory_before"] = before
            print(name, figures[name]["sent"], flush=True)
        here = machine(data)
    print(json.dumps({"bench": "export", "claims": CLAIMS, "formats": figures, "machine": here}))


def signed_in(user: Any) -> str:
    """The cookie of a session."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return f"sessionid={client.cookies['sessionid'].value}"


if __name__ == "__main__":
    main()
