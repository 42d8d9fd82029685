"""Single values: amounts, grades, kinds, names of organisations, the financial report.

A cell that was not found (line 0) gives no value and no doubt: ``completeness`` notes it.
"""

import re
from decimal import Decimal

from contributions.enums import ContributionType
from editions.definition import Definition
from evaluations.exchange.official import dates
from evaluations.exchange.official.first_row import ReadCell
from evaluations.exchange.official.fold import figures, fold
from evaluations.exchange.official.sheet import (
    Doubts,
    OfficialTextError,
    ReadReport,
    shortened,
)

_AMOUNT = re.compile(r"(\d[\d,]{0,20}(?:\.\d{1,9})?)(千円|百万円|億円|万円|円)?")
_YEN = {"千円": 1000, "百万円": 10**6, "億円": 10**8, "万円": 10**4, "円": 1}
_SUPPLEMENTARY = re.compile(r"\(うち補正(\d[\d,]{0,20})千円\)$")  # as our sheets print it
_ABBREVIATION = re.compile(r"[A-Za-z][A-Za-z0-9 .,&/'+\-‐–（）()]*")
_PAIRS = {"）": "（", ")": "("}


def is_none(text: str) -> bool:
    """Whether ``text`` means that there is no value: blank, a dash or 「なし」."""
    return not fold(text).strip("-~/") or fold(text) in ("なし", "該当なし", "不明", "N/A")


def read_budget(cell: ReadCell, doubts: Doubts) -> int | None:
    """Return the amount in thousand yen (千円); raise OfficialTextError where it is none."""
    text = _SUPPLEMENTARY.sub("", figures(cell.text))
    if is_none(cell.text):
        return None
    match = _AMOUNT.match(text.removeprefix("約").removeprefix("¥"))
    behind = text[match.end() + len(text) - len(match.string) :] if match else ""
    if not match or (re.match(r"[\w.]", behind) and not match[2]):
        if match and re.search(r"ドル|ユーロ|フラン|ポンド|USD|EUR", text):
            message = (
                f"{cell.name}「{shortened(cell.text)}」は円ではないため、取り込みませんでした。"
                "千円単位で入力してください。"
            )
            doubts.note(cell.line, cell.item, message)
            return None
        raise OfficialTextError(
            cell.line,
            f"{cell.name}「{shortened(cell.text)}」が数として読めません。「1,234千円」の形に直してください。",
        )
    unit = match[2] or "千円"
    yen = Decimal(match[1].replace(",", "")) * _YEN[unit]
    amount = int(yen // 1000)
    if unit != "千円" or not match[2] or behind or yen % 1000 or text[0] == "約":
        message = (
            f"{cell.name}「{shortened(cell.text)}」を{amount:,}千円と読みました。"
            "単位と金額を確かめてください。"
        )
        doubts.note(cell.line, cell.item, message)
    elif "," in match[1] and not re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", match[1]):
        message = (
            f"{cell.name}「{shortened(cell.text)}」の3桁区切りが不規則です。{amount:,}千円で正しいか"
            "確かめてください。"
        )
        doubts.note(cell.line, cell.item, message)
    return amount


def read_supplementary(cell: ReadCell) -> int:
    """Return how much of the amount a supplementary budget added, in thousand yen (千円)."""
    match = _SUPPLEMENTARY.search(figures(cell.text))
    return int(match[1].replace(",", "")) if match else 0


def read_type(cell: ReadCell, edition: Definition, doubts: Doubts) -> str:
    """Return the ContributionType value, or '' with a doubt."""
    folded = fold(cell.text)
    if not cell.line:
        return ""
    for value, label in ContributionType.choices:
        if fold(label) == folded and value in edition.contribution_types:
            return value
    labels = "・".join(ContributionType(value).label for value in edition.contribution_types)
    what = (
        f"{cell.name}「{shortened(cell.text)}」は{labels}のどれでもありません。"
        if folded
        else f"{cell.name}が空欄です。"
    )
    doubts.note(cell.line, cell.item, what + "選び直してください。")
    return ""


def read_grade(cell: ReadCell, edition: Definition, doubts: Doubts) -> str:
    """Return the key of the grade, '' for none, or what was read with a doubt."""
    if is_none(cell.text):
        return ""
    scale = edition.overall_scale
    for grade in scale.grades if scale else ():
        if fold(cell.text) == fold(grade.key):
            return grade.key
    known = "・".join(grade.key for grade in scale.grades) if scale else "なし"
    message = (
        f"{cell.name}「{shortened(cell.text)}」はこの様式の段階（{known}）にありません。"
        "原本を確かめてください。"
    )
    doubts.note(cell.line, cell.item, message)
    return cell.text


def split_organization(cell: ReadCell, doubts: Doubts) -> tuple[str, str]:
    """Return name and abbreviation: the Latin letters in brackets at the end, if there are any."""
    text = cell.text
    start = _last_bracket(text)
    if start and _ABBREVIATION.fullmatch(text[start + 1 : -1].strip()):
        return text[:start].strip(), text[start + 1 : -1].strip()
    if re.search(r"[A-Za-z]", text) and re.search(r"[（(）)]", text):
        message = f"「{text}」から略称を分けられませんでした。機関名と略称を確かめてください。"
        doubts.note(cell.line, cell.item, message)
    return text, ""


def _last_bracket(text: str) -> int:
    """Return where the bracket opens that closes at the end of ``text``; 0 where none does."""
    depth = 0
    if text[-1:] not in _PAIRS:
        return 0
    for index in range(len(text) - 1, -1, -1):
        depth += (text[index] in _PAIRS) - (text[index] in _PAIRS.values())
        if not depth:
            return index
    return 0


def read_financial_report(cell: ReadCell, doubts: Doubts) -> ReadReport:
    """Return the month of receipt and the fiscal year covered; the last report of several."""

    def doubt(what: str) -> None:
        doubts.note(cell.line, cell.item, f"{cell.name}「{shortened(cell.text)}」：{what}")

    if is_none(cell.text):
        return ReadReport()
    months = dates.months_in(cell.text)
    years = dates.fiscal_years_in(cell.text)
    at = max(range(len(months)), key=months.__getitem__, default=0)
    received = months[at] if months else None
    covered = years[at] if len(years) == max(1, len(months)) else max(years, default=None)
    if len(months) > 1 or len(years) > 1:
        doubt(
            "複数の報告があるため、最も新しいものを取り込みました。ほかの報告を確かめてください。"
        )
    if not months:
        doubt("受領した年月を読み取れませんでした。未受領であれば、そのままでかまいません。")
    if covered is None and (calendar_years := dates.calendar_years_in(cell.text)):
        covered = max(calendar_years)
        doubt(f"対象を{covered}年度としました。暦年でないか確かめてください。")
    elif covered is None and months:
        doubt("対象の年度を読み取れませんでした。年度を入力してください。")
    return ReadReport(received, covered, cell.text)
