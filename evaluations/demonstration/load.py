"""Loading the sample ministry from ``ministry.toml``."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Division, Membership, User
from audit.records import save_record
from contributions.models import Contribution, FinancialReport, Organization, YearlyAmount
from editions.models import Edition
from evaluations.checks import Level, findings_in
from evaluations.domain.cycles import open_cycle
from evaluations.domain.entries import save_entry
from evaluations.domain.finding_answers import answer_warnings
from evaluations.domain.grading import grade_sheet
from evaluations.domain.improvement import PointFields, add_point
from evaluations.models import Cycle, Sheet
from evaluations.queries.checked_sheets import checked_sheet_of
from evaluations.workflow import perform
from staffing.models import StaffingSnapshot

MINISTRY = Path(__file__).with_name("ministry.toml")

Table = dict[str, Any]


@dataclass(frozen=True)
class Account:
    """An account of the sample ministry, as listed for the person who tries it."""

    username: str
    title: str


def accounts_of(ministry: Table) -> list[Account]:
    """Return the sample's accounts with their roles in words."""
    return [
        Account(
            user["username"],
            "システム管理者"
            if user.get("administrator")
            else f"{user.get('division', '')} {Role(user['role']).label}".strip(),
        )
        for user in ministry["users"]
    ]


def read_ministry() -> Table:
    """Return the sample ministry's table."""
    return tomllib.loads(MINISTRY.read_text(encoding="utf-8"))


@transaction.atomic
def load_ministry(ministry: Table) -> None:
    """Create the whole sample ministry in one transaction."""
    for each in ministry["divisions"]:
        save_record(Division(**each), actor=None)
    for each in ministry["users"]:
        _make_user(each, ministry["password"])
    for each in ministry["organizations"]:
        _make_organization(each)
    for each in ministry["contributions"]:
        _make_contribution(each, ministry["cycle"]["fiscal_year"])
    open_cycle(_cycle(ministry["cycle"]), actor=_people(None)[Role.COORDINATOR])
    for each in ministry["contributions"]:
        _play(each)


def _make_user(table: Table, password: str) -> None:
    user = User(
        username=table["username"],
        email=table["email"],
        display_name=table["display_name"],
        is_superuser=table.get("administrator", False),
    )
    user.set_password(password)
    save_record(user, actor=None)
    if "role" in table:
        division = Division.objects.filter(name=table.get("division", "")).first()
        save_record(Membership(user=user, role=table["role"], division=division), actor=None)


def _make_organization(table: Table) -> None:
    names = {name: value for name, value in table.items() if name != "staffing"}
    organization = Organization(**names)
    save_record(organization, actor=None)
    for each in table.get("staffing", []):
        save_record(StaffingSnapshot(organization=organization, **each), actor=None)


def _make_contribution(table: Table, fiscal_year: int) -> None:
    contribution = Contribution(
        name=table["name"],
        organization=Organization.objects.get(name_ja=table["organization"]),
        contribution_type=table["contribution_type"],
        earmarking=table["earmarking"],
        responsible_division=Division.objects.get(name=table["division"]),
    )
    save_record(contribution, actor=None)
    year = {"contribution": contribution, "fiscal_year": fiscal_year}
    amount = table["budget_amount_thousand_yen"]
    save_record(YearlyAmount(**year, budget_amount_thousand_yen=amount), actor=None)
    if "report" in table:
        save_record(FinancialReport(**year, **table["report"]), actor=None)


def _cycle(table: Table) -> Cycle:
    today = timezone.localdate()
    deadlines = {
        name: today + timedelta(days=days) for name, days in table["days_from_today"].items()
    }
    return Cycle(
        fiscal_year=table["fiscal_year"],
        edition=Edition.objects.get(key=table["edition"]),
        evaluation_period_start=table["evaluation_period_start"],
        evaluation_period_end=table["evaluation_period_end"],
        **deadlines,
    )


def _people(division: Division | None) -> dict[str, User]:
    """Return who acts for ``division``, by role."""
    memberships = Membership.objects.select_related("user")
    own = memberships.filter(division=division) if division else memberships.none()
    everywhere = memberships.filter(division=None)
    return {each.role: each.user for each in (*everywhere, *own)}


def _play(table: Table) -> None:
    """Write the sheet of one contribution and take it through its steps."""
    sheet = Sheet.objects.get(contribution__name=table["name"])
    people = _people(sheet.division)
    for key, text in table["texts"].items():
        save_entry(sheet, key, text, version=0, actor=people[Role.OFFICER])
    _answer(sheet, table.get("answers", {}), people[Role.OFFICER])
    actors = {
        "submit": Role.OFFICER,
        "confirm": Role.HEAD,
        "return": Role.HEAD,
        "grade": Role.REVIEWER,
        "approve": Role.REVIEWER,
        "publish": Role.COORDINATOR,
    }
    for step in table["steps"]:
        actor = people[actors[step]]
        if step == "grade":
            grade, reason = table["grade"]["key"], table["grade"]["reason"]
            grade_sheet(sheet, grade=grade, reason=reason, actor=actor, version=sheet.version)
            for point in table.get("improvement_points", []):
                add_point(sheet, _point(point, sheet), actor=actor, version=sheet.version)
        else:
            comment = table.get("return_comment", "") if step == "return" else ""
            perform(sheet, step, actor=actor, comment=comment, version=sheet.version)


def _answer(sheet: Sheet, answers: Table, officer: User) -> None:
    """Answer the warnings of the sheet, by their rule."""
    warnings = (
        found for found in findings_in(checked_sheet_of(sheet)) if found.level == Level.WARNING
    )
    known = {each.key: answers[each.rule] for each in warnings if each.rule in answers}
    answer_warnings(sheet, known, actor=officer)


def _point(table: Table, sheet: Sheet) -> PointFields:
    return PointFields(
        text=table["text"],
        key=table["key"],
        owner_division=sheet.division,
        owner=table["owner"],
        due_date=timezone.localdate() + timedelta(days=table["due_in_days"]),
    )
