#!/usr/bin/env bash
# Serve the site on this machine until Ctrl-C. PORT sets another port than 8000.
set -euo pipefail
cd "$(dirname "$0")/.."

port=${PORT:-8000}
if ! [[ $port =~ ^[1-9][0-9]{0,4}$ ]] || [ "$port" -gt 65535 ]; then
    echo "PORT には 1 から 65535 までの数を指定してください（現在: $port）。" >&2
    exit 1
fi
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    echo "ポート $port は使用中です。別のポートを指定してください（例: make run PORT=8080）。" >&2
    exit 1
fi

cat <<TEXT

起動します。ブラウザーで次のアドレスを開いてください（終了は Ctrl-C）。

    http://127.0.0.1:$port/

TEXT

python=.venv/bin/python

# Booklets are made by a worker at the lowest priority, so that pages stay fast.
gently=(nice -n 10)
command -v ionice >/dev/null && gently+=(ionice -c 3)
start_worker() {
    "${gently[@]}" "$python" manage.py db_worker --no-reload --verbosity 0 &
    worker=$!
}
start_worker

# One process with threads: SQLite takes one writer at a time.
"$python" -m gunicorn config.wsgi \
    --bind "127.0.0.1:$port" --worker-class gthread --workers "${WEB_CONCURRENCY:-1}" --threads 8 \
    --no-control-socket --log-level warning &
site=$!

# When the site ends, stop the worker too: the error is then visible in the terminal.
stop() {
    trap - EXIT INT TERM
    kill "$site" 2>/dev/null || true
    # After the first signal a worker finishes its booklet; after the second it stops at once.
    kill "$worker" 2>/dev/null || true
    sleep 0.5
    kill "$worker" 2>/dev/null || true
    wait
}
trap stop EXIT
trap 'exit 0' INT TERM

# A worker ends when it loses its database. The site stays, and the worker is started again.
while true; do
    wait -n || true
    kill -0 "$site" 2>/dev/null || exit 1
    sleep 3
    start_worker
done
