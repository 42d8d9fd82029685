"""Japanese staff: what is recorded, what is derived, and which year stands beside."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from staffing.enums import StaffCategory
from staffing.figures import StaffingFigures, figures_of, one_year_before
from staffing.models import SeniorPost, StaffCategoryCount, StaffingSnapshot
from tests.factories import OrganizationFactory

# fmt: off
RATIOS = """
japanese total  percent
25       1467   1.7
23       1400   1.6
1        2000   0.1
1        2001   0.0
3        2000   0.2
5        2000   0.3
1        80     1.3
3        80     3.8
0        1467   0.0
1467     1467   100.0
1        3      33.3
2        3      66.7
0        0      -
5        0      -
-        1467   -
25       -      -
-        -      -
"""
# fmt: on


def number(cell):
    return None if cell == "-" else int(cell)


@pytest.mark.parametrize("row", RATIOS.strip().splitlines()[1:])
def test_the_ratio_is_in_percent_to_one_decimal_halves_up(row):
    japanese, total, percent = row.split()
    figures = StaffingFigures(
        japanese_staff=number(japanese), professional_staff_total=number(total)
    )
    assert figures.japanese_staff_ratio == (None if percent == "-" else Decimal(percent))


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2017-12-31", "2016-12-31"),
        ("2018-03-15", "2017-03-15"),
        ("2016-02-29", "2015-02-28"),  # the last day of February stays the last
        ("2017-02-28", "2016-02-29"),
        ("2016-02-28", "2015-02-28"),
        ("2018-04-30", "2017-04-30"),
    ],
)
def test_one_year_before_keeps_the_end_of_the_month(day, before):
    assert one_year_before(date.fromisoformat(day)) == date.fromisoformat(before)


# --- which year stands beside ----------------------------------------------------------------
NOW = date(2017, 12, 31)
# fmt: off
BESIDE = """
recorded earlier                      beside 2017-12-31
-                                     -
2016-12-31                            2016-12-31
2016-09-30                            2016-09-30
2016-09-29                            -
2017-04-02                            2017-04-02
2017-04-03                            -
2017-06-30                            -
2015-12-31                            -
2016-12-31 2015-12-31                 2016-12-31
2016-11-30 2017-01-31                 2017-01-31
2016-10-31 2017-01-31                 2017-01-31
2017-06-30 2016-12-31 2016-06-30      2016-12-31
"""
# fmt: on


@pytest.mark.django_db
@pytest.mark.parametrize("row", BESIDE.strip().splitlines()[1:])
def test_last_years_figures_are_those_of_about_the_same_time(row):
    *recorded, beside = row.split()
    organization = OrganizationFactory()
    for place, day in enumerate([NOW.isoformat(), *filter(lambda cell: cell != "-", recorded)]):
        organization.staffing_snapshots.create(as_of=day, japanese_staff=100 + place)
    figures = figures_of(organization, until=date(2018, 6, 30))
    assert (figures.as_of, figures.japanese_staff) == (NOW, 100)
    if beside == "-":
        assert (figures.previous_as_of, figures.previous_japanese_staff) == (None, None)
    else:
        place = 1 + recorded.index(beside)
        assert figures.previous_as_of == date.fromisoformat(beside)
        assert figures.previous_japanese_staff == 100 + place


@pytest.mark.django_db
def test_a_sheet_shows_the_latest_figures_of_its_own_time(django_assert_num_queries):
    organization = OrganizationFactory()
    for day, japanese in (("2016-12-31", 23), ("2017-12-31", 25), ("2018-12-31", 31)):
        organization.staffing_snapshots.create(as_of=day, japanese_staff=japanese)
    OrganizationFactory().staffing_snapshots.create(as_of="2018-01-31", japanese_staff=999)
    with django_assert_num_queries(1):
        figures = figures_of(organization, until=date(2018, 6, 30))
    assert figures == StaffingFigures(
        as_of=date(2017, 12, 31),
        japanese_staff=25,
        previous_as_of=date(2016, 12, 31),
        previous_japanese_staff=23,
    )
    assert figures_of(organization, until=date(2017, 12, 31)).japanese_staff == 25
    assert figures_of(organization, until=date(2017, 12, 30)).japanese_staff == 23
    assert figures_of(organization, until=date(2016, 12, 30)) == StaffingFigures()


# --- what the table refuses ------------------------------------------------------------------
SENIOR = "日本人幹部職員数が日本人職員数を超えています。どちらかを直してください。"
JAPANESE = "日本人職員数が全職員数を超えています。どちらかを直してください。"
# fmt: off
COUNTS = """
total japanese senior  refused for
1467  25       1       -
25    25       25      -
0     0        0       -
-     25       1       -
1467  -        1       -
1467  25       -       -
-     -        -       -
1467  25       26      senior
24    25       1       japanese
1     2        3       senior japanese
-     -        3       -
"""
# fmt: on


@pytest.mark.django_db
@pytest.mark.parametrize("row", COUNTS.strip().splitlines()[1:])
def test_senior_staff_are_japanese_staff_are_staff(row):
    total, japanese, senior, *reasons = row.split()
    snapshot = StaffingSnapshot(
        organization=OrganizationFactory(),
        as_of=NOW,
        professional_staff_total=number(total),
        japanese_staff=number(japanese),
        japanese_senior_staff=number(senior),
    )
    if reasons == ["-"]:
        snapshot.full_clean()
        snapshot.save()
        return
    with pytest.raises(ValidationError) as refusal:
        snapshot.full_clean()
    messages = {"senior": SENIOR, "japanese": JAPANESE}
    assert refusal.value.messages == [messages[reason] for reason in reasons]
    with pytest.raises(IntegrityError), transaction.atomic():
        snapshot.save()


@pytest.mark.django_db
def test_figures_are_recorded_once_for_a_date():
    organization = OrganizationFactory(name_ja="国際移住機関", abbreviation="IOM")
    first = StaffingSnapshot.objects.create(organization=organization, as_of=NOW)
    again = StaffingSnapshot(organization=organization, as_of=NOW)
    with pytest.raises(ValidationError) as refusal:
        again.full_clean()
    assert refusal.value.messages == [
        "この機関の同じ時点の記録は登録済みです。登録済みの記録を直してください。"
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    assert str(first) == "国際移住機関（IOM） 2017-12-31"


@pytest.mark.django_db
def test_what_stands_beside_the_table():
    snapshot = StaffingSnapshot.objects.create(organization=OrganizationFactory(), as_of=NOW)
    post = SeniorPost(snapshot=snapshot, title="駐日代表", grade="P5")
    jpo = StaffCategoryCount(snapshot=snapshot, category=StaffCategory.JPO, count=8)
    jpo.save()
    assert (str(post), str(jpo)) == ("駐日代表（P5）", "JPO 8名")
    with pytest.raises(ValidationError) as refusal:
        StaffCategoryCount(snapshot=snapshot, category=StaffCategory.JPO, count=1).full_clean()
    assert refusal.value.messages == ["同じ区分が二度あります。一つにまとめてください。"]
