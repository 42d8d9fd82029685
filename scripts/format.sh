#!/usr/bin/env bash
# Format Python files and templates.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh dev

.venv/bin/python -m ruff check --fix-only .
.venv/bin/python -m ruff format .
# djade exits with 1 when it has changed a file, which is no failure here.
find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true
