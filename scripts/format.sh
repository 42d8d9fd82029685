#!/usr/bin/env bash
# Put Python files and templates into the project's form.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install.sh dev

.venv/bin/python -m ruff check --fix-only .
.venv/bin/python -m ruff format .
# djade reports by its exit status that it changed something, which is no failure here.
find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true
