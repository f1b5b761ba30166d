"""The worker beside the server: started again when it dies, ended with the server."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.worker import LIVED, LONGEST_PAUSE, POLITE, Worker

pytestmark = pytest.mark.one_database
WAITS = "import sys, time; open(sys.argv[1], 'a').write('x'); time.sleep(60)"
DEAF = "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + WAITS


def until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def starts(path: Path) -> int:
    return len(path.read_text()) if path.exists() else 0


@pytest.mark.parametrize("code", [WAITS, DEAF])
def test_it_is_started_again_when_it_dies_and_ended_at_the_end(tmp_path: Path, code: str) -> None:
    log = tmp_path / "starts"
    worker = Worker([sys.executable, "-c", code, str(log)], pause=0.01)
    worker.start()
    until(lambda: starts(log) == 1)
    assert worker.process is not None
    os.kill(worker.process.pid, signal.SIGKILL)
    until(lambda: starts(log) == 2)
    worker.end(seconds=0.5)
    assert worker.process.poll() is not None
    worker.end()
    assert starts(log) == 2


def test_it_steps_back_for_whoever_waits_for_a_page(tmp_path: Path) -> None:
    log = tmp_path / "starts"
    worker = Worker([sys.executable, "-c", WAITS, str(log)])
    worker.start()
    until(lambda: starts(log) == 1)
    assert worker.process is not None
    pid = worker.process.pid
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, pid) == min(own + POLITE, 19)
    assert os.getsid(pid) == os.getsid(0), "time is shared out among sessions first"
    assert os.getpgid(pid) != os.getpgid(0), "Ctrl-C is gunicorn's"
    worker.end()


def test_one_that_dies_at_once_is_given_longer_and_longer_pauses() -> None:
    worker = Worker(["true"], pause=1)
    pauses = []
    for lived in (0, 0, 0, LIVED + 1, 0, *[0] * 9):
        worker.pause = worker._next_pause(lived)
        pauses.append(worker.pause)
    assert pauses[:5] == [2, 4, 8, 1, 2]
    assert pauses[-1] == LONGEST_PAUSE
