"""How long the checks take for texts that make their regular expressions backtrack the most."""

from dataclasses import replace
from functools import partial

from bench.figures import Row, milliseconds_of, timed
from bench.stage import NO_DATABASE, Stage, texts_by_length
from evaluations.checks import CheckedSheet, findings_in
from evaluations.queries.checked_sheets import checked_sheet_of

LIMIT = 600
PATTERNS = ("計3名、", "（3名）", "3名（うち2名）", "参照シート", "「あ", "2018年3月から")
CHARACTERS = 12_000


def main(stage: Stage) -> list[Row]:
    """Run every check on sheets with one long text each, which repeats a pattern throughout."""
    sheet = stage.ministry.largest
    checked, item = checked_sheet_of(sheet), texts_by_length(sheet)[0].key
    sheets = [_with_text(checked, item, (each * CHARACTERS)[:CHARACTERS]) for each in PATTERNS]
    return [
        timed(
            f"Checks with a text of {CHARACTERS:,} characters, one pattern throughout",
            NO_DATABASE,
            limit=LIMIT,
            reference_ms=stage.reference.server_ms,
            milliseconds=[milliseconds_of(partial(findings_in, each)) for each in sheets],
            of="patterns",
        )
    ]


def _with_text(checked: CheckedSheet, item: str, text: str) -> CheckedSheet:
    texts = {**checked.content.texts, item: text}
    return replace(checked, content=replace(checked.content, texts=texts))
