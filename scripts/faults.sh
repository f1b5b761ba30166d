#!/usr/bin/env bash
# What happens when processes are killed, a database stops, a disk runs full, a clock steps back.
# COUNT=20 repeats it, each time with other chances, until one fails; FAULT_SEED=... repeats one of
# them, FAULT_SECONDS=60 goes on for longer, FAULT_EDITS is how many, FAULTS="disk or killed" chooses
# some by name. COUNTERCLAIM_REQUIRE=tmpfs,postgresql turns "left out" into a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
# What there is of it is made by the tests themselves.
unset DATABASE_URL COUNTERCLAIM_MIGRATED

if [ ! -d /proc/self ]; then
  echo "Left out: the fault tests look for processes in /proc, which is not here."
  exit 0
fi
scripts/postgres.sh --there || case ",${COUNTERCLAIM_REQUIRE:-}," in
  *,postgresql,*) echo "COUNTERCLAIM_REQUIRE names postgresql, and it is not here." >&2; exit 1 ;;
  *) echo "Left out: postgresql is not here. To get it: sudo apt-get install postgresql" ;;
esac
count=${COUNT:-1}
for ((number = 1; number <= count; number++)); do
  [ "$count" = 1 ] || echo "--- $number of $count"
  # Each database has a process of its own.
  .venv/bin/python -m pytest -q tests/faults -m faults -k "${FAULTS:-test}" \
    --numprocesses 2 --dist loadgroup ${ARGS:-} || exit 1
done
