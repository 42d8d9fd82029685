"""Factories of the objects that tests need, each with the fewest valid values."""

from datetime import date
from pathlib import Path
from typing import Any

import factory
from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Division, Membership, User
from contributions.enums import ContributionType, Earmarking
from contributions.models import Contribution, FinancialReport, Organization, YearlyAmount
from editions.domain.load import SHIPPED, load_edition
from editions.models import Edition
from evaluations.domain.cycles import add_missing_sheets, open_cycle
from evaluations.domain.entries import fill_entries
from evaluations.enums import State
from evaluations.models import Cycle, Sheet
from staffing.models import StaffingSnapshot

PASSWORD = "a-password-of-the-tests"
YEAR = 2018


class DivisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Division

    name = factory.Sequence(lambda n: f"協力第{n}課")
    name_kana = factory.Sequence(lambda n: f"きょうりょくだい{n}か")


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    display_name = factory.Sequence(lambda n: f"職員 {n}号")
    password = factory.django.Password(PASSWORD)


class OrganizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organization

    name_ja = factory.Sequence(lambda n: f"国際試験機関{n}")
    abbreviation = factory.Sequence(lambda n: f"ITO{n}")
    name_kana = factory.Sequence(lambda n: f"こくさいしけんきかん{n}")


class ContributionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contribution

    organization = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda n: f"国際試験機関拠出金（試験事業{n}）")
    contribution_type = ContributionType.VOLUNTARY
    earmarking = Earmarking.EARMARKED
    responsible_division = factory.SubFactory(DivisionFactory)


FACTORIES = (DivisionFactory, UserFactory, OrganizationFactory, ContributionFactory)


def restart_counters() -> None:
    """Restart the numbers in names, at one of four digits.

    Otherwise their order, and which of them contains another, would depend on the order of tests.
    """
    for each in FACTORIES:
        each.reset_sequence(1001)


def count_on() -> None:
    """Let the numbers in names go on behind those of what is there, all of it made here."""
    for each in FACTORIES:
        each.reset_sequence(1001 + each._meta.model.objects.count())


def make_person(role: Role, division: Division | None = None, **fields: Any) -> User:
    """Return a person who holds ``role``, in ``division`` where the role belongs to one."""
    user = UserFactory(**fields)
    Membership.objects.create(user=user, role=role, division=division, valid_from=date(2000, 1, 1))
    return user


def h30() -> Edition:
    """Return the shipped edition, loaded."""
    return load_edition(Path(SHIPPED / "h30.toml").read_text(encoding="utf-8")).edition


def edition_of(fiscal_year: int) -> Edition:
    """Return an edition like the shipped one for another year."""
    toml = (SHIPPED / "h30.toml").read_text(encoding="utf-8")
    toml = toml.replace('key = "h30"', f'key = "y{fiscal_year}"')
    toml = toml.replace("fiscal_year = 2018", f"fiscal_year = {fiscal_year}")
    return load_edition(toml.replace("平成30年度", f"{fiscal_year}年度")).edition


def open_year(edition: Edition | None = None, fiscal_year: int = YEAR, **dates: date) -> Cycle:
    """Open a year for all contributions, and return its cycle."""
    cycle = Cycle(
        fiscal_year=fiscal_year,
        edition=edition or h30(),
        evaluation_period_start=date(fiscal_year - 1, 7, 1),
        evaluation_period_end=date(fiscal_year, 6, 30),
        **dates,
    )
    open_cycle(cycle, actor=None)
    return cycle


def make_sheet(contribution: Contribution | None = None, **fields: Any) -> Sheet:
    """Return an empty draft, in a year opened for it if none is open."""
    contribution = contribution or ContributionFactory(**fields)
    cycle = Cycle.objects.first()
    if cycle is None:
        open_year()
    elif not contribution.sheets.filter(cycle=cycle).exists():
        add_missing_sheets(cycle, actor=None)
    return contribution.sheets.select_related("edition", "cycle", "division").get()


@transaction.atomic
def complete(sheet: Sheet, words: str = "・期間中の取組を着実に進めた。") -> Sheet:
    """Fill in everything that a submission of ``sheet`` needs."""
    contribution, year = sheet.contribution, sheet.cycle.fiscal_year
    texts = {item.key: words for item in sheet.edition.definition.text_items}
    if "contribution_summary" in texts:
        texts["contribution_summary"] += f"\n・{year + 2}年3月までに研修を10回行う。"
    fill_entries(sheet, texts)
    YearlyAmount.objects.get_or_create(
        contribution=contribution,
        fiscal_year=year,
        defaults={"budget_amount_thousand_yen": 23_100},
    )
    FinancialReport.objects.get_or_create(
        contribution=contribution,
        fiscal_year=year,
        defaults={"received_month": date(year, 6, 1), "covers_fiscal_year": year - 1},
    )
    for as_of, figures in (
        (date(year - 1, 12, 31), (1467, 25, 1)),
        (date(year - 2, 12, 31), (1400, 23, 1)),
    ):
        StaffingSnapshot.objects.get_or_create(
            organization=contribution.organization,
            as_of=as_of,
            defaults=dict(
                zip(
                    ("professional_staff_total", "japanese_staff", "japanese_senior_staff"),
                    figures,
                    strict=True,
                )
            ),
        )
    return sheet


def put_in_state(
    sheet: Sheet, state: State, *, submitter: User, confirmer: User, approver: User
) -> None:
    """Set ``state`` of ``sheet`` with its timestamps, without the steps of the workflow."""
    now = timezone.now()
    stamps: dict[str, Any] = {}
    if state in (State.DIVISION_CHECK, State.REVIEW, State.APPROVED, State.PUBLISHED):
        stamps |= {"submitted_at": now, "submitted_by": submitter}
    if state in (State.REVIEW, State.APPROVED, State.PUBLISHED):
        stamps |= {"confirmed_at": now, "confirmed_by": confirmer}
    if state in (State.APPROVED, State.PUBLISHED):
        stamps |= {"approved_at": now, "approved_by": approver}
    if state == State.PUBLISHED:
        stamps |= {"published_at": now}
    Sheet.objects.filter(pk=sheet.pk).update(state=state, **stamps)
    sheet.refresh_from_db()
