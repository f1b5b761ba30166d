#!/usr/bin/env bash
# Run a command with DATABASE_URL on a throwaway PostgreSQL: scripts/postgres.sh pytest ...
# The cluster lives in a temporary folder, listens on a Unix socket there and on no port, and is
# stopped and removed when the command ends. `scripts/postgres.sh --there` says whether the server
# is installed, `--bin` where.
set -euo pipefail

find_bin() {
  local dir
  for dir in "$(dirname "$(readlink -f "$(command -v initdb)")")" \
    $(ls -d /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null | sort -rV); do
    if [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ] && [ -x "$dir/postgres" ]; then
      echo "$dir"
      return
    fi
  done
  return 1
}

bin=$(find_bin) || exit 69 # EX_UNAVAILABLE
[ "${1:-}" != --there ] || exit 0
[ "${1:-}" != --bin ] || { echo "$bin" && exit 0; }

# The server refuses to run as root.
as_owner() { "$@"; }
work=$(mktemp -d "${TMPDIR:-/tmp}/counterclaim-pg.XXXXXX")
if [ "$(id -u)" = 0 ]; then
  owner=postgres
  id "$owner" >/dev/null 2>&1 || owner=nobody
  chown "$owner" "$work"
  as_owner() { (cd "$work" && runuser -u "$owner" -- "$@"); }
fi
stop() {
  as_owner "$bin/pg_ctl" stop --silent --mode=immediate -D "$work/data" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

# A linguistic order of letters where the server has one, as on a team's server: whoever relies on
# SQLite's order of bytes finds out here.
locale=(--locale=C)
if as_owner "$bin/initdb" --help | grep -q -- --locale-provider; then
  locale+=(--locale-provider=icu --icu-locale=en)
fi
as_owner "$bin/initdb" -D "$work/data" --username=counterclaim --auth=trust --encoding=UTF8 \
  "${locale[@]}" >"$work.log" 2>&1 || { cat "$work.log" >&2; rm -f "$work.log"; exit 1; }
echo "CREATE DATABASE counterclaim" |
  as_owner "$bin/postgres" --single -D "$work/data" postgres >"$work.log" 2>&1
rm -f "$work.log"
# Nothing here has to survive a power cut. A statement that runs for a minute has gone astray (tables
# just filled have no statistics): let its test fail, and not the whole run hang.
# With POSTGRES_DURABLE it writes to the disk as a real one does, for what is measured.
haste="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
[ -z "${POSTGRES_DURABLE:-}" ] || haste=""
as_owner "$bin/pg_ctl" start --silent --wait -D "$work/data" -l "$work/log" -o \
  "-k $work -c listen_addresses='' $haste -c statement_timeout=60s" ||
  { cat "$work/log" >&2; exit 1; }

DATABASE_URL="postgres://counterclaim@/counterclaim?host=$work" "$@"
