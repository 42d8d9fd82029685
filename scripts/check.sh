#!/usr/bin/env bash
# Static checks. All of them run; those that failed are listed at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh dev

failed=()
check() {
    local name=$1
    shift
    echo "━━ $name"
    "$@" || failed+=("$name")
}

python=.venv/bin/python
mapfile -t templates < <(find templates -name '*.html' | sort)
# No check reads data, so none should leave a database behind.
export DATABASE_URL=sqlite://:memory:

check '文法と慣例（ruff check）' "$python" -m ruff check .
check '書式（ruff format）' "$python" -m ruff format --check --output-format concise .
check '型（mypy）' "$python" -m mypy
check '部屋の間の矢印（import-linter）' .venv/bin/lint-imports --no-cache
if [ ${#templates[@]} -gt 0 ]; then
    check 'テンプレート（djade）' \
        .venv/bin/djade --check --target-version 5.2 "${templates[@]}"
fi
check '移行ファイル（makemigrations）' "$python" manage.py makemigrations --check --dry-run
check '本番設定（check --deploy）' \
    env HTTPS=true TRUSTED_PROXIES=127.0.0.1 SITE_URL=https://sheets.example.jp "$python" manage.py check --deploy --fail-level WARNING

if [ ${#failed[@]} -gt 0 ]; then
    printf '\n不合格: %s\n' "${failed[*]}" >&2
    exit 1
fi
printf '\n全ての点検に合格しました。\n'
