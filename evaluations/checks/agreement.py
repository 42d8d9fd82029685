"""R08: the same quantity has the same value wherever the sheet gives it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evaluations.checks.as_of import MEMBERS
from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.dated import dates_in
from evaluations.checks.finding import Finding, Level
from evaluations.checks.quantities import Quantity
from evaluations.checks.reading import Sentence

_JAPANESE = re.compile(
    r"日本人職員(?:数|の数)?(?:は|が)、?(?:計|合計|合わせて|全体で)?(?P<count>\d[\d,]*)[名人]"
)
_ALL_STAFF = re.compile(
    r"(?:全職員数|職員総数|全職員)(?:は|が)、?(?:計|合計)?(?P<count>\d[\d,]*)[名人]"
)
_RATIO = re.compile(r"日本人職員(?:数)?の(?:比率|割合)(?:は|が)、?(?P<count>\d+\.\d+|\d+)%")
_A_PART = re.compile(
    r"では|には|における|において|のうち|うち|部の|課の|前年|昨年|目標|目指|予定|当時|設立時|発足時"
)
_LABELLED = re.compile(
    r"(?P<label>[一-龥ァ-ヶーA-Za-z々]{3,20})(?:は|が|:)、?(?P<total>計|合計|累計)?$"
)
# The figure is what the label amounts to, and no mere part of the sentence (「122か国中」).
_STATED = re.compile(r"$|[、。()]|で(?:す|あ)|と(?:な|し)|に(?:上|のぼ|達|な|増|減)|を(?:数え|超)")
_SHARE = re.compile("(?:率|割合)$")
_OF_THE_EVENT = re.compile(r"参加|出席|応募|回答|訪問|来場|視聴|予算|経費|費用|金額|同|職員|加盟国")
_ELSEWHERE = re.compile(r"では|には|における|において|で、|から|向け")
_OTHER_SENSE = re.compile(r"目標|目指|予定|見込|計画")
_OTHER_TIME = re.compile(r"前年|昨年|前回|当初|うち")


def text_agrees_with_table(sheet: CheckedSheet) -> Iterator[Finding]:
    """R02, R08: members and staff in a text are those of the table, where of the same date."""
    figures = sheet.content.staffing
    facts = (
        (MEMBERS, "R08", "加盟国等の数", figures.member_count),
        (_JAPANESE, "R08", "日本人職員数", figures.japanese_staff),
        (_ALL_STAFF, "R08", "全職員数", figures.professional_staff_total),
        (_RATIO, "R02", "日本人職員の比率（%）", figures.japanese_staff_ratio),
    )
    for sentence in sheet.sentences:
        for pattern, rule, name, value in facts:
            match = pattern.search(sentence.unquoted)
            if not match or value is None or _A_PART.search(sentence.text[: match.start()]):
                continue
            said = Decimal(match["count"].replace(",", ""))
            if said != value and not _of_another_date(sheet, sentence):
                message = (
                    f"「{{quote}}」とありますが、表の{name}は{value:,}です。"
                    "どちらかを直すか、時点の違いを書き添えてください。"
                )
                yield sentence.finding(rule, Level.WARNING, match.start(), match.end(), message)


def _of_another_date(sheet: CheckedSheet, sentence: Sentence) -> bool:
    as_of = sheet.content.staffing.as_of
    dates = [date for date in sentence.dates if date.possible]
    return bool(dates) and not any(
        as_of and date.first_day <= as_of <= date.last_day for date in dates
    )


@dataclass(frozen=True)
class _Said:
    sentence: Sentence
    quantity: Quantity
    start: int


def said_once(sheet: CheckedSheet) -> Iterator[Finding]:
    """R08: what is given twice under the same name and time has one value."""
    said: dict[tuple[object, ...], _Said] = {}
    for sentence in sheet.sentences:
        text = sentence.unquoted
        if _OTHER_SENSE.search(text):
            continue
        for quantity in sentence.quantities:
            label = _LABELLED.search(text[: quantity.start])
            if not label or not quantity.exact or _OF_THE_EVENT.search(label["label"]):
                continue
            if _OTHER_TIME.search(text[: quantity.start]):
                continue
            if not _STATED.match(text[quantity.end :]) or not _fits(label["label"], quantity):
                continue
            now = _Said(sentence, quantity, label.start())
            key = (label["label"], label["total"], quantity.unit, *_circumstances(text, now.start))
            first = said.setdefault(key, now)
            if first.quantity.value != quantity.value:
                message = (
                    f"「{{quote}}」とありますが、別の箇所では{first.quantity.shown}です。"
                    "同じものであれば、どちらかを直してください。"
                )
                yield sentence.finding("R08", Level.WARNING, now.start, quantity.end, message)


def _fits(label: str, quantity: Quantity) -> bool:
    """Whether the unit may be that of ``label``: 分担率 is given in per cent, not in countries."""
    return not _SHARE.search(label) or quantity.unit in ("%", "倍", "ポイント")


def _circumstances(text: str, until: int) -> tuple[object, ...]:
    """Return the dates and, if named, the place: figures agree only for the same ones."""
    before = text[:until]
    times = tuple((date.year, date.month, date.fiscal) for date in dates_in(before))
    return (times, before if _ELSEWHERE.search(before) else "")
