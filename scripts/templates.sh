#!/usr/bin/env bash
# Put the templates into their format; with --check, only say whether they are.
set -euo pipefail
cd "$(dirname "$0")/.."
templates() { find templates claims -name '*.html' -not -path '*/static/*' -print0 | sort -z; }
templates | xargs -0 .venv/bin/djade --target-version 5.2 "$@"
templates | xargs -0 .venv/bin/djhtml --tabwidth 2 "$@"
