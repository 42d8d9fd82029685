"""A sheet of the first year: in review, and approved with a low grade and a point."""

import pytest

from tests.evaluations.years import make_years

POINT = "成果を数値で示すこと。"


@pytest.fixture
def years():
    return make_years()


@pytest.fixture
def first(years):
    """The first year's sheet, in review."""
    sheet = years.open()
    years.to_review(sheet)
    return sheet


@pytest.fixture
def settled(years, first):
    """The first year's sheet, approved with a C and a point."""
    years.grade(first, "C")
    years.raise_point(first, POINT, key="act", owner="企画班")
    years.approve(first)
    return first
