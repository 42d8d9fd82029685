"""What is paid: names as printed, years in order, one figure in one place."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from contributions.enums import AmountKind, ContributionType, Earmarking, ReportStatus
from contributions.models import Contribution, FinancialReport, Organization, YearlyAmount
from tests.factories import (
    ContributionFactory,
    DivisionFactory,
    OrganizationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def refusal_of(record):
    """Return what the forms say of ``record``; the database refuses it as well."""
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()
    return refusal.value.messages


def test_an_organisation_is_called_as_it_is_printed():
    assert str(Organization(name_ja="国際移住機関", abbreviation="IOM")) == "国際移住機関（IOM）"
    assert str(Organization(name_ja="見本防災教育基金")) == "見本防災教育基金"


def test_everything_is_called_by_its_name():
    contribution = ContributionFactory(name="国際移住機関（IOM）拠出金")
    amount = YearlyAmount(contribution=contribution, fiscal_year=2018)
    report = FinancialReport(contribution=contribution, fiscal_year=2018)
    assert [str(each) for each in (contribution, amount, report)] == [
        "国際移住機関（IOM）拠出金",
        "2018年度 当初予算",
        "2018年度評価 受領済み",
    ]


def test_organisations_stand_in_the_order_of_their_reading():
    for name, kana in (
        ("国連児童基金", "こくれんじどう"),
        ("愛知機関", "あいち"),
        ("移民", "いみん"),
    ):
        OrganizationFactory(name_ja=name, name_kana=kana)
    assert [each.name_ja for each in Organization.objects.all()] == [
        "愛知機関",
        "移民",
        "国連児童基金",
    ]


def test_two_contributions_cannot_have_one_name():
    first = ContributionFactory()
    second = Contribution(
        name=first.name,
        organization=first.organization,
        contribution_type=ContributionType.ASSESSED,
        responsible_division=first.responsible_division,
    )
    assert refusal_of(second) == ["分担金・拠出金名が同じ分担金・拠出金が、既に登録されています。"]


# fmt: off
YEARS = """
first last  2017 2018 2019
-     -     o    o    o
2018  -     .    o    o
-     2018  o    o    .
2018  2018  .    o    .
2019  2020  .    .    o
2010  2017  o    .    .
"""
# fmt: on


@pytest.mark.parametrize("row", YEARS.strip().splitlines()[1:])
def test_a_contribution_is_active_from_its_first_year_to_its_last(row):
    first, last, *outcomes = row.split()
    contribution = ContributionFactory(
        first_fiscal_year=None if first == "-" else int(first),
        last_fiscal_year=None if last == "-" else int(last),
    )
    found = [list(Contribution.objects.active_in(year)) for year in (2017, 2018, 2019)]
    assert found == [[contribution] if outcome == "o" else [] for outcome in outcomes]


def test_a_contribution_cannot_end_before_it_begins():
    contribution = ContributionFactory()
    contribution.first_fiscal_year, contribution.last_fiscal_year = 2019, 2018
    assert refusal_of(contribution) == ["終了年度は開始年度以後にしてください。"]


def test_a_budget_is_registered_once_for_a_year_and_kind():
    contribution = ContributionFactory()
    year = {"contribution": contribution, "fiscal_year": 2018}
    YearlyAmount.objects.create(**year, budget_amount_thousand_yen=23_100)
    YearlyAmount.objects.create(
        **year, kind=AmountKind.SUPPLEMENTARY, budget_amount_thousand_yen=100
    )
    assert refusal_of(YearlyAmount(**year, budget_amount_thousand_yen=1)) == [
        "この年度・区分の予算額は登録済みです。登録済みの額を直してください。"
    ]
    assert [a.budget_amount_thousand_yen for a in contribution.amounts.all()] == [23_100, 100]


def test_a_budget_is_never_negative():
    amount = YearlyAmount(
        contribution=ContributionFactory(), fiscal_year=2018, budget_amount_thousand_yen=-1
    )
    assert refusal_of(amount) == ["0以上の値を入力してください。"]


def test_a_report_is_registered_once_for_a_year():
    report = {
        "contribution": ContributionFactory(),
        "fiscal_year": 2018,
        "received_month": date(2018, 6, 1),
    }
    FinancialReport.objects.create(**report)
    assert refusal_of(FinancialReport(**report)) == ["この評価年度の報告は登録済みです。"]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": ReportStatus.RECEIVED},
        {"status": ReportStatus.RECEIVED, "reason": "理由だけ"},
        {"status": ReportStatus.NOT_RECEIVED},
        {"status": ReportStatus.NOT_RECEIVED, "received_month": date(2018, 6, 1)},
        {"status": ReportStatus.NOT_APPLICABLE},
    ],
)
def test_a_report_came_in_a_month_or_is_missing_for_a_reason(fields):
    report = FinancialReport(contribution=ContributionFactory(), fiscal_year=2018, **fields)
    assert refusal_of(report) == [
        "受領済みなら受領年月を、未受領・該当なしならその理由を記入してください。"
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"received_month": date(2018, 6, 1), "covers_fiscal_year": 2017},
        {"received_month": date(2018, 6, 1)},
        {"status": ReportStatus.NOT_RECEIVED, "reason": "決算が遅れている"},
        {"status": ReportStatus.NOT_APPLICABLE, "reason": "条約の事務局で、決算がない"},
    ],
)
def test_a_report_that_says_what_is_needed_is_taken(fields):
    report = FinancialReport(contribution=ContributionFactory(), fiscal_year=2018, **fields)
    report.full_clean()
    report.save()
    assert FinancialReport.objects.get() == report


def test_the_month_of_a_report_is_kept_as_its_first_day():
    report = FinancialReport(
        contribution=ContributionFactory(), fiscal_year=2018, received_month=date(2018, 6, 29)
    )
    report.full_clean()
    assert report.received_month == date(2018, 6, 1)


def test_a_report_cannot_come_before_the_year_it_covers():
    report = FinancialReport(
        contribution=ContributionFactory(),
        fiscal_year=2018,
        received_month=date(2016, 12, 1),
        covers_fiscal_year=2017,
    )
    with pytest.raises(ValidationError) as refusal:
        report.full_clean()
    assert refusal.value.message_dict == {
        "received_month": ["報告の対象年度より前に受領しています。年月と年度を確かめてください。"]
    }


def test_what_is_still_referred_to_cannot_be_deleted():
    contribution = ContributionFactory()
    YearlyAmount.objects.create(
        contribution=contribution, fiscal_year=2018, budget_amount_thousand_yen=1
    )
    for record in (
        contribution,
        contribution.organization,
        contribution.responsible_division,
    ):
        with pytest.raises(models.ProtectedError):
            record.delete()


def test_an_edition_may_ask_for_type_and_earmarking():
    contribution = ContributionFactory(
        contribution_type=ContributionType.ASSESSED,
        earmarking=Earmarking.CORE,
        responsible_division=DivisionFactory(),
    )
    assert contribution.facts == {"contribution_type": "assessed", "earmarking": "core"}


@pytest.mark.parametrize(
    ("factory", "field", "stored", "typed"),
    [
        (OrganizationFactory, "name_ja", "国際機関（IOX）", "国際機関 (ＩＯＸ)"),
        (ContributionFactory, "name", "国際機関（IOX）拠出金", "国際機関(IOX)拠出金"),
        (DivisionFactory, "name", "第一・協力課", "第一•協力課"),
    ],
)
def test_the_admin_takes_no_second_spelling_of_a_name(client, factory, field, stored, typed):
    record = factory(**{field: stored})
    client.force_login(UserFactory(is_superuser=True))
    address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_add")
    answer = client.post(address, {field: typed})
    [error] = answer.context["adminform"].form.errors[field]
    assert error.startswith(f"「{typed}」は、登録済みの「{stored}」と、")
    record.full_clean()  # its own name is no second one
