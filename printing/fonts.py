"""The print fonts: their files and character coverage."""

import subprocess
from collections.abc import Iterator
from functools import cache

from django.core.exceptions import ImproperlyConfigured, ValidationError
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

# Debian packages, named in the error message.
REQUIRED = {
    "BIZ UDMincho": "fonts-morisawa-bizud-mincho",
    "BIZ UDGothic": "fonts-morisawa-bizud-gothic",
}
FALLBACKS = ("Noto Serif CJK JP", "Noto Sans CJK JP")
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def missing_characters(text: str) -> list[str]:
    """Return the characters of ``text`` that no font has, each once, in order of appearance.

    A character with a missing variant is returned with its variation selector. Line ends count as
    printable. Raises ImproperlyConfigured if the print fonts are not installed.
    """
    known, variants = _coverage()
    # True for nearly every text without variation selectors, which ``known`` does not include.
    if known.issuperset(text):
        return []
    missing = (
        cluster
        for cluster in _clusters(text)
        if cluster not in (variants if len(cluster) > 1 else known)
    )
    return list(dict.fromkeys(missing))


def with_code(cluster: str) -> str:
    """Return a character with its code point, as it may not be visible: 「😀」（U+1F600）."""
    codes = " ".join(f"U+{ord(character):04X}" for character in cluster)
    return f"「{cluster}」（{codes}）"


def validate_printable(text: str) -> None:
    """Raise ValidationError if ``text`` has missing characters. A validator for names."""
    try:
        missing = missing_characters(text)
    except ImproperlyConfigured:  # a fault of the installation, not of the name
        return
    if missing:
        raise ValidationError(
            f"{'、'.join(map(with_code, missing[:5]))}は印刷用の書体にないため、印刷できません。"
            "ほかの文字で登録してください。"
        )


def require_fonts() -> None:
    """Raise ImproperlyConfigured, with the package to install, if a required font is missing."""
    for family, package in REQUIRED.items():
        if _find(family) is None:
            raise ImproperlyConfigured(
                f"印刷用の書体「{family}」が見つかりません。"
                f"パッケージ {package} を導入してください（apt-get install {package}）。"
            )


def font_files() -> list[str]:
    """Return the files of all installed print fonts."""
    return sorted({found[0] for family in (*REQUIRED, *FALLBACKS) if (found := _find(family))})


def _clusters(text: str) -> Iterator[str]:
    """Yield the characters except line ends, each with its variation selector."""
    pending = ""
    for character in text:
        if pending and _is_selector(character):
            pending += character
            continue
        if pending:
            yield pending
        pending = "" if character == "\n" else character
    if pending:
        yield pending


def _is_selector(character: str) -> bool:
    return any(ord(character) in selectors for selectors in _SELECTORS)


@cache
def _coverage() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters and the variants (character + selector) of all print fonts."""
    require_fonts()
    points = {ord("\n")}
    variants: set[str] = set()
    for family in (*REQUIRED, *FALLBACKS):
        if found := _find(family):
            path, index = found
            with TTFont(path, fontNumber=index, lazy=True) as font:
                points.update(font.getBestCmap())
                variants.update(_variants(font))
    letters = {chr(point) for point in points if not _is_selector(chr(point))}
    return frozenset(letters), frozenset(variants)


def _variants(font: TTFont) -> Iterator[str]:
    for table in font["cmap"].tables:
        if table.format == 14:
            for selector, pairs in table.uvsDict.items():
                yield from (chr(point) + chr(selector) for point, _ in pairs)


@cache
def _find(family: str) -> tuple[str, int] | None:
    """Return the file and face index of the family's regular style, from fontconfig."""
    query = ["fc-list", "--format", "%{file}\t%{index}\n", f"{family}:style=Regular"]
    try:
        answer = subprocess.run(query, capture_output=True, check=True, text=True)  # noqa: S603 -- fixed names
    except FileNotFoundError as error:
        raise ImproperlyConfigured(
            "fc-list が見つかりません。パッケージ fontconfig を導入してください。"
        ) from error
    lines = sorted(answer.stdout.splitlines())
    if not lines:
        return None
    path, index = lines[0].split("\t")
    return path, int(index)
