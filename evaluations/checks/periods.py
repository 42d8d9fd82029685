"""R19: dates exist, past events are in the past, and results lie in the evaluation period."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from editions.enums import ItemKind
from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.dated import DateMention
from evaluations.checks.finding import Finding, Level
from evaluations.checks.reading import Sentence

_AT = re.compile(r"(?:に(?!向|お|予|か)|には|、|から(?!の))")
_PAST = re.compile(r"(?:[っいしれせげけきみえめべ]|ん)[ただ]$")
# Words that announce a future event in a sentence in the past tense.
_AHEAD = re.compile(
    r"予定|見込|目標|目指|期限|方針|こと(?:を|が|に|で|と)|よう(?:に|求|要)|計画(?:し|され|である)|向け|"
    r"(?:決ま|決定|内定|合意|了承|承認|認め|延期|延長|表明|発表|要請|招請|招致|変更|設定|繰り|前倒|先送|招待)[^、]{0,6}た$"
)
_ADNOMINAL = re.compile(
    r"[うくむぶつるす](?=[一-龥ァ-ヶA-Za-z「]|ため|よう|ところ|ので|との|と見)|控え|迫|迎え"
)
_FROM_TO = re.compile(r"(?:から|~|-)$")
_UNTIL = re.compile(r"(?:にかけて|まで|の間|\)|、)")
_IN_THE_PERIOD = re.compile(r"(?:評価)?(?:対象)?期間中(?:に|は|の|、)?$")


def dates_exist(sheet: CheckedSheet) -> Iterator[Finding]:
    """R19: the calendar has the date."""
    for sentence in sheet.sentences:
        for day in sentence.dates:
            if not day.possible:
                message = "「{quote}」という日付はありません。正しい日付に直してください。"
                yield sentence.finding("R19", Level.ERROR, day.start, day.end, message)


def spans_run_forward(sheet: CheckedSheet) -> Iterator[Finding]:
    """R19: 「AからBまで」 begins before it ends."""
    for sentence in sheet.sentences:
        days = [day for day in sentence.dates if day.in_full and day.possible]
        for first, last in pairwise(days):
            between = sentence.unquoted[first.end : last.start]
            until = _UNTIL.match(sentence.unquoted, last.end)
            if _FROM_TO.match(between) and until and first.first_day > last.last_day:
                message = "「{quote}」は、終わりが始まりより前です。年月を確かめてください。"
                yield sentence.finding("R19", Level.WARNING, first.start, last.end, message)


def events_are_past(sheet: CheckedSheet) -> Iterator[Finding]:
    """R19: what is reported as done lies before today, and in the evaluation period."""
    end = sheet.content.evaluation_period[1]
    for sentence in sheet.sentences:
        for day in _days_of_events(sentence):
            if sheet.today and day.first_day > sheet.today:
                message = (
                    "「{quote}」はまだ先の日付ですが、済んだこととして書かれています。"
                    "日付を直すか、予定であることが分かるように書いてください。"
                )
                yield sentence.finding("R19", Level.ERROR, day.start, day.end, message)
            elif _is_result(sheet, sentence) and end and sheet.today and day.first_day > end:
                message = (
                    f"「{{quote}}」は評価対象期間（{_shown(end)}まで）の後です。"
                    "今年度の評価に含めてよいか確かめてください。"
                )
                yield sentence.finding("R19", Level.WARNING, day.start, day.end, message)


def results_lie_in_the_period(sheet: CheckedSheet) -> Iterator[Finding]:
    """R19: what is said to have happened in the evaluation period has a date in it."""
    start, end = sheet.content.evaluation_period
    if start is None or end is None:
        return
    for sentence in sheet.sentences:
        for day in sentence.dates:
            said = _IN_THE_PERIOD.search(sentence.unquoted[: day.start])
            if said and day.possible and (day.last_day < start or day.first_day > end):
                message = (
                    f"「{{quote}}」とありますが、評価対象期間は{_shown(start)}から{_shown(end)}まで"
                    "です。日付か「期間中」の語を直してください。"
                )
                yield sentence.finding("R19", Level.WARNING, said.start(), day.end, message)


def _days_of_events(sentence: Sentence) -> Iterator[DateMention]:
    """Yield the dates on which, in the past tense, the sentence says that something happened."""
    text = sentence.unquoted
    if not _PAST.search(text):
        return
    days = [day for day in sentence.dates if day.possible]
    for index, day in enumerate(days):
        tail = text[day.end :]
        later = any(other.first_day < day.first_day for other in days[index + 1 :])
        if (
            _AT.match(tail)
            and not _AHEAD.search(tail)
            and not _ADNOMINAL.search(tail)
            and not later
        ):
            yield day


def _is_result(sheet: CheckedSheet, sentence: Sentence) -> bool:
    return sheet.kind_of(sentence.reading.item) is ItemKind.CRITERION


def _shown(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
