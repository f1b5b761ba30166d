"""How gunicorn serves the site: `gunicorn -c annotator/gunicorn.py`.

Threads, because a sync worker is killed in the middle of a long export, and the file
that arrives looks whole. Everything can be set from the environment.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import Any

from annotator.worker import Worker

wsgi_app = "annotator.wsgi:application"
# The loopback alone: who wants the site on a network puts a TLS proxy before it, or sets BIND.
bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or '8000'}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or "2")
threads = int(os.environ.get("WEB_THREADS") or "4")
# A broken setting stops the start with one traceback, not each worker with its own.
preload_app = True
keepalive = 5
TURN = 0.0005  # seconds
loglevel = "warning"
# Its default place is one file in the home directory, which two sites would fight over.
control_socket_disable = True


# What takes long is done beside the pages; `off` where another machine does it.
worker = Worker() if os.environ.get("BACKGROUND_WORKER", "on") != "off" else None


def on_exit(server: Any) -> None:
    """End the worker with the server."""
    if worker:
        worker.end()


def when_ready(server: Any) -> None:
    """Say where the site is, once the socket is really open; before there are workers."""
    # What is loaded now stays. Else the collector looks through all of it, in the middle of a
    # request, each time that a long page has made enough objects.
    gc.collect()
    gc.freeze()
    if worker:
        worker.start()
    address = bind.replace("127.0.0.1", "localhost")
    sys.stdout.write(f"\nCounterclaim is ready: http://{address}  (Ctrl-C stops it)\n")
    sys.stdout.flush()


def post_worker_init(worker: Any) -> None:
    """Leave Ctrl-C to the master, which then tells each worker to quit; let threads take turns.

    A terminal sends it to all of them; a worker that is told twice at once can wait for itself
    for ever, and the stop would take half a minute.

    A page asks the database some fifty times, and each time that the answer is there it has to
    wait until the thread that writes an export lets go of the interpreter: 5 ms by default.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.setswitchinterval(TURN)
