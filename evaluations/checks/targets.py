"""R20: an aim that is written has a quantity and a deadline."""

import re
from collections.abc import Iterator

from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.dated import dates_in
from evaluations.checks.finding import Finding, Level
from evaluations.checks.quantities import quantities_in
from evaluations.checks.reading import Reading

_AIM = "成果目標"
# Other words of purpose (「目的とする」) stand in nearly every sheet and name no aim.
_WRITTEN = re.compile("目標|を目指|達成すること|達成を")
_UNTIL = re.compile(
    r"末?(?:まで|中に|末|の間に|を期限|度内)|に、?(?=[^。]*(?:とする|すること|目指|達))"
)
_WITHIN = re.compile(r"\d(?:年|か月|日|時間)以内|今後\d+年|年度内|期間中")
_MEASURED = re.compile(r"\d(?:日|時間|か月|割|位|分の)|全員|全て|すべて|皆無|ゼロ|\d{1,3}%")


def aim_is_measurable(sheet: CheckedSheet) -> Iterator[Finding]:
    """R20: 成果目標 has a number and a deadline; a hint, since the form only asks for them."""
    for reading in sheet.readings:
        item = sheet.definition.item(reading.item)
        if item is None or _AIM not in item.name or not _WRITTEN.search(reading.plain):
            continue
        lacking = [
            *([] if _has_number(reading) else ["数値"]),
            *([] if _has_deadline(reading) else ["期限"]),
        ]
        if lacking:
            message = (
                f"成果目標に{'と'.join(lacking)}がありません。「〇年〇月までに〇名」のように、"
                "いつまでに何をどこまで達成するかを書いてください。"
            )
            yield Finding("R20", Level.HINT, reading.item, message)


def _has_number(reading: Reading) -> bool:
    text = reading.plain
    return bool(_MEASURED.search(text)) or any(not q.is_money for q in quantities_in(text))


def _has_deadline(reading: Reading) -> bool:
    text = reading.plain
    return bool(_WITHIN.search(text)) or any(_UNTIL.match(text, d.end) for d in dates_in(text))
