"""A PostgreSQL of one's own, which can be stopped under load.

Not `scripts/postgres.sh`'s: that one acknowledges before it has written, and these tests count what
was acknowledged. What survives here is a killed process, not a power cut: no fsync.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import mkdtemp

SCRIPT = Path(__file__).parents[2] / "scripts" / "postgres.sh"
OPTIONS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=60"


def find_bin() -> Path | None:
    """The folder of the server's programs; none where it is not installed."""
    found = subprocess.run([SCRIPT, "--bin"], capture_output=True, text=True, check=False)
    return Path(found.stdout.strip()) if found.returncode == 0 else None


class Cluster:
    """A server on a socket in a temporary folder."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(mkdtemp(prefix="counterclaim-faults-pg-"))
        self.data = self.folder / "data"
        # The server refuses to run as root.
        self.as_owner: list[str] = []
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
            self.as_owner = ["runuser", "-u", "postgres", "--"]
        self._run(
            "initdb", "-D", self.data, "--username=counterclaim", "--auth=trust",
            "--encoding=UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        self.start()

    def start(self) -> None:
        """Returns once it answers."""
        options = f"-k {self.folder} {OPTIONS}"
        self._run(
            "pg_ctl", "start", "-w", "-D", self.data, "-l", self.folder / "log", "-o", options
        )

    def stop(self, mode: str = "immediate") -> None:
        """`immediate` leaves everything as a crash would."""
        self._run("pg_ctl", "stop", "-D", self.data, f"--mode={mode}")

    def url(self, name: str) -> str:
        """What `DATABASE_URL` is for one of its databases."""
        return f"postgres://counterclaim@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template1") -> str:
        """A new database, as a copy of another one; its address."""
        self._run(
            "createdb", "-h", self.folder, "-U", "counterclaim", "--template", template,
            "--strategy=file_copy" if template != "template1" else "--strategy=wal_log", name,
        )  # fmt: skip
        return self.url(name)

    def remove(self) -> None:
        """Stops it, and takes the folder away."""
        subprocess.run(
            [*self.as_owner, self.programs / "pg_ctl", "stop", "-D", self.data, "-m", "immediate"],
            capture_output=True, check=False, cwd=self.folder,
        )  # fmt: skip
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *args: object) -> None:
        command = [*self.as_owner, str(self.programs / program), *map(str, args)]
        # Into a file: who starts a server would else wait for the end of its output.
        with (self.folder / "said").open("ab") as said:
            subprocess.run(command, stdout=said, stderr=said, check=True, cwd=self.folder)
