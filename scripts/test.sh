#!/usr/bin/env bash
# Run the suite on SQLite, then on PostgreSQL, and sum up. Arguments name a part of it.
# What the database has nothing to do with (the mark one_database) runs on SQLite alone; the long
# sweeps, which NIGHTLY=1 adds, are of that kind. A page in the browser asks what the tests below it
# ask, so the browser meets PostgreSQL with NIGHTLY=1 alone. That also measures how much of the
# project's own code both runs together have reached.
set -euo pipefail
cd "$(dirname "$0")/.."

started=$SECONDS
scripts/install.sh dev
mkdir -p var

# The browser is Debian's Chromium; nothing may fetch another one.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
summary=()
failed=0
may_be_nothing=

# Run the suite once: a name for the summary, a command to run it under, the tests. With
# may_be_nothing set, it is nothing amiss if no test is left to run, which pytest tells by status 5.
suite() {
    local name=$1 log="var/test-$1.log" result=合格
    shift
    printf '\n━━ %s ━━\n' "$name"
    "$@" 2>&1 | tee "$log" || case $?$may_be_nothing in
        5yes) result=対象なし ;;
        *) result=不合格 failed=1 ;;
    esac
    summary+=("$name: $result（$(grep -oE '([0-9]+ [a-z]+|no tests).* in [0-9.]+s' "$log" | tail -1)）")
    # The order is drawn by lot; given with TESTS, this repeats it.
    summary+=("  $(grep -oE -m 1 -e '--randomly-seed=[0-9]+' "$log" || true)")
}

pytest=(.venv/bin/python -m pytest -n 2 --durations=10 "$@")

everything=()
on_postgresql="not nightly and not one_database and not browser"
if [ -n "${NIGHTLY:-}" ]; then
    everything=(-m "nightly or not nightly")
    on_postgresql="not nightly and not one_database"
    pytest+=(--cov --cov-append --cov-report=)
    .venv/bin/python -m coverage erase
fi
suite SQLite env -u DATABASE_URL "${pytest[@]}" "${everything[@]}"

# A server of its own, gone afterwards. C.UTF-8, because trigram search ignores kana and kanji
# under C. The libpq variables say where it is, so the address only has to name the database. The
# test databases go with the server: dropping each would only wait for its last connection.
may_be_nothing=yes
suite PostgreSQL pg_virtualenv -t -c '--locale=C.UTF-8 --encoding=UTF8' \
    -o synchronous_commit=off -o log_min_messages=fatal \
    env DATABASE_URL=postgres:///postgres "${pytest[@]}" --reuse-db \
    -m "$on_postgresql"

if [ -n "${NIGHTLY:-}" ]; then
    printf '\n━━ 網羅率（分岐を含む） ━━\n'
    .venv/bin/python -m coverage report
fi

printf '\n━━ まとめ（%d 秒） ━━\n' "$((SECONDS - started))"
printf '%s\n' "${summary[@]}"
exit "$failed"
