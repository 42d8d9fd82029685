"""The editions of the bench: the newest shipped one, last year's, and one with many texts."""

import re
import tomllib
from pathlib import Path

from editions.domain.load import SHIPPED

SECTIONS, TEXTS_PER_SECTION = 6, 4


def shipped() -> str:
    """Return the TOML of the shipped edition of the newest year."""
    return max(map(_read, SHIPPED.glob("*.toml")), key=fiscal_year_of)


def fiscal_year_of(toml: str) -> int:
    """Return the fiscal year of an edition."""
    year: int = tomllib.loads(toml)["fiscal_year"]
    return year


def a_year_earlier(toml: str) -> str:
    """Return the same edition for the year before."""
    year = fiscal_year_of(toml) - 1
    toml = re.sub(r"^key = .*$", f'key = "bench_{year}"', toml, count=1, flags=re.MULTILINE)
    return re.sub(r"^fiscal_year = .*$", f"fiscal_year = {year}", toml, count=1, flags=re.MULTILINE)


def of_many_texts(toml: str) -> str:
    """Return an edition for the year after, with a text for each of twenty people."""
    year, template = fiscal_year_of(toml) + 1, tomllib.loads(toml)["print_template"]
    lines = [
        f'key = "bench_{year}"\ntitle = "{year}年度票"\nyear_label = "{year}年度"',
        f'fiscal_year = {year}\nprint_template = "{template}"\ncontribution_types = ["mandatory"]',
    ]
    for section in range(1, SECTIONS + 1):
        lines.append(f'[[sections]]\nkey = "part_{section}"\nlabel = "第{section}部"')
        for text in range(1, TEXTS_PER_SECTION + 1):
            lines.append(
                f'[[sections.items]]\nkey = "text_{section}_{text}"\nkind = "criterion"\n'
                f'label = "第{section}部の{text}"'
            )
    return "\n\n".join(lines) + "\n"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
