#!/usr/bin/env bash
# `make load`: a team at work on the site, on a throwaway PostgreSQL or on SQLite (DATABASE=sqlite).
# locust is in an environment of its own, .venv-load.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! cmp -s tests/load/requirements.txt .venv-load/installed.txt; then
  .venv/bin/python -m venv .venv-load
  .venv-load/bin/python -m pip install --quiet --disable-pip-version-check -r tests/load/requirements.txt
  cp tests/load/requirements.txt .venv-load/installed.txt
fi
export USERS=${USERS:-${ANALYSTS:-50}/${REVIEWERS:-10}/${EXPORTERS:-2}}
unset DATABASE_URL COUNTERCLAIM_SCHEME
if [ "${DATABASE:-postgresql}" = sqlite ]; then
  exec .venv/bin/python -m tests.load.run
fi
POSTGRES_DURABLE=1 scripts/postgres.sh .venv/bin/python -m tests.load.run
