#!/usr/bin/env bash
# The static gate. Runs everything at once, shows it in order, then fails with the names of what failed.
set -uo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT
names=()
processes=()

step() {
  names+=("$1")
  shift
  "$@" >"$said/${#names[@]}" 2>&1 &
  processes+=("$!")
}

# A site as a team would deploy it, in a folder of its own.
deployed() {
  local data status=0
  data=$(mktemp -d)
  env -u DEBUG -u DATABASE_URL COUNTERCLAIM_DATA="$data" COUNTERCLAIM_SCHEME=https \
    ALLOWED_HOSTS=counterclaim.example CSRF_TRUSTED_ORIGINS=https://counterclaim.example \
    python -W error manage.py "$@" || status=$?
  rm -rf "$data"
  return $status
}

step "packages fit together" python -m pip check --disable-pip-version-check
step "lint" ruff check .
step "format" ruff format --check .
step "types" mypy
step "layers" lint-imports
step "templates" scripts/templates.sh --check
step "migrations" deployed makemigrations --check --dry-run
step "known holes in packages" scripts/audit.sh
step "deployment" deployed check --deploy --fail-level WARNING

failed=
for ((i = 0; i < ${#names[@]}; i++)); do
  wait "${processes[i]}" || failed="$failed, ${names[i]}"
  echo "--- ${names[i]}"
  cat "$said/$((i + 1))"
done
if [ -n "$failed" ]; then
  echo "make check failed: ${failed#, }" >&2
  exit 1
fi
echo "make check passed"
