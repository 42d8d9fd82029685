"""Quantities in Japanese prose: 1,234名, 1万2千人, 4億8,200万円, 33.3%, 延べ約20件."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_FIGURE = (
    rf"{_NUMBER}(?:[兆億万]|千(?!円|ドル))?(?:{_NUMBER}(?:[億万]|千(?!円|ドル)))*(?:{_NUMBER})?"
)
_MONEY = "百万円|千円|円|百万米?ドル|千米?ドル|米?ドル|ユーロ|スイスフラン"
_COUNTED = (
    "名|人(?![間権口材事身工類種々])|案件|件|か国・地域|[かカケ]国|[かカケ]所|回|社(?!会)|校|台|隻|"
    "団体|機関|施設|世帯|冊|地点|点(?!検)|議席|科目|コース|プロジェクト|項目|分野|地域|都市|会場|"
    "ポスト|棟|基(?![準本金づ地])|トン|系列|講座|個|枚|戸|港|本(?![件部格来人体])|語|%|ポイント|倍"
)
_QUANTITY = re.compile(
    rf"(?<![\dA-Za-z])(?<!\d[.,])(?P<figure>{_FIGURE})(?P<unit>{_MONEY}|{_COUNTED})(?!目)"
)
_PART = re.compile(rf"(?P<number>{_NUMBER})(?P<scale>[兆億万千]?)")
_SCALES = {"": 1, "千": 10**3, "万": 10**4, "億": 10**8, "兆": 10**12}
_SAME_UNIT = {
    "人": "名",
    "案件": "件",
    "カ国": "か国",
    "ケ国": "か国",
    "カ所": "か所",
    "ケ所": "か所",
    "米ドル": "ドル",
}
_YEN = {"円": 1, "千円": 10**3, "百万円": 10**6}
# 約 alone; not 契約, 条約 and the like.
_ROUGH_BEFORE = re.compile(
    "(?:(?<![契条公予規要節誓制盟婚協])約|およそ|おおむね|概ね|ほぼ|延べ|のべ|最大|最低|少なくとも)$"
)
_ROUGH_BEHIND = re.compile("以上|以下|未満|超|余|強|弱|程度|近く|前後|以内|台(?![、。])|ほど")
_MULTIPLIED = re.compile("ずつ|当たり|あたり|につき")


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, from ``start`` to ``end``. Yen amounts are in 円.

    ``step`` is the unit of the last digit written: 0.1 for 33.3%, ten million for 12.4億円.
    ``exact`` is False for 約, 延べ, 以上 and their like.
    """

    start: int
    end: int
    figure: str
    written_unit: str
    unit: str
    value: Decimal
    step: Decimal
    exact: bool

    @property
    def rounds(self) -> bool:
        """Whether such quantities are usually rounded, so that a sum may be off a little."""
        return self.unit == "%" or self.step < 1 or self.is_money

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.unit == "円" or self.unit.endswith(("ドル", "ユーロ", "フラン"))

    @property
    def shown(self) -> str:
        """The number as a message shows it."""
        return f"{self.figure}{self.written_unit}"


def quantities_in(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of ``text`` in their order; ordinals (第17回, 3件目) are none."""
    return tuple(_quantities(text))


def _quantities(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        before = text[max(0, match.start() - 6) : match.start()]
        if before.endswith("第"):
            continue
        behind = text[match.end() : match.end() + 4]
        written = match["unit"]
        unit = _SAME_UNIT.get(written, written)
        value, step = _value(match["figure"])
        if unit in _YEN:
            value, step, unit = value * _YEN[unit], step * _YEN[unit], "円"
        rough = _ROUGH_BEFORE.search(before) or _ROUGH_BEHIND.match(behind)
        exact = not rough and not _MULTIPLIED.match(behind)
        yield Quantity(
            match.start(), match.end(), match["figure"], written, unit, value, step, exact
        )


def _value(figure: str) -> tuple[Decimal, Decimal]:
    total, step = Decimal(0), Decimal(1)
    for part in _PART.finditer(figure):
        scale = _SCALES[part["scale"]]
        number = Decimal(part["number"].replace(",", ""))
        total += number * scale
        decimals = len(part["number"].partition(".")[2])
        step = Decimal(scale).scaleb(-decimals)
    return total, step


def shown(value: Decimal) -> str:
    """Return a computed value as a message shows it."""
    return f"{value.normalize():,f}"


def shown_as(value: Decimal, like: Sequence[Quantity]) -> str:
    """Return ``value`` written as the quantities ``like`` are: 27名, 47億円, 25,700千円."""
    units = {quantity.written_unit for quantity in like}
    unit = units.pop() if len(units) == 1 else like[0].unit
    value /= _YEN.get(unit, 1)
    scales = {quantity.figure[-1] for quantity in like}
    scale = scales.pop() if len(scales) == 1 else ""
    if scale not in _SCALES:
        scale = ""
    return f"{shown(value / _SCALES[scale])}{scale}{unit}"
