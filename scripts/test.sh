#!/usr/bin/env bash
# Every test: those of the core, with what they cover of it, then the others on SQLite, in Chromium,
# once more on PostgreSQL what touches a database, what happens when processes are killed, and the
# browser modules that run in Node.
# COUNTERCLAIM_REQUIRE=chromium,postgresql turns "left out" into a failure; ARGS="-k name" goes to
# pytest.
set -uo pipefail
cd "$(dirname "$0")/.."
# The embedded database, whatever site this machine runs otherwise.
unset DATABASE_URL
# Kept bytecode: else each process compiles every module, and rewrites the assertions of each test.
unset PYTHONDONTWRITEBYTECODE
data=$(mktemp -d "${TMPDIR:-/tmp}/counterclaim-data.XXXXXX")
trap 'rm -rf "$data"' EXIT
export COUNTERCLAIM_DATA=$data
python=.venv/bin/python
# Each process that tests on SQLite starts from a copy of this one.
"$python" manage.py migrate --verbosity 0 && export COUNTERCLAIM_MIGRATED=1
core="tests/unit/anchoring tests/unit/dispute tests/unit/exporters tests/unit/importers
  tests/unit/records tests/unit/searching tests/unit/snapshot tests/unit/suggester
  tests/unit/actions/test_sealing.py tests/unit/test_custody.py tests/unit/test_outgoing.py
  tests/unit/test_rewind.py tests/unit/test_docs.py
  tests/unit/actions/test_importing_foreign.py tests/pages/test_article_import.py
  tests/pages/test_import_foreign.py"
# What of the core only these meet; they are run once more with the others of their file.
journal="tests/unit/actions/test_importing_past.py::test_everything_comes_in_and_goes_out_the_same
  tests/unit/actions/test_importing_past.py::test_what_is_wrong_with_it_is_said"
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
run_pytest() { # ARGS may choose none of these
  "$@" --numprocesses auto --maxprocesses 4 --dist loadgroup ${ARGS:-} ||
    { [ $? = 5 ] && [ -n "${ARGS:-}" ]; } || status=1
}

rm -f .coverage .coverage.*
echo "--- The core, with coverage"
run_pytest "$python" -m pytest -q --cov --cov-report= $core $journal

echo "--- SQLite"
# Not measured: that takes two fifths of the time. `make coverage` measures everything.
run_pytest "$python" -m pytest -q -m "not browser and not faults" $(printf -- '--ignore=%s ' $core)

if "$python" -m tests.chromium; then
  echo "--- Chromium, on SQLite"
  # Not measured: to follow the browser's greenlets would halve the speed of all tests.
  run_pytest "$python" -m pytest -q tests/browser
fi

echo "--- PostgreSQL"
if scripts/postgres.sh --there; then
  # Not measured: it walks the same lines again, and measuring takes a quarter of its time.
  run_pytest scripts/postgres.sh "$python" -m pytest -q \
    -m "database and not one_database and not faults and (not browser or every_database)"
else
  left_out postgresql "To get it: sudo apt-get install postgresql"
fi

echo "--- Faults: processes killed, databases stopped, a full disk"
# A minute of them; `make faults` has all, and a thousand edits at once.
if [ -z "${ARGS:-}" ]; then
  FAULT_EDITS=300 FAULTS="web_workers or stopped_and_started or each_edit or disk" \
    scripts/faults.sh || status=1
else
  echo "left out: ARGS chose some of the tests"
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
