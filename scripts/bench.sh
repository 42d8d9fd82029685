#!/usr/bin/env bash
# Run the benchmark on SQLite, then on PostgreSQL, and write the table to var/bench.md. Arguments
# select questions (modules of bench/). PUBLISH=1 puts the table into docs/figures.md as well.
set -euo pipefail
cd "$(dirname "$0")/.."

started=$SECONDS
scripts/install.sh bench
rm -rf var/bench
mkdir -p var/bench
table=var/bench.md

# An empty database that only the benchmark uses, set up like any other.
export DJANGO_SETTINGS_MODULE=bench.settings DEMONSTRATION=no
measure='scripts/setup.sh >&2 && exec .venv/bin/python -m bench "$@"'

.venv/bin/python -m bench.figures | tee "$table"
DATABASE_URL="sqlite:///$PWD/var/bench/db.sqlite3" bash -c "$measure" bench "$@" | tee -a "$table"
# With fsync, unlike in the tests: a text that was acknowledged has to survive a crash.
pg_virtualenv -t -c '--locale=C.UTF-8 --encoding=UTF8' -o fsync=on -o log_min_messages=panic \
    env DATABASE_URL=postgres:///postgres AUDIT_HEADS_FILE="$PWD/var/bench/heads.txt" bash -c "$measure" bench "$@" |
    grep --line-buffered '^|' | tee -a "$table"

if [ -n "${PUBLISH:-}" ]; then
    sed -i -e '/<!-- figures -->/,/<!-- \/figures -->/{//!d}' \
        -e "/<!-- figures -->/r $table" docs/figures.md
fi
printf '\n%d 秒かかりました。表は %s にあります。\n' "$((SECONDS - started))" "$table"
! grep -F '**missed**' "$table"
