#!/usr/bin/env bash
# Make .venv and install a pinned list into it: scripts/venv.sh requirements.txt
# Does nothing, in a few milliseconds, when that list is installed already.
set -euo pipefail
cd "$(dirname "$0")/.."
list=${1:-requirements.txt}

fail() {
  echo "Counterclaim: $*" >&2
  exit 1
}

new_enough() {
  command -v "$1" >/dev/null &&
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if [ ! -x .venv/bin/python ]; then
  for python in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11 ""; do
    [ -n "$python" ] || fail "Python 3.11 or newer is needed, and ${PYTHON:-python3} is not; name one with PYTHON=/path/to/python3.12"
    new_enough "$python" && break
  done
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "$python cannot make a virtual environment; on Debian or Ubuntu: sudo apt-get install python3-venv"
  "$python" -m venv .venv || { rm -rf .venv; fail "$python -m venv .venv failed"; }
fi
new_enough .venv/bin/python ||
  fail ".venv holds no Python 3.11 or newer that runs; remove the folder .venv and try again"

# The stamp is what was installed: the lists themselves.
stamp=.venv/.installed-$list
wanted=$(cat requirements.txt "$list")
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
  echo "Installing $list into .venv (about a minute the first time) ..."
  .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check -r "$list" ||
    fail "the packages of $list could not be installed; see above"
  echo "$wanted" >"$stamp"
fi
