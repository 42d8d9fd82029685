"""R07: figures that change over time have an as-of date, the same for those side by side."""

import re
from collections.abc import Iterator

from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.dated import DateMention
from evaluations.checks.finding import Finding, Level
from evaluations.checks.reading import Sentence

MEMBERS = re.compile(
    r"加盟国(?:等?の?数)?(?:は|が|:)、?(?:現在|計|合計)?(?P<count>\d[\d,]*)(?:か国|カ国|国)"
)
_THEN = re.compile(r"当時|設立時|発足時|創設時|目標|目指|予定|見込|計画")
_CUMULATIVE = re.compile(r"(?:累計|累積|通算)(?:で|して)?(?:約)?\d[\d,]*[^\d\s、。]")


def moving_figures_are_dated(sheet: CheckedSheet) -> Iterator[Finding]:
    """R07: members and cumulative figures have an as-of date in their sentence."""
    for sentence in sheet.sentences:
        text = sentence.text
        if sentence.dates or _THEN.search(text) or "時点" in text or "末" in text:
            continue
        for pattern, what in ((MEMBERS, "加盟国の数"), (_CUMULATIVE, "累計")):
            if match := pattern.search(text):
                message = (
                    f"「{{quote}}」がいつの時点の{what}か書かれていません。「〇年〇月現在」のように"
                    "時点を書き添えてください。"
                )
                yield sentence.finding("R07", Level.WARNING, match.start(), match.end(), message)


def members_and_staff_of_one_date(sheet: CheckedSheet) -> Iterator[Finding]:
    """R07: the members in the text and the staffing table are as of the same month."""
    as_of = sheet.content.staffing.as_of
    if as_of is None:
        return
    for sentence in sheet.sentences:
        match, date = MEMBERS.search(sentence.text), dating(sentence)
        if match and date and date.in_full and (date.year, date.month) != (as_of.year, as_of.month):
            message = (
                f"「{{quote}}」の時点が、職員数の表の時点（{as_of.year}年{as_of.month}月）と異なります。"
                "時点をそろえるか、異なる理由を確かめてください。"
            )
            yield sentence.finding("R07", Level.WARNING, date.start, match.end(), message)


def dating(sentence: Sentence) -> DateMention | None:
    """Return the date of a sentence's figures: 「2017年12月末現在」; None where it has none."""
    for date in sentence.dates:
        if re.match(r"(?:の)?(?:現在|時点)|、", sentence.text[date.end :]) and date.possible:
            return date
    return None
