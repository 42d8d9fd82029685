#!/usr/bin/env bash
# Take the screenshots of the help pages and of the README, in a browser on a new demonstration.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh dev

# Remove the database and stop the servers at the end.
studio=$(mktemp -d)
servers=()
finish() {
    kill "${servers[@]}" 2>/dev/null || true
    rm -rf "$studio"
}
trap finish EXIT

export DATABASE_URL=sqlite:///$studio/db.sqlite3 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
DEMONSTRATION=yes scripts/setup.sh >/dev/null

# The page with last year's texts needs another year: the same edition under the next year's name.
sed -e 's/平成30年度/令和元年度/; s/30年度/元年度/; s/^key = "h30"/key = "r1"/; s/= 2018$/= 2019/' \
    editions/data/h30.toml >"$studio/next.toml"
.venv/bin/python manage.py load_edition "$studio/next.toml" >/dev/null

# A free port: the scripts change data, and must not reach another site.
port=$(.venv/bin/python -c 'import socket; s = socket.create_server(("127.0.0.1", 0))
print(s.getsockname()[1])')
.venv/bin/python -m gunicorn config.wsgi --bind "127.0.0.1:$port" --worker-class gthread \
    --threads 8 --no-control-socket --log-level error &
servers+=($!)
.venv/bin/python manage.py db_worker --no-reload --verbosity 0 &
servers+=($!)

.venv/bin/python -m scripts.pictures "http://127.0.0.1:$port"
