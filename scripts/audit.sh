#!/usr/bin/env bash
# Asks the Python advisory service whether a pinned package has a known hole. Fails on a finding;
# says so and passes where the service can't be reached, since a machine without a network has to be
# able to run `make check`. COUNTERCLAIM_REQUIRE=audit turns that into a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
version=2.10.1
# In an environment of its own: it needs some twenty packages, which nothing else here does.
home=${COUNTERCLAIM_AUDIT:-.venv-audit}

unreachable() {
  echo "NOT AUDITED: $1. Run scripts/audit.sh where there is a network."
  [[ ",${COUNTERCLAIM_REQUIRE:-}," != *",audit,"* ]]
  exit
}

if [ ! -x "$home/bin/pip-audit" ]; then
  python3 -m venv "$home" &&
    "$home/bin/python" -m pip install -q --disable-pip-version-check "pip-audit==$version" \
      >/dev/null 2>&1 || unreachable "pip-audit can't be installed"
fi
found=$(mktemp)
trap 'rm -f "$found"' EXIT
status=0
said=$("$home/bin/pip-audit" --requirement "${1:-requirements.txt}" --no-deps --disable-pip \
  --progress-spinner off --format json --output "$found" 2>&1) || status=$?
# It ends with 1 for a finding and for a service that doesn't answer; only the first writes a report.
[ -s "$found" ] || unreachable "the advisory service gave no answer (${said##*$'\n'})"
[ $status = 0 ] && echo "no known holes in ${1:-requirements.txt}" || { echo "$said"; cat "$found"; }
exit $status
