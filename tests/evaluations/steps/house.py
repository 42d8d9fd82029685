"""Test data in which one person can use every verb on the same rows."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Deputyship, Division, DivisionSuccession, Membership, User
from booklets.enums import BookletKind
from booklets.models import Booklet
from bulk_steps.models import BulkStep
from contributions.models import Contribution
from evaluations.domain.comments import open_thread
from evaluations.enums import Action, CommentAudience, Side, State
from evaluations.models import Authorship, ImprovementPoint, PdcaEntry, Sheet, Suggestion
from evaluations.workflow import perform
from notices.domain.messages import notify
from notices.enums import MessageKind
from notices.models import Message, OutgoingMail
from tests.evaluations.scene import also, make_ministry
from tests.factories import ContributionFactory, UserFactory, complete, make_sheet

numbers = count(1)
LONG_AGO = date(2000, 1, 1)
ROLES = (Role.OFFICER, Role.HEAD, Role.REVIEWER, Role.COORDINATOR)
# One sheet for each step, all of one division and one organisation.
STATES = {
    "draft": State.DRAFT,
    "ready": State.DRAFT,
    "submitted": State.DIVISION_CHECK,
    "checked": State.DIVISION_CHECK,
    "reviewed": State.REVIEW,
    "graded": State.REVIEW,
    "judged": State.REVIEW,
    "approved": State.APPROVED,
}


@dataclass
class House:
    """``person`` has every role; ``others`` are recipients and assignees."""

    person: User
    administrator: User
    others: list[User]
    division: Division
    sheets: dict[str, Sheet] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet:
        """Return a sheet as it is stored."""
        return Sheet.objects.get(pk=self.sheets[name].pk)

    def step(self, name: str, action: str, comment: str = "") -> object:
        """Take a step with a sheet as it is stored."""
        sheet = self.sheet(name)
        return perform(sheet, action, actor=self.person, comment=comment, version=sheet.version)


@transaction.atomic
def make_house() -> House:
    """Return the data, ready for every verb."""
    ministry = make_ministry()
    division = ministry.sheet.division
    person = UserFactory(display_name="全役 一人", email="all@example.org")
    for role in ROLES:
        inside = role in (Role.OFFICER, Role.HEAD)
        also(person, role, **({"division": division} if inside else {}))
    others = [UserFactory() for _ in range(3)]
    house = House(person, ministry.people["superuser"], others, division)
    organization = ministry.sheet.contribution.organization
    for name, state in STATES.items():
        contribution = ContributionFactory(
            name=f"拠出金（{name}）", organization=organization, responsible_division=division
        )
        house.sheets[name] = complete(make_sheet(contribution))
        if state == State.APPROVED:
            ministry.put(state, house.sheets[name])
    make_ready(house)
    open_thread(
        house.sheets["reviewed"], "plan", "初め。", audience=CommentAudience.DIVISION, actor=person
    )
    return house


@transaction.atomic
def make_ready(house: House) -> None:
    """Reset the data, so that every verb can be used again."""
    Message.objects.all().delete()
    OutgoingMail.objects.all().delete()
    _tell_something(house)
    Deputyship.objects.all().delete()
    DivisionSuccession.objects.all().delete()
    Membership.objects.exclude(valid_from=LONG_AGO).delete()
    Membership.objects.update(valid_until=None)
    renamed = Division.objects.filter(name__startswith="改称課")
    Sheet.objects.filter(division__in=renamed).update(division=house.division)
    Contribution.objects.filter(responsible_division__in=renamed).update(
        responsible_division=house.division
    )
    renamed.delete()
    pks = [sheet.pk for sheet in house.sheets.values()]
    Division.objects.filter(pk=house.division.pk).update(valid_until=None)
    clerk, judge = house.others[:2]
    now = timezone.now()
    stamps = {
        State.DRAFT: {},
        State.DIVISION_CHECK: {"submitted_at": now, "submitted_by": clerk},
        State.REVIEW: {
            "submitted_at": now, "submitted_by": clerk, "confirmed_at": now, "confirmed_by": clerk,
        },
    }  # fmt: skip
    stamps[State.APPROVED] = stamps[State.REVIEW] | {"approved_at": now, "approved_by": judge}
    for name, state in STATES.items():
        Sheet.objects.filter(pk=house.sheets[name].pk).update(
            state=state,
            overall_grade="B",
            overall_grade_reason="着実。",
            graded_by=judge,
            published_at=None,
            **stamps[state],
        )
    Authorship.objects.all().delete()
    ImprovementPoint.objects.all().delete()
    Booklet.objects.all().delete()
    entry = PdcaEntry.objects.get(sheet=house.sheets["draft"], key="plan")
    if not Suggestion.objects.undecided().filter(sheet=house.sheets["draft"]).exists():
        Suggestion.objects.create(
            sheet=house.sheets["draft"],
            key="plan",
            base_text=entry.text,
            base_version=entry.version,
            text=f"{entry.text}\n・加えた案{next(numbers)}。",
            made_as=Side.REVIEWERS,
            made_by=house.others[2],
            role="審査担当",
        )
    if not Contribution.objects.filter(sheets=None).exists():
        ContributionFactory()
    Booklet.objects.create(
        requested_by=house.person, kind=BookletKind.LIST, title="一覧", sheet_ids=pks[:2]
    )
    BulkStep.objects.all().delete()
    waiting = BulkStep.objects.create(
        requested_by=house.person, action=Action.RETURN, comment="直してください。"
    )
    judged = house.sheet("judged")
    waiting.results.create(sheet=judged, version=judged.version)


def _tell_something(house: House) -> None:
    """Add a message that is mailed at once, and one for the digest."""
    for at_once in (True, False):
        notify(
            [house.person],
            kind=MessageKind.DEADLINE,
            subject="お知らせ",
            body="お知らせです。",
            path="/",
            key=f"told:{next(numbers)}",
            at_once=at_once,
        )
