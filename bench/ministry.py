"""Test data: a large ministry with 300 sheets in the year, three of them very long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.enums import Role
from accounts.models import Division, Membership, User
from bench.editions import a_year_earlier, of_many_texts, shipped
from bench.prose import prose
from contributions.enums import ContributionType, Earmarking
from contributions.models import Contribution, FinancialReport, Organization, YearlyAmount
from editions.domain.load import load_edition
from evaluations.domain.cycles import open_cycle
from evaluations.domain.entries import fill_entries
from evaluations.models import Cycle, Sheet
from staffing.models import SeniorPost, StaffingSnapshot

PASSWORD = "keisoku-no-tame-dake"  # noqa: S105 -- of a database that is thrown away
PEOPLE = 20
SHEETS = 300
SMALL_DIVISION = 10
CHARACTERS = 12_000
LONG_AGO = date.min.replace(year=1900)


@dataclass(frozen=True)
class Ministry:
    """The sheets that are measured, and the people who open them.

    ``largest`` is a sheet of the shipped edition, ``shared`` one with a text for each officer.
    Both belong to the division of all ``officers``. ``of_small_division`` sees ten sheets, the
    ``reviewer`` all.
    """

    cycle: Cycle
    largest: Sheet
    shared: Sheet
    officers: list[User]
    of_small_division: User
    reviewer: User


@transaction.atomic
def make_ministry() -> Ministry:
    """Fill the database, in one transaction. Raises RuntimeError if it has accounts already."""
    if User.objects.exists():
        raise RuntimeError("計測は空のデータベースで行います。make bench をお使いください。")
    busy, small, *others = _divisions(30)
    organizations = _organizations(100)
    own = [
        _contribution(f"最大事業{n}", organizations[0], busy, ContributionType.VOLUNTARY)
        for n in (1, 2, 3)
    ]
    shared = _contribution("共同事業", organizations[1], busy, ContributionType.MANDATORY)
    form = shipped()
    earlier = _open(a_year_earlier(form))
    for number in range(SHEETS - len(own) - 1):
        division = small if number < SMALL_DIVISION else others[number % len(others)]
        organization = organizations[number % len(organizations)]
        _contribution(f"事業{number}", organization, division, ContributionType.VOLUNTARY)
    cycle = _open(form)
    for seed, contribution in enumerate(own):
        _figures(contribution, cycle)
        for sheet in contribution.sheets.filter(cycle__in=[earlier, cycle]):
            fill_entries(sheet, _texts(sheet, seed))
    last = _open(of_many_texts(form))
    password = make_password(PASSWORD)
    return Ministry(
        cycle=cycle,
        largest=cycle.sheets.select_related("edition").get(contribution=own[0]),
        shared=last.sheets.select_related("edition").get(contribution=shared),
        officers=[_person(f"tanto-{n}", Role.OFFICER, busy, password) for n in range(PEOPLE)],
        of_small_division=_person("tanto-small", Role.OFFICER, small, password),
        reviewer=_person("shinsa", Role.REVIEWER, None, password),
    )


def add_sheets(ministry: Ministry, number: int) -> None:
    """Add so many sheets of the year, without entries: a list needs none."""
    organization, division = ministry.largest.contribution.organization, ministry.largest.division
    start = Contribution.objects.count()
    contributions = Contribution.objects.bulk_create(
        Contribution(
            name=f"{organization}拠出金（追加事業{start + each}）",
            organization=organization,
            contribution_type=ContributionType.VOLUNTARY,
            responsible_division=division,
        )
        for each in range(number)
    )
    Sheet.objects.bulk_create(
        Sheet(
            cycle=ministry.cycle,
            contribution=each,
            edition=ministry.cycle.edition,
            division=division,
        )
        for each in contributions
    )


def _divisions(number: int) -> list[Division]:
    return [
        Division.objects.create(name=f"計測第{n}課", name_kana=f"けいそくだい{n:02}か")
        for n in range(number)
    ]


def _organizations(number: int) -> list[Organization]:
    return [
        Organization.objects.create(
            name_ja=f"国際計測機関第{n}部",
            abbreviation=f"IMO{n}",
            name_kana=f"こくさいけいそくきかん{n:03}",
        )
        for n in range(number)
    ]


def _contribution(
    name: str, organization: Organization, division: Division, kind: ContributionType
) -> Contribution:
    return Contribution.objects.create(
        name=f"{organization}拠出金（{name}）",
        organization=organization,
        contribution_type=kind,
        earmarking=Earmarking.EARMARKED,
        responsible_division=division,
    )


def _person(username: str, role: Role, division: Division | None, password: str) -> User:
    user = User.objects.create(username=username, display_name=username, password=password)
    Membership.objects.create(user=user, role=role, division=division, valid_from=LONG_AGO)
    return user


def _open(toml: str) -> Cycle:
    edition = load_edition(toml).edition
    year = edition.definition.fiscal_year
    cycle = Cycle(
        fiscal_year=year,
        edition=edition,
        evaluation_period_start=date(year - 1, 7, 1),
        evaluation_period_end=date(year, 6, 30),
    )
    open_cycle(cycle, actor=None)
    return cycle


def _figures(contribution: Contribution, cycle: Cycle) -> None:
    """Register amounts, financial reports and staff of the year and of the year before."""
    for year in (cycle.fiscal_year, cycle.fiscal_year - 1):
        YearlyAmount.objects.create(
            contribution=contribution, fiscal_year=year, budget_amount_thousand_yen=23_100
        )
        FinancialReport.objects.create(
            contribution=contribution,
            fiscal_year=year,
            received_month=date(year, 6, 1),
            covers_fiscal_year=year - 1,
        )
        snapshot, is_new = StaffingSnapshot.objects.get_or_create(
            organization=contribution.organization,
            as_of=date(year - 1, 12, 31),
            defaults={
                "member_count": 169,
                "professional_staff_total": 1467,
                "japanese_staff": 25,
                "japanese_senior_staff": 1,
            },
        )
        if is_new:
            SeniorPost.objects.create(snapshot=snapshot, title="事務局次長", grade="D2")


def _texts(sheet: Sheet, seed: int) -> dict[str, str]:
    """Return texts of ``CHARACTERS`` in all, shared out by the limits of the items."""
    items = sheet.edition.definition.text_items
    room = _room(item.max_length for item in items)
    return {
        item.key: prose(
            CHARACTERS * share // sum(room),
            year=sheet.cycle.fiscal_year,
            seed=1_000 * seed + place,
        )
        for place, (item, share) in enumerate(zip(items, room, strict=True))
    }


def _room(lengths: Iterable[int | None]) -> list[int]:
    return [length or 2_000 for length in lengths]
