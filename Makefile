# Every command of the project; `make` alone lists them.
# What a command does is in scripts/, so that it can be read, and run, without make.

PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: help run setup quick test test-all check bench format lock pictures

help: ## この一覧を表示します
	@echo '使い方:'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## 必要なものを揃えて起動します（ポートの変更: make run PORT=8080）
	@scripts/serve.sh

setup: ## 起動の手前まで（パッケージの導入、データベースの用意）を行います
	@scripts/setup.sh

quick: ## ブラウザーも印刷も使わないテストを SQLite で実行します（編集のたびに。一部のみ: make quick TESTS=tests/accounts）
	@scripts/quick.sh $(TESTS)

test: ## 全てのテストを SQLite で、データベースに関わるものを PostgreSQL でも実行します（一部のみ: make test TESTS=tests/accounts）
	@scripts/test.sh $(TESTS)

test-all: ## 夜間向けの長いテスト（印刷の改ページ位置を一行ずつ動かす点検など）も含めて実行し、網羅率を示します
	@NIGHTLY=1 scripts/test.sh $(TESTS)

check: ## 書式、型、部屋の間の矢印、テンプレート、移行ファイル、本番設定を点検します
	@scripts/check.sh

bench: ## 応答の速さと、保存した文章が失われないことを測ります（30分ほど。ほかに何も動かさずに。結果の公開: make bench PUBLISH=1）
	@scripts/bench.sh $(QUESTIONS)

format: ## 書式を自動で整えます
	@scripts/format.sh

lock: ## pyproject.toml から requirements*.txt を作り直します（最新版へ: make lock UPGRADE=1）
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

pictures: ## 使い方のページと README の画像を撮り直します
	@scripts/pictures.sh
