"""Make the site ready to serve: tables, static files, and the demo in an empty database.

One process for all three, so that a second start takes seconds.
"""

from __future__ import annotations

import hashlib
import os
import sys
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings")

import django  # noqa: E402 - the path to the project comes first
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402


def static_fingerprint() -> str:
    """Changes when a static file, a package that ships some, or how they are stored changes."""
    digest = hashlib.sha256()
    for path in (ROOT / "requirements.txt", ROOT / "annotator" / "static.py", Path(__file__)):
        digest.update(path.read_bytes())
    for path in sorted((ROOT / "claims" / "static").rglob("*")):
        digest.update(f"{path}\0{path.stat().st_mtime_ns}\0{path.stat().st_size}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    """Collect, hash and compress the static files, unless that was done for the same files."""
    stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
    fingerprint = static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)


def count_rows() -> None:
    """Tell SQLite how many rows its indexes tell apart: PostgreSQL sees to that by itself.

    A new index is unknown until then, and taken for a better one than it is. Of a million claims
    it takes some seconds.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def show_sign_ins() -> None:
    """Print the names and passwords of the demo accounts, while there are any."""
    from claims.demo.accounts import sign_ins

    if lines := sign_ins():
        print("\nSign in to the demo as (name, password):")
        print(*(f"  {line}" for line in lines), sep="\n", flush=True)


if __name__ == "__main__":
    django.setup()
    # Loads every page: what is broken stops the start, and not the first reader.
    call_command("check", stdout=StringIO())
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    call_command("second_factor", seal=True, stdout=StringIO())
    call_command("demo", if_empty=True)
    count_rows()
    show_sign_ins()
