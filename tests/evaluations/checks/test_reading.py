"""Numbers, dates and sentences as Japanese texts write them, each with its place."""

from decimal import Decimal

import pytest

from evaluations.checks.dated import dates_in
from evaluations.checks.quantities import quantities_in
from evaluations.checks.reading import reading_of


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("１，２３４名", 1234, "名"),
        ("1万2千人", 12_000, "名"),
        ("４億８,２００万円", 482_000_000, "円"),
        ("23,100千円", 23_100_000, "円"),
        ("5千円", 5_000, "円"),
        ("1.2百万円", 1_200_000, "円"),
        ("33.3％", Decimal("33.3"), "%"),
        ("12ヶ国", 12, "か国"),
        ("12カ国", 12, "か国"),
        ("3 件", 3, "件"),
        ("[[318]]名", 318, "名"),
    ],
)
def test_a_quantity_is_read_however_it_is_written(text, value, unit):
    (quantity,) = reading_of("any", text).sentences[0].quantities
    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    "text", ["第17回", "3件目", "2018年", "D1", "人身", "3人目", "COP21", "8,6,5名"]
)
def test_what_only_looks_like_a_quantity_is_none(text):
    assert [q for q in quantities_in(text) if q.figure != "5"] == []


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("約20名", False),
        ("契約20件", True),
        ("延べ20名", False),
        ("20名以上", False),
        ("20名ずつ", False),
        ("20名が", True),
    ],
)
def test_it_is_known_whether_a_quantity_is_exact(text, exact):
    (quantity,) = quantities_in(text)
    assert quantity.exact is exact


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018年6月", "2018-06-01", "2018-06-30"),
        ("2017年度", "2017-04-01", "2018-03-31"),
        ("平成29年12月末", "2017-12-01", "2017-12-31"),
        ("令和元年5月1日", "2019-05-01", "2019-05-01"),
        ("昭和64年", "1989-01-01", "1989-12-31"),
    ],
)
def test_a_date_is_read_in_both_calendars(text, first, last):
    (day,) = dates_in(text)
    assert (str(day.first_day), str(day.last_day)) == (first, last)


@pytest.mark.parametrize("text", ["2018年13月", "2017年11月31日", "2018年2月29日"])
def test_a_date_that_is_not_in_the_calendar_is_known(text):
    assert [day.possible for day in dates_in(text)] == [False]


def test_a_full_stop_in_brackets_ends_no_sentence():
    reading = reading_of("any", "・帰国支援（渡航費を含む。）を行った。次の文。\n終わりのない行")
    assert [sentence.text for sentence in reading.sentences] == [
        "・帰国支援(渡航費を含む。)を行った",
        "次の文",
        "終わりのない行",
    ]


def test_what_is_quoted_is_masked_in_its_place():
    (sentence,) = reading_of("any", "「行動計画2014」の12件").sentences
    assert sentence.unquoted == "「■■■■■■■■」の12件"


def test_an_unclosed_quote_masks_nothing():
    (sentence,) = reading_of("any", "「行動計画の12件").sentences
    assert [q.figure for q in sentence.quantities] == ["12"]
