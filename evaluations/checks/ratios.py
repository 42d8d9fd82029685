"""R02, R21: percentages agree with the counts beside them, and give their base or source."""

import re
from collections.abc import Iterator
from decimal import Decimal

from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level
from evaluations.checks.quantities import Quantity, shown
from evaluations.checks.reading import Sentence

_SHARE = re.compile(r"(?:の)?(?:うち|中)[^。()]{0,30}$")
_AS_PERCENT = re.compile(r"(?:\(|、)(?:全体の|割合は|比率は)?$")
_FROM = re.compile(r"から[^。]{0,20}$")
_TO = re.compile(r"[へに]と?、?$")
_CHANGE = re.compile(r"(?:の|も)?(?P<less>減|低下|縮小|削減)?(?P<more>増|上昇|拡大|伸)?")
_RATE = re.compile(r"(?:率|割合|度)(?:は|が|も|で|を)?[^。、()%]{0,10}?$")
_OF_RATE = re.compile(r"(?:以上|超|前後|近く)?(?:の|という)[^。、()]{0,8}(?:率|割合|度)")
_FOUNDED = re.compile(
    r"のうち|\d中|名中|件中|によ[るれりっ]|調査|報告|統計|アンケート|出典|時点|現在|前年|昨年|同年|"
    r"目標|計画|予定|目指|見込|以内|上限|規則|基準|予算|総額|分担率|拠出率|負担率|経費|支出|"
    r"締結率|税|為替|物価|関税|失業率|湿度|角度|緯度|経度|計上|[^\d]100%"
)


def share_agrees_with_counts(sheet: CheckedSheet) -> Iterator[Finding]:
    """R02: 「120名のうち90名（75%）」."""
    for sentence in sheet.sentences:
        found = sentence.quantities
        for whole, part, percent in zip(found, found[1:], found[2:], strict=False):
            if (
                percent.unit != "%"
                or part.unit != whole.unit
                or not _all_exact(whole, part, percent)
            ):
                continue
            if not (
                _SHARE.match(sentence.unquoted[whole.end : part.start])
                and _AS_PERCENT.match(sentence.unquoted[part.end : percent.start])
            ):
                continue
            if not whole.value or part.value > whole.value:
                continue
            right = 100 * part.value / whole.value
            if abs(right - percent.value) >= percent.step:
                yield _disagrees(
                    sentence, whole, percent, right, f"{part.shown}÷{whole.shown}", "割合か実数"
                )


def change_agrees_with_counts(sheet: CheckedSheet) -> Iterator[Finding]:
    """R02: 「80か所から96か所へ20%増加」."""
    for sentence in sheet.sentences:
        text = sentence.unquoted
        found = sentence.quantities
        for before, after, percent in zip(found, found[1:], found[2:], strict=False):
            change = _CHANGE.match(text, percent.end)
            if percent.unit != "%" or before.unit != after.unit or before.unit == "%":
                continue
            if not change or not (change["more"] or change["less"]) or not before.value:
                continue
            if not (
                _FROM.match(text[before.end : after.start])
                and _TO.match(text[after.end : percent.start])
                and _all_exact(before, after, percent)
            ):
                continue
            right = 100 * abs(after.value - before.value) / before.value
            if abs(right - percent.value) >= percent.step:
                yield _disagrees(
                    sentence,
                    before,
                    percent,
                    right,
                    f"{before.shown}から{after.shown}への変化",
                    "増減率か数",
                )


def _disagrees(
    sentence: Sentence, first: Quantity, percent: Quantity, right: Decimal, how: str, mend: str
) -> Finding:
    places = max(0, -int(percent.step.as_tuple().exponent))
    message = (
        f"「{percent.shown}」とありますが、{how}は"
        f"{shown(round(right, max(places, 1)))}%です。"
        f"{mend}を確かめてください。"
    )
    return sentence.finding("R02", Level.WARNING, first.start, percent.end, message)


def percentage_is_founded(sheet: CheckedSheet) -> Iterator[Finding]:
    """R21: a rate has its base, its source or its date."""
    for sentence in sheet.sentences:
        text = sentence.unquoted
        if "%" not in text or _FOUNDED.search(text) or sentence.dates:
            continue
        for percent in sentence.quantities:
            if percent.unit != "%":
                continue
            if _RATE.search(text[: percent.start]) or _OF_RATE.match(text, percent.end):
                message = (
                    "「{quote}」の母数・出典・時点のいずれもありません。何名（件）中の割合か、"
                    "いつの何による数字かを書き添えてください。"
                )
                yield sentence.finding("R21", Level.WARNING, percent.start, percent.end, message)


def _all_exact(*quantities: Quantity) -> bool:
    return all(quantity.exact for quantity in quantities)
