#!/usr/bin/env bash
# Install the dependencies: Debian packages, then the locked Python packages in .venv.
#
# Usage: scripts/install.sh run|dev|bench
# Does nothing if everything is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=$1
lock=requirements.txt
# WeasyPrint needs Pango and HarfBuzz. The PDF uses the BIZ UD fonts, and Noto for the rare kanji
# that they lack (𠮷): a character without a glyph would be missing on paper.
packages=(
    python3-venv tzdata
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    fonts-morisawa-bizud-gothic fonts-morisawa-bizud-mincho fonts-noto-cjk
)
if [ "$purpose" != run ]; then
    lock=requirements-dev.txt
    # libatomic1 is for the Node.js inside Playwright, which drives the browser.
    packages+=(chromium libatomic1 poppler-utils postgresql)
    # PDFBox preflight validates PDF/A.
    packages+=(default-jre-headless libpdfbox2-java)
fi
# The benchmark compares with LibreOffice.
[ "$purpose" != bench ] || packages+=(libreoffice-writer-nogui)

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2>/dev/null |
            grep --quiet --line-regexp installed || echo "$package"
    done
}

# Run a command as root, or fail. Without a terminal, sudo must not ask for a password.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null; then
        return 1
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo --non-interactive "$@"
    fi
}

install_packages() {
    as_root true 2>/dev/null || return 1
    echo "システムパッケージを導入しています: $*"
    as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes \
            apt-get install -qq --no-install-recommends "$@" >/dev/null
}

if command -v dpkg-query >/dev/null; then
    mapfile -t missing < <(missing_packages)
    if [ ${#missing[@]} -gt 0 ] && ! install_packages "${missing[@]}"; then
        cat >&2 <<TEXT

次のシステムパッケージが必要ですが、導入できませんでした。
管理者（root）の権限で次のコマンドを実行してから、もう一度お試しください。

    apt-get update
    apt-get install --no-install-recommends ${missing[*]}

TEXT
        exit 1
    fi
else
    echo "Debian 系ではないため、次に相当するものが導入済みであることを前提に進みます: ${packages[*]}"
fi

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 以降が必要です（現在: $(python3 --version 2>&1)）。" >&2
    exit 1
fi

# An incomplete environment, or one of an older Python, has no pip that can be imported.
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    echo 'Python の仮想環境（.venv）を作成しています'
    python3 -m venv --clear .venv
fi

# Copies of the lock files in .venv record what is installed. The development lock includes the
# packages of the other one, so installing it records both.
if ! cmp --silent "$lock" ".venv/$lock"; then
    echo "Python パッケージを導入しています（$lock）"
    rm -f .venv/requirements*.txt
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
    cp requirements.txt .venv/
    [ "$purpose" = run ] || cp "$lock" .venv/
fi
