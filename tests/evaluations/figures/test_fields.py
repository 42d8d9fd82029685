"""Figures as officers type them: read as they are meant, or refused in words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from evaluations.forms.fields import DayField, MonthField, NumberField
from tests.evaluations.figures.typed import (
    NEGATIVE,
    REQUIRED,
    TOO_LARGE,
    not_a_day,
    not_a_month,
    not_a_number,
)


def cleaned(field, typed):
    """Return what the field makes of ``typed``: a value, or the message it refuses with."""
    try:
        return field.clean(typed)
    except ValidationError as refusal:
        (message,) = refusal.messages
        return message


# fmt: off
NUMBERS = [
    ("1234",            1234),
    ("1,234",           1234),
    ("１，２３４",      1234),
    ("１２３４",        1234),
    (" 1 234 ",         1234),
    ("　23,100　",      23_100),
    ("1、234",          1234),
    ("0",               0),
    ("007",             7),
    ("1,000,000,000,000", 10**12),
    ("",                REQUIRED),
    ("　",              REQUIRED),
    (None,              REQUIRED),
    ("-1",              NEGATIVE),
    ("−1",              not_a_number("−1")),
    ("1,000,000,000,001", TOO_LARGE),
    ("12.5",            not_a_number("12.5")),
    ("1234千円",        not_a_number("1234千円")),
    ("約1000",          not_a_number("約1000")),
    ("千",              not_a_number("千")),
    ("1e3",             not_a_number("1e3")),
    ("0x10",            not_a_number("0x10")),
    ("--1",             not_a_number("--1")),
    ("9" * 5000,        not_a_number("9" * 5000)),
]
DAYS = [
    ("2017-12-31",          date(2017, 12, 31)),
    ("2017/12/31",          date(2017, 12, 31)),
    ("2017.12.31",          date(2017, 12, 31)),
    ("2017年12月31日",      date(2017, 12, 31)),
    ("２０１７年１２月末",  date(2017, 12, 31)),
    ("2017年12月末日",      date(2017, 12, 31)),
    ("2016年2月末",         date(2016, 2, 29)),
    ("2017年2月末",         date(2017, 2, 28)),
    ("2017年 3月 1日",      date(2017, 3, 1)),
    ("",                    REQUIRED),
    ("2017年2月29日",       not_a_day("2017年2月29日")),
    ("2017年13月末",        not_a_day("2017年13月末")),
    ("2017年0月末",         not_a_day("2017年0月末")),
    ("2017-12",             not_a_day("2017-12")),
    ("平成29年12月末",      not_a_day("平成29年12月末")),
    ("29/12/31",            not_a_day("29/12/31")),
    ("0001-01-01",          not_a_day("0001-01-01")),
    ("9999-12-31",          not_a_day("9999-12-31")),
    ("昨日",                not_a_day("昨日")),
]
MONTHS = [
    ("2018-06",     date(2018, 6, 1)),
    ("2018/6",      date(2018, 6, 1)),
    ("2018年6月",   date(2018, 6, 1)),
    ("２０１８年６月", date(2018, 6, 1)),
    ("2018.6",      date(2018, 6, 1)),
    ("",            REQUIRED),
    ("2018年13月",  not_a_month("2018年13月")),
    ("2018年",      not_a_month("2018年")),
    ("2018年6月1日", not_a_month("2018年6月1日")),
    ("平成30年6月", not_a_month("平成30年6月")),
    ("0001-01",     not_a_month("0001-01")),
]
# fmt: on


@pytest.mark.parametrize(("typed", "expected"), NUMBERS)
def test_numbers(typed, expected):
    assert cleaned(NumberField(), typed) == expected


@pytest.mark.parametrize(("typed", "expected"), DAYS)
def test_days(typed, expected):
    assert cleaned(DayField(), typed) == expected


@pytest.mark.parametrize(("typed", "expected"), MONTHS)
def test_months(typed, expected):
    assert cleaned(MonthField(), typed) == expected


def test_what_is_shown_can_be_sent_back():
    for field, value, shown in (
        (NumberField(), 1234567, "1,234,567"),
        (DayField(), date(2017, 12, 31), "2017年12月31日"),
        (MonthField(), date(2018, 6, 1), "2018年6月"),
    ):
        assert field.prepare_value(value) == shown
        assert field.clean(shown) == value
        assert field.prepare_value("書きかけ") == "書きかけ"


def test_what_need_not_be_known_may_stay_empty():
    for field in (NumberField, DayField, MonthField):
        assert field(required=False).clean("　") is None
