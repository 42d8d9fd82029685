#!/usr/bin/env bash
# Measure on SQLite, then on PostgreSQL, and write the table to var/bench.md. Arguments name some
# of the questions (modules of bench/). PUBLISH=1 puts the table into docs/figures.md as well.
set -euo pipefail
cd "$(dirname "$0")/.."

started=$SECONDS
scripts/install.sh bench
rm -rf var/bench
mkdir -p var/bench
table=var/bench.md

# An empty database of the bench's own, set up like any other.
export DJANGO_SETTINGS_MODULE=bench.settings DEMONSTRATION=no
measure='scripts/setup.sh >&2 && exec .venv/bin/python -m bench "$@"'

.venv/bin/python -m bench.figures | tee "$table"
DATABASE_URL="sqlite:///$PWD/var/bench/db.sqlite3" bash -c "$measure" bench "$@" | tee -a "$table"
# Unlike for the tests, the server writes to the disk: what is acknowledged has to survive.
pg_virtualenv -t -c '--locale=C.UTF-8 --encoding=UTF8' -o fsync=on -o log_min_messages=panic \
    env DATABASE_URL=postgres:///postgres AUDIT_HEADS_FILE="$PWD/var/bench/heads.txt" bash -c "$measure" bench "$@" |
    grep --line-buffered '^|' | tee -a "$table"

if [ -n "${PUBLISH:-}" ]; then
    sed -i -e '/<!-- figures -->/,/<!-- \/figures -->/{//!d}' \
        -e "/<!-- figures -->/r $table" docs/figures.md
fi
printf '\n%d 秒かかりました。表は %s にあります。\n' "$((SECONDS - started))" "$table"
! grep -F '**missed**' "$table"
