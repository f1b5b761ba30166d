#!/usr/bin/env bash
# Put the templates into their format; with --check, only say whether they are.
set -euo pipefail
cd "$(dirname "$0")/.."
templates() { find templates claims -name '*.html' -not -path '*/static/*' -print0 | sort -z; }
status=0
templates | xargs -0 .venv/bin/djade --target-version 5.2 "$@" || status=1
templates | xargs -0 .venv/bin/djhtml --tabwidth 2 "$@" || status=1
# Without --check, djade answers "not formatted" when it has just formatted.
[ "${1:-}" != --check ] || exit $status
