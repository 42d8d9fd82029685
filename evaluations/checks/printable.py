"""R36: the print fonts have every character; one that they lack would be missing on paper."""

from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured

from editions.enums import ItemKind
from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level
from printing.fonts import missing_characters, with_code

_NAMES = (ItemKind.CONTRIBUTION_NAME, ItemKind.ORGANIZATION, ItemKind.DIVISION)


def texts_are_printable(sheet: CheckedSheet) -> Iterator[Finding]:
    """R36: the fonts have every character of the texts; others are marked where first used."""
    for reading in sheet.readings:
        for cluster in _missing(reading.text):
            start = reading.text.index(cluster)
            message = (
                f"{with_code(cluster)}は印刷用の書体にないため、印刷できません。"
                "ほかの文字に置き換えてください。"
            )
            yield reading.finding("R36", Level.ERROR, (start, start + len(cluster)), message)


def names_are_printable(sheet: CheckedSheet) -> Iterator[Finding]:
    """R36: the fonts have every character of the names that come from the register."""
    for item in sheet.items:
        if item.kind not in _NAMES:
            continue
        for cluster in _missing(sheet.content.value_of(item.kind, item.key)):
            message = (
                f"{sheet.definition.name_of(item.key)}の{with_code(cluster)}は印刷用の書体にないため、"
                "印刷できません。取りまとめに、台帳の名称をほかの文字に直すよう依頼してください。"
            )
            yield Finding("R36", Level.ERROR, item.key, message)


def _missing(text: str) -> list[str]:
    try:
        return missing_characters(text)
    except ImproperlyConfigured:  # not a fault of the sheet: printing reports it
        return []
