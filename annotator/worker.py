"""A worker beside gunicorn: started with it, started again when it dies, ended with it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
COMMAND = [sys.executable, str(MANAGE), "work", "--with-parent"]
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
LIVED = 60.0  # seconds; one that dies sooner is given a longer pause
POLITE = 5
"""By how much nicer than gunicorn it is: who waits for a page comes before what learns."""

log = logging.getLogger(__name__)

# A web worker that is forked while this one is started would keep open the pipe by which `Popen`
# hears that it runs; then nobody would notice its end as long as the other lives.
_forking = threading.Lock()
os.register_at_fork(
    before=_forking.acquire, after_in_parent=_forking.release, after_in_child=_forking.release
)


class Worker:
    """Keeps one `manage.py work` alive, in a group of its own: Ctrl-C reaches gunicorn alone.

    Not in a session of its own: Linux shares out time among those first, and being nice to
    another one is of no use.
    """

    def __init__(self, command: list[str] = COMMAND, pause: float = FIRST_PAUSE) -> None:
        self.command = command
        self.first_pause = self.pause = pause
        self.process: subprocess.Popen[bytes] | None = None
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self, seconds: float = 10) -> None:
        """Tells it to end, and waits for that; then it is killed, and what it did goes on later."""
        self._ending.set()
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _keep(self) -> None:
        while not self._ending.is_set():
            began = time.monotonic()
            with _forking:
                self.process = subprocess.Popen(self.command, process_group=0)  # noqa: S603
            self._step_back(self.process.pid)
            if self._ending.is_set():
                self.process.terminate()
            self.process.wait()
            self.pause = self._next_pause(time.monotonic() - began)
            if not self._ending.is_set():
                log.error("The worker has ended; it is started again in %g s.", self.pause)
            self._ending.wait(self.pause)

    def _step_back(self, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, 0) + POLITE)

    def _next_pause(self, lived: float) -> float:
        return self.first_pause if lived > LIVED else min(self.pause * 2, LONGEST_PAUSE)
