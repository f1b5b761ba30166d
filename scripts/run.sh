#!/usr/bin/env bash
# Serve the site on the loopback with a production server; see `make run`.
set -euo pipefail
cd "$(dirname "$0")/.."
export PORT=${PORT:-8000}

scripts/venv.sh requirements.txt
.venv/bin/python scripts/port_is_free.py "$PORT"
.venv/bin/python scripts/prepare.py
# exec: Ctrl-C and `kill` reach gunicorn itself, which lets running requests finish.
exec .venv/bin/gunicorn -c annotator/gunicorn.py
