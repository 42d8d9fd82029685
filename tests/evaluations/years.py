"""A contribution over several years, with its people and the steps of its sheets."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from contributions.models import Contribution
from evaluations.domain.grading import grade_sheet
from evaluations.domain.improvement import PointFields, add_point
from evaluations.models import ImprovementPoint, Sheet
from evaluations.workflow import perform
from tests.factories import (
    YEAR,
    ContributionFactory,
    DivisionFactory,
    complete,
    edition_of,
    make_person,
    open_year,
)

PEOPLE = {
    "officer": Role.OFFICER,
    "head": Role.HEAD,
    "reviewer": Role.REVIEWER,
    "second": Role.REVIEWER,
    "coordinator": Role.COORDINATOR,
}


@dataclass(frozen=True)
class Years:
    """A contribution, and the people who write and review its sheets."""

    contribution: Contribution
    people: dict[str, User]

    def open(self, year: int = YEAR) -> Sheet:
        """Open a year, and return the contribution's sheet, complete."""
        open_year(edition_of(year), year)
        return complete(self.sheet(year))

    def sheet(self, year: int) -> Sheet:
        """Return the sheet of ``year`` as it is stored."""
        return Sheet.objects.select_related(
            "edition", "cycle__edition", "division", "contribution__organization"
        ).get(contribution=self.contribution, cycle__fiscal_year=year)

    def step(self, sheet: Sheet, action: str, who: str, comment: str = "") -> None:
        """Take one step of the workflow."""
        perform(
            sheet, action, actor=self.people[who], comment=comment, version=stored_version(sheet)
        )

    def to_review(self, sheet: Sheet) -> None:
        """Submit and confirm ``sheet``."""
        self.step(sheet, "submit", "officer")
        self.step(sheet, "confirm", "head")

    def grade(self, sheet: Sheet, grade: str) -> None:
        """Grade ``sheet``, which is in review."""
        grade_sheet(
            sheet,
            grade=grade,
            reason="理由を述べる。",
            actor=self.people["reviewer"],
            version=stored_version(sheet),
        )

    def raise_point(
        self, sheet: Sheet, text: str = "成果を数値で示すこと。", **fields: object
    ) -> ImprovementPoint:
        """Raise a point on ``sheet``, due in a month unless ``fields`` say otherwise."""
        return add_point(
            sheet,
            point_fields(sheet, text, **fields),
            actor=self.people["reviewer"],
            version=stored_version(sheet),
        )

    def approve(self, sheet: Sheet) -> None:
        """Approve ``sheet``."""
        self.step(sheet, "approve", "reviewer")


def make_years() -> Years:
    """Return a contribution with its people, before its first year."""
    division = DivisionFactory()
    people = {
        name: make_person(role, division if role in (Role.OFFICER, Role.HEAD) else None)
        for name, role in PEOPLE.items()
    }
    return Years(ContributionFactory(responsible_division=division), people)


def point_fields(sheet: Sheet, text: str, **fields: object) -> PointFields:
    """Return the fields of a point for the division of ``sheet``, due in a month."""
    return PointFields(
        **{
            "text": text,
            "owner_division": sheet.division,
            "due_date": in_days(30),
        }
        | fields
    )


def in_days(days: int) -> date:
    """Return the day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


def stored_version(sheet: Sheet) -> int:
    """Return the version of ``sheet`` as it is stored."""
    return Sheet.objects.get(pk=sheet.pk).version
