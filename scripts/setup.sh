#!/usr/bin/env bash
# Prepare the checkout: packages, database, editions, demonstration, static files.
# Idempotent: existing data stays as it is.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh run

manage() { .venv/bin/python manage.py "$@"; }

echo 'データベースと様式を用意しています'
manage migrate --verbosity 0
manage check --database default --tag database --fail-level WARNING >/dev/null
manage load_edition --shipped
# Collecting and compressing takes seconds, so only when something is newer than the last time.
if [ -n "$(find static .venv/requirements.txt -newer var/static/.collected -print -quit 2>&1)" ]; then
    manage collectstatic --no-input --verbosity 0
    touch var/static/.collected
fi

# The demonstration is loaded only into a database without accounts. Its passwords are public, so
# an operator who sets up a real site gives DEMONSTRATION=no.
if [ "${DEMONSTRATION:-yes}" != no ]; then
    manage load_demonstration
fi
