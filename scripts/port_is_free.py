"""Fail with one line when a port of the loopback can't be had: `port_is_free.py 8000`."""

from __future__ import annotations

import socket
import sys


def problem(port: str) -> str | None:
    """Why `port` can't be served on, or None when it can."""
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        return f"PORT={port} is not a port: give a number from 1 to 65535."
    with socket.socket() as probe:
        # As gunicorn does: a port that was just given up may be taken again at once.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError:
            return f"Port {port} is for the administrator alone; try: make run PORT=8000"
        except OSError:
            other = int(port) % 65535 + 1
            return f"Port {port} is taken by another program; try: make run PORT={other}"
    return None


if __name__ == "__main__":
    found = problem(sys.argv[1])
    sys.exit(f"Counterclaim: {found}" if found else 0)
