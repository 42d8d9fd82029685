"""The figures of the staffing table: parsing, and checks against each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from editions.definition import Item
from evaluations.exchange.official.fold import figures
from evaluations.exchange.official.sheet import Doubts, OfficialTextError, ReadStaffing, shortened
from evaluations.exchange.official.values import is_none
from staffing.enums import StaffingFigure

FIGURE = re.compile(r"[約〜~]?\d[\d,]*(?:\.\d+)?(?:%|[人名国か]{1,3}(?:・?地域)?)?(?:\([^()]*\))?")
_RATIO = StaffingFigure.JAPANESE_STAFF_RATIO


@dataclass(frozen=True, slots=True)
class Value:
    """A cell of the row of figures."""

    line: int
    text: str


def check_count(values: Sequence[Value], item: Item) -> None:
    """Raise OfficialTextError unless there is one value a column, per cents below the ratio."""
    ratios = [column.key == _RATIO for column in item.columns]
    slipped = any(
        "%" in figures(value.text) and not ratio
        for value, ratio in zip(values, ratios, strict=False)
    )
    if len(values) == len(item.columns) and not (slipped and not values[0].text):
        return
    values = [value for value in values if value.text] if slipped else values
    names = "・".join(column.label.replace("\n", "") for column in item.columns)
    read = shortened("、".join(value.text or "（空欄）" for value in values))
    message = (
        f"職員数の表の数値が{len(values)}個（{read}）ですが、{len(item.columns)}個（{names}）"
        "必要です。数値のない欄は「―」として、1行にそろえてください。"
    )
    raise OfficialTextError(values[-1].line, message)


def staffing_of(
    values: Sequence[Value], item: Item, as_of: date | None, doubts: Doubts
) -> ReadStaffing:
    """Return the table; raise OfficialTextError where a value is no number."""
    read: dict[str, Decimal | None] = {}
    for column, value in zip(item.columns, values, strict=True):
        read[str(column.key)] = _number(value, column.key, column.label, item.key, doubts)
    ratio = read.pop(_RATIO, None)
    counts = {key: None if number is None else int(number) for key, number in read.items()}
    staffing = ReadStaffing(
        member_count=counts.get(StaffingFigure.MEMBER_COUNT),
        professional_staff_total=counts.get(StaffingFigure.PROFESSIONAL_STAFF_TOTAL),
        japanese_staff=counts.get(StaffingFigure.JAPANESE_STAFF),
        japanese_senior_staff=counts.get(StaffingFigure.JAPANESE_SENIOR_STAFF),
        previous_japanese_staff=counts.get(StaffingFigure.PREVIOUS_JAPANESE_STAFF),
        previous_japanese_senior_staff=counts.get(StaffingFigure.PREVIOUS_JAPANESE_SENIOR_STAFF),
        printed_ratio=ratio,
        as_of=as_of,
        staffing_missing=all(
            count is None for key, count in counts.items() if key != StaffingFigure.MEMBER_COUNT
        ),
    )
    _verify(staffing, values[0].line, item.key, doubts)
    return staffing


def _number(value: Value, key: str, label: str, item: str, doubts: Doubts) -> Decimal | None:
    if is_none(value.text):
        return None
    text = figures(value.text)
    match = re.match(r"\d[\d,]{0,12}(?:\.\d{1,9})?(?![\d,])", text.lstrip("約〜~"))
    whole = key != _RATIO
    if not FIGURE.fullmatch(text) or not match or (whole and ("." in match[0] or "%" in text)):
        kind = "比率" if key == _RATIO else "整数"
        message = (
            f"職員数の表の「{label.replace(chr(10), '')}」の「{shortened(value.text)}」が"
            f"{kind}として読めません。数字に直すか、数値がなければ「―」としてください。"
        )
        raise OfficialTextError(value.line, message)
    digits = match[0].replace(",", "")
    number = Decimal(digits)
    grouped = re.fullmatch(r"\d+(\.\d+)?|\d{1,3}(,\d{3})+", match[0])
    if text.rstrip("%人名国") != match[0] or not grouped:
        message = (
            f"職員数の表の「{label.replace(chr(10), '')}」の「{shortened(value.text)}」を{number}と"
            "読みました。数値を確かめてください。"
        )
        doubts.note(value.line, item, message)
    return number


def _verify(staffing: ReadStaffing, line: int, item: str, doubts: Doubts) -> None:
    """Note figures that contradict each other: a cell may have slipped."""
    total, japanese = staffing.professional_staff_total, staffing.japanese_staff
    senior, printed = staffing.japanese_senior_staff, staffing.printed_ratio
    if total and japanese is not None and printed is not None:
        ratio = (Decimal(japanese) / total * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        if ratio != printed:
            message = (
                f"職員数の表の比率は{printed}%と印字されていますが、"
                f"{japanese}÷{total}では{ratio}%です。職員数を確かめてください。"
            )
            doubts.note(line, item, message)
    if (total is not None and japanese is not None and japanese > total) or (
        japanese is not None and senior is not None and senior > japanese
    ):
        message = (
            "職員数の表で、内訳の人数がその全体の人数を上回っています。"
            "欄がずれていないか確かめてください。"
        )
        doubts.note(line, item, message)
