#!/usr/bin/env bash
# Run the tests on SQLite, then on PostgreSQL, and print a summary. Arguments select tests.
# Tests marked one_database, which do not depend on the database, run on SQLite only. So do the
# browser tests, unless NIGHTLY=1: the queries of the pages are tested on both without a browser.
# NIGHTLY=1 also adds the long tests, and measures the coverage of both runs together.
set -euo pipefail
cd "$(dirname "$0")/.."

started=$SECONDS
scripts/install.sh dev
mkdir -p var

# The browser is Debian's Chromium; Playwright must not download another one.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
summary=()
failed=0
may_be_nothing=

# Run the tests once: a name for the summary, then the command. With may_be_nothing set, it is no
# failure if no test was selected, for which pytest exits with status 5.
suite() {
    local name=$1 log="var/test-$1.log" result=合格
    shift
    printf '\n━━ %s ━━\n' "$name"
    "$@" 2>&1 | tee "$log" || case $?$may_be_nothing in
        5yes) result=対象なし ;;
        *) result=不合格 failed=1 ;;
    esac
    summary+=("$name: $result（$(grep -oE '([0-9]+ [a-z]+|no tests).* in [0-9.]+s' "$log" | tail -1)）")
    # The order is random. The seed, given with TESTS, repeats it.
    summary+=("  $(grep -oE -m 1 -e '--randomly-seed=[0-9]+' "$log" || true)")
}

pytest=(.venv/bin/python -m pytest -n 2 --durations=10 "$@")

everything=()
on_postgresql="not nightly and not one_database and not browser and not sweep"
if [ -n "${NIGHTLY:-}" ]; then
    everything=(-m "nightly or not nightly")
    on_postgresql="not nightly and not one_database"
    pytest+=(--cov --cov-append --cov-report=)
    .venv/bin/python -m coverage erase
fi
suite SQLite env -u DATABASE_URL "${pytest[@]}" "${everything[@]}"

# A temporary server. Its locale is C.UTF-8, because trigram search ignores kana and kanji under C.
# pg_virtualenv sets the libpq variables, so that the URL needs only the database. --reuse-db: the
# test databases are deleted with the server, and dropping each would wait for its connections.
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
