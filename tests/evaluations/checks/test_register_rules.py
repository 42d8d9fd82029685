"""The rules on what the register holds: financial reports (R24) and senior posts (R06)."""

from dataclasses import replace
from datetime import date

import pytest

from evaluations.checks import findings_in
from evaluations.content import ReportFacts
from tests.evaluations.checks.cases import CONTENT, VIEW


@pytest.mark.parametrize(("received", "covered", "level", "said"), [
    (date(2018, 5, 1), 2017, None, ""),
    (date(2017, 5, 1), 2018, "E",  "対象年度が始まる前に受領したことになります"),
    (date(2017, 5, 1), 2017, "W",  "対象年度の終わる前に受領したことになります"),
    (date(2018, 3, 1), 2016, None, ""),
    (date(2018, 4, 1), 2016, "W",  "対象年度の終わりから1年より後の受領です"),
    (date(2016, 5, 1), 2015, "W",  "前年の評価から進んでいません"),
])  # fmt: skip
def test_a_report_is_received_after_its_year_and_not_long_after(received, covered, level, said):
    report = ReportFacts(received_month=received, covers_fiscal_year=covered)
    content = replace(CONTENT, financial_report=report)
    found = [each for each in findings_in(replace(VIEW, content=content)) if each.rule == "R24"]
    assert [each.level.value for each in found] == ([level] if level else [])
    assert all(said in each.message for each in found)


@pytest.mark.parametrize(
    ("counts", "asked"), [((True, True, False), False), ((True, False, False), True)]
)
def test_senior_posts_on_record_are_as_many_as_counted(counts, asked):
    posts = tuple((f"部長{number}", "D1", each) for number, each in enumerate(counts))
    found = findings_in(replace(VIEW, senior_posts=posts))
    assert [each.rule for each in found] == ["R06"] * asked
