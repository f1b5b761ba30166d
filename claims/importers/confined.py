"""A reader in a process of its own, which is ended when it takes too long or too much memory.

For formats whose files can keep a reader busy for ever: a thread can't be stopped. One start takes
a quarter of a second.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from claims.importers.page import ReadError

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 20
MEMORY = 1024 * 1024 * 1024
TOO_LONG = "The file takes too long to read. Copy its text and paste it instead."
TOO_LARGE = "The file takes too much memory to read. Copy its text and paste it instead."
DAMAGED = "The file is damaged and can’t be read. Copy its text and paste it instead."


def run(module: str, data: bytes, seconds: float = SECONDS) -> dict[str, Any]:
    """What `module`, started with `data` as its input, says in JSON. Raises ReadError.

    The module ends with `answer(...)`.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own module, named by our own code
            [sys.executable, "-m", module],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(TOO_LONG) from error
    if done.returncode:
        raise ReadError(TOO_LONG if done.returncode < 0 else DAMAGED)
    found: dict[str, Any] = json.loads(done.stdout)
    if "error" in found:
        raise ReadError(found["error"])
    return found


def limit(seconds: int = SECONDS, memory: int = MEMORY) -> None:
    """Limits this process; the system ends it where it goes on."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if sys.platform != "darwin":  # which refuses it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def answer(read: Callable[[bytes], dict[str, Any]], data: bytes) -> str:
    """What `read` finds in `data`, or why it finds nothing, as `run` expects it."""
    try:
        return json.dumps(read(data))
    except ReadError as error:
        return json.dumps({"error": str(error)})
    except MemoryError:
        return json.dumps({"error": TOO_LARGE})
    except Exception:  # noqa: BLE001 - a made-up file finds every way to fail
        return json.dumps({"error": DAMAGED})
