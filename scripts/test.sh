#!/usr/bin/env bash
# Run the suite on SQLite, then on PostgreSQL, and sum up. Arguments name a part of it.
# With NIGHTLY=1 the long sweeps run too. They touch no database, so SQLite is enough for them.
set -euo pipefail
cd "$(dirname "$0")/.."

started=$SECONDS
scripts/install.sh dev
mkdir -p var

# The browser is Debian's Chromium; nothing may fetch another one.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
summary=()
failed=0

# Run the suite once: a name for the summary, a command to run it under, the tests.
suite() {
    local name=$1 log="var/test-$1.log" result=合格
    shift
    printf '\n━━ %s ━━\n' "$name"
    "$@" 2>&1 | tee "$log" || { result=不合格 failed=1; }
    summary+=("$name: $result（$(grep -oE '[0-9]+ [a-z]+.* in [0-9.]+s' "$log" | tail -1)）")
}

pytest=(.venv/bin/python -m pytest -n 2 --durations=10 "$@")

everything=()
[ -z "${NIGHTLY:-}" ] || everything=(-m "nightly or not nightly")
suite SQLite env -u DATABASE_URL "${pytest[@]}" "${everything[@]}"

# A server of its own, gone afterwards. C.UTF-8, because trigram search ignores kana and kanji
# under C. The libpq variables say where it is, so the address only has to name the database. The
# test databases go with the server: dropping each would only wait for its last connection.
suite PostgreSQL pg_virtualenv -t -c '--locale=C.UTF-8 --encoding=UTF8' \
    -o synchronous_commit=off -o log_min_messages=fatal \
    env DATABASE_URL=postgres:///postgres "${pytest[@]}" --reuse-db

printf '\n━━ まとめ（%d 秒） ━━\n' "$((SECONDS - started))"
printf '%s\n' "${summary[@]}"
exit "$failed"
