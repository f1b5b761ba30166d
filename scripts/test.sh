#!/usr/bin/env bash
# Every test: on SQLite, in Chromium, once more on PostgreSQL what touches a database, then the
# browser modules that run in Node, then what the first of these covered.
# COUNTERCLAIM_REQUIRE=chromium,postgresql turns "left out" into a failure; ARGS="-k name" goes to
# pytest.
set -uo pipefail
cd "$(dirname "$0")/.."
# The embedded database, whatever site this machine runs otherwise.
unset DATABASE_URL
data=$(mktemp -d "${TMPDIR:-/tmp}/counterclaim-data.XXXXXX")
trap 'rm -rf "$data"' EXIT
export COUNTERCLAIM_DATA=$data
python=.venv/bin/python
status=0

required() { [[ ",${COUNTERCLAIM_REQUIRE:-}," == *",$1,"* ]]; }
left_out() { # what, how to get it
  if required "$1"; then
    echo "COUNTERCLAIM_REQUIRE names $1, and it is not here. $2" >&2
    status=1
  else
    echo "Left out: $1 is not here. $2"
  fi
}
run_pytest() { "$@" --numprocesses auto --maxprocesses 4 --dist loadgroup ${ARGS:-} || status=1; }

rm -f .coverage .coverage.*
echo "--- SQLite"
run_pytest "$python" -m pytest -q --cov --cov-report= -m "not browser"

if "$python" -m tests.chromium; then
  echo "--- Chromium, on SQLite"
  # Not measured: to follow the browser's greenlets would halve the speed of all tests.
  run_pytest "$python" -m pytest -q -m browser
fi

echo "--- PostgreSQL"
if scripts/postgres.sh --there; then
  # Not measured: it walks the same lines again, and measuring takes a quarter of its time.
  run_pytest scripts/postgres.sh "$python" -m pytest -q \
    -m "database and not one_database and (not browser or every_database)"
else
  left_out postgresql "To get it: sudo apt-get install postgresql"
fi

echo "--- Browser modules in Node"
if command -v node >/dev/null; then
  find tests/js -name '*.test.*js' -print0 | sort -z |
    xargs -0 node --test --test-reporter=spec || status=1
else
  left_out node "To get it: sudo apt-get install nodejs"
fi

echo "--- Coverage"
if [ -n "${ARGS:-}" ]; then
  echo "not judged: ARGS chose some of the tests"
else
  "$python" -m coverage report --fail-under=100 || status=1
fi

[ $status = 0 ] && echo "make test passed" || echo "make test failed" >&2
exit $status
