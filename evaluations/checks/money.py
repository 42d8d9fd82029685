"""R09, R10: the budget is plausible, in 千円, and of the sheet's year wherever it is named."""

import re
from collections.abc import Iterator
from decimal import Decimal

from editions.enums import ItemKind
from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level
from evaluations.checks.quantities import Quantity

_THOUSANDFOLD = 300  # no budget changes by this factor; a wrong unit does
_FEWEST_DIGITS = 4
_OF_THE_CONTRIBUTION = re.compile(
    r"(?:本件拠出金?|本拠出金?|予算額|拠出額|拠出金額)(?:は|の|として|、|:|\()?$"
)
_OF_THE_WHOLE = re.compile(r"全体|総額|機関の|同機関")
_BUDGET_OF_YEAR = re.compile(r"(?:の)?(?:当初)?予算額?(?:は|の|として|、|:|\()?$")


def budget_against_last_year(sheet: CheckedSheet) -> Iterator[Finding]:
    """R09: a budget a thousand times or a thousandth of last year's is in the wrong unit."""
    item, now = sheet.item_of_kind(ItemKind.BUDGET), sheet.content.budget_thousand_yen
    before = sheet.last_year_budget_thousand_yen
    if item and now and before and not 1 / _THOUSANDFOLD < now / before < _THOUSANDFOLD:
        message = (
            f"{item.name}は{now:,}千円ですが、前年度は{before:,}千円でした。"
            "単位（円・千円・百万円）を確かめてください。"
        )
        yield Finding("R09", Level.WARNING, item.key, message)


def nothing_but_a_supplementary_budget(sheet: CheckedSheet) -> Iterator[Finding]:
    """R09: a form that prints the initial budget alone would print 0 beside a supplementary one."""
    item, elsewhere = sheet.item_of_kind(ItemKind.BUDGET), sheet.unprinted_budget_thousand_yen
    if item and sheet.content.budget_thousand_yen == 0 and elsewhere:
        message = (
            f"{item.name}は「0千円」と印字されますが、この様式が印字しない予算（補正予算など）に"
            f"{elsewhere:,}千円が登録されています。額と予算の別が正しいか確かめてください。"
        )
        yield Finding("R09", Level.WARNING, item.key, message)


def amounts_in_the_right_unit(sheet: CheckedSheet) -> Iterator[Finding]:
    """R09: the budget in a text has the unit, and the number of digits, of the registered one."""
    budget = sheet.content.budget_thousand_yen
    if not budget:
        return
    yen = Decimal(budget) * 1000
    for sentence in sheet.sentences:
        text = sentence.unquoted
        for amount in sentence.quantities:
            if amount.unit != "円" or not amount.exact or amount.value in (yen, 0):
                continue
            named = _OF_THE_CONTRIBUTION.search(text[: amount.start])
            elsewhere = _OF_THE_WHOLE.search(text[: amount.start])
            if _same_digits(amount, budget) or (
                named and not elsewhere and _power_of_ten(amount.value / yen)
            ):
                message = (
                    f"「{{quote}}」とありますが、登録された予算額は{budget:,}千円です。"
                    "桁と単位（円・千円・百万円）を確かめてください。"
                )
                yield sentence.finding("R09", Level.WARNING, amount.start, amount.end, message)


def budget_of_the_sheets_year(sheet: CheckedSheet) -> Iterator[Finding]:
    """R10: this year's budget is not called another year's."""
    budget, year = sheet.content.budget_thousand_yen, sheet.content.fiscal_year
    if not budget or budget == sheet.last_year_budget_thousand_yen:
        return
    for sentence in sheet.sentences:
        text = sentence.unquoted
        dates = [date for date in sentence.dates if date.fiscal and date.year != year]
        for amount in sentence.quantities:
            for date in dates:
                between = text[date.end : amount.start] if date.end <= amount.start else ""
                if amount.value == budget * 1000 and _BUDGET_OF_YEAR.match(between):
                    message = (
                        f"「{{quote}}」とありますが、これは{sheet.definition.year_label}の予算額です。"
                        "年度か金額を確かめてください。"
                    )
                    yield sentence.finding("R10", Level.WARNING, date.start, amount.end, message)


def _same_digits(amount: Quantity, budget: int) -> bool:
    digits = amount.figure.replace(",", "")
    return len(digits) >= _FEWEST_DIGITS and digits == str(budget)


def _power_of_ten(ratio: Decimal) -> bool:
    return ratio.normalize().as_tuple().digits == (1,) and ratio != 1
