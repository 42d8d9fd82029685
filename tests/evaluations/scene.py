"""A small ministry for tests of permissions: two divisions, one with a secret sheet."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.enums import Role
from accounts.models import Membership, User
from contributions.enums import ContributionType
from evaluations.domain.entries import fill_entries
from evaluations.domain.revisions import freeze
from evaluations.enums import State
from evaluations.models import Cycle, IssuedPdf, Publication, Sheet
from evaluations.workflow.guards import Examined
from tests.factories import (
    ContributionFactory,
    DivisionFactory,
    OrganizationFactory,
    UserFactory,
    complete,
    make_person,
    make_sheet,
    put_in_state,
)
from tests.remembered import remembered

SECRET_NAME, SECRET_TEXT = "ゼータ計画", "極秘の合言葉"

ROLES = (
    "officer",
    "head",
    "other_officer",
    "other_head",
    "reviewer",
    "coordinator",
    "viewer",
    "nobody",
    "superuser",
)


@dataclass(frozen=True)
class Ministry:
    """``sheet`` belongs to ``officer`` and ``head``, ``other_sheet`` to the other two."""

    sheet: Sheet
    other_sheet: Sheet
    people: dict[str, User]

    def put(self, state: State, sheet: Sheet | None = None) -> Sheet:
        """Put a sheet into ``state``, with the PDF and the publication that belong to it."""
        sheet = sheet or self.sheet
        put_in_state(
            sheet,
            state,
            submitter=self.people["clerk"],
            confirmer=self.people["clerk"],
            approver=self.people["judge"],
        )
        if state in (State.APPROVED, State.PUBLISHED):
            Sheet.objects.filter(pk=sheet.pk).update(
                overall_grade="B", overall_grade_reason="理由は着実な成果である。"
            )
            pdf = self.issue(sheet, b"%PDF-1.7 first")
            if state == State.PUBLISHED:
                self.publish(sheet, pdf)
        sheet.refresh_from_db()
        return sheet

    def reach_everybody_by_mail(self) -> None:
        """Give each person an e-mail address made of their name in ``people``."""
        for name, person in self.people.items():
            User.objects.filter(pk=person.pk).update(email=f"{name}@example.jp")
            person.refresh_from_db()

    def issue(self, sheet: Sheet, content: bytes) -> IssuedPdf:
        """Give ``sheet`` an official PDF of these bytes."""
        revision = freeze(sheet, occasion="approve", actor=self.people["judge"])
        sha256 = hashlib.sha256(content + str(revision.pk).encode()).hexdigest()
        return IssuedPdf.objects.create(revision=revision, content=content, sha256=sha256)

    def publish(self, sheet: Sheet, pdf: IssuedPdf) -> None:
        """Make ``pdf`` public in place of an earlier one."""
        sheet.publications.update(is_current=False)
        Publication.objects.create(
            sheet=sheet, issued_pdf=pdf, published_by=self.people["coordinator"]
        )


@remembered
@transaction.atomic
def make_ministry() -> Ministry:
    """Return a ministry with one complete draft for each of two divisions.

    The other division's contribution and organisation are named after ``SECRET_NAME``, and its
    texts hold ``SECRET_TEXT``.
    """
    own, other = DivisionFactory(name="人の安全協力室"), DivisionFactory(name="地球環境協力課")
    people = {
        "officer": make_person(Role.OFFICER, own, display_name="担当 花子"),
        "head": make_person(Role.HEAD, own, display_name="課室 太郎"),
        "other_officer": make_person(Role.OFFICER, other, display_name="環境 三郎"),
        "other_head": make_person(Role.HEAD, other, display_name="環境 四葉"),
        "reviewer": make_person(Role.REVIEWER, display_name="審査 一郎"),
        "coordinator": make_person(Role.COORDINATOR, display_name="取纏 良子"),
        "viewer": make_person(Role.VIEWER, display_name="閲覧 次郎"),
        "auditor": make_person(Role.AUDITOR, display_name="監査 六子"),
        "nobody": UserFactory(display_name="役割 なし"),
        "superuser": UserFactory(display_name="管理 五月", is_superuser=True),
        "clerk": UserFactory(display_name="去年の担当"),
        "judge": UserFactory(display_name="去年の審査"),
    }
    sheet = make_sheet(
        ContributionFactory(
            name="国際移住機関（IOM）拠出金",
            organization=OrganizationFactory(name_ja="国際移住機関", abbreviation="IOM"),
            responsible_division=own,
        )
    )
    other_sheet = make_sheet(
        ContributionFactory(
            name=f"{SECRET_NAME}拠出金",
            organization=OrganizationFactory(name_ja=f"{SECRET_NAME}機関", abbreviation="ZETA"),
            contribution_type=ContributionType.MANDATORY,
            responsible_division=other,
        )
    )
    complete(sheet)
    complete(other_sheet)
    fill_entries(
        other_sheet,
        {
            item.key: f"・{SECRET_TEXT}は{item.key}である。"
            for item in other_sheet.edition.definition.text_items
        },
    )
    cycle = Cycle.objects.get()
    for name in ("submission_deadline", "review_deadline", "publication_date"):
        setattr(cycle, name, date(2018, 9, 30))
    cycle.save()
    return Ministry(sheet, other_sheet, people)


def shown(sheet: Sheet) -> str:
    """Return the token of a page that shows ``sheet`` now."""
    return Examined(Sheet.objects.get(pk=sheet.pk)).shown.token()


def also(person: User, role: Role, **fields: Any) -> User:
    """Give ``person`` one more role."""
    Membership.objects.create(user=person, role=role, valid_from=date(2000, 1, 1), **fields)
    return person
