"""A year with a sheet of each kind, and something to see on every page of it."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from evaluations.domain.grading import grade_sheet, read_second
from evaluations.domain.improvement import add_point
from evaluations.domain.revisions import freeze
from evaluations.enums import State
from evaluations.models import Sheet
from evaluations.workflow import perform
from tests.evaluations.review import comment, rewrite, say, wording
from tests.evaluations.years import point_fields
from tests.factories import (
    YEAR,
    ContributionFactory,
    UserFactory,
    complete,
    edition_of,
    make_person,
    open_year,
    put_in_state,
)

# From here on with steps of the workflow, since pages show their transitions.
STARTS_AT = {"returned": State.DIVISION_CHECK, "published": State.REVIEW}


@dataclass(frozen=True)
class Ministry:
    """A year with a sheet of each kind, and the people around it."""

    people: dict[str, User]
    sheets: dict[str, Sheet]

    def path(self, name: str, state: str, *args: str) -> str:
        """Return the URL of a page of the sheet in ``state``."""
        return reverse(name, args=[self.sheets[state].pk, *args])


def make_whole_year() -> Ministry:
    """Return a year with a sheet in each state, with comments, suggestions and grades."""
    contributions = [ContributionFactory() for _ in State]
    division = contributions[0].responsible_division
    for contribution in contributions:
        contribution.responsible_division = division
        contribution.save()
    # A second sheet of one organisation: its staff is shown on both.
    contributions[1].organization = contributions[0].organization
    contributions[1].save()
    people = {
        role.value: make_person(role, division if role in (Role.OFFICER, Role.HEAD) else None)
        for role in Role
    }
    people["nobody"] = UserFactory()
    open_year()
    sheets = {
        state.value: contribution.sheets.get()
        for state, contribution in zip(State, contributions, strict=True)
    }
    for state, sheet in sheets.items():
        if state == State.DRAFT:
            continue
        put_in_state(
            complete(sheet),
            STARTS_AT.get(state, State(state)),
            submitter=people["officer"],
            confirmer=people["head"],
            approver=people["reviewer"],
        )
    for state in ("review", "published"):
        say(sheets[state], people["reviewer"])
    take_to_its_end(sheets["published"], people)
    perform(
        sheets["returned"],
        "return",
        actor=people["head"],
        comment="時期を書き加えてください。",
        version=sheets["returned"].version,
    )
    # Texts that changed since, with a line that moved: to be compared.
    complete(sheets["returned"], "・期間中の取組を着実に進めた。\n・二つ目の行。\n・三つ目の行。")
    freeze(sheets["returned"], occasion="return", actor=people["head"])
    complete(sheets["returned"], "・三つ目の行。\n・期間中の取組を進めた。\n・二つ目の行。")
    rewrite(sheets["returned"], do="・JPOの定着率は95%である。")
    with_review(sheets["returned"], people)
    judge_and_carry(sheets, people)
    return Ministry(people, sheets)


def with_review(sheet: Sheet, people: dict[str, User]) -> None:
    """Give a returned sheet a comment on changed words, and a suggestion that half applies."""
    place = {"submitter": people["officer"], "confirmer": people["head"]}
    put_in_state(sheet, State.REVIEW, **place, approver=people["reviewer"])
    rewrite(sheet, act="・理事会で発言した。\n・予算は11千円である。")
    comment(sheet, people["reviewer"], key="act", quote="発言した", is_blocking=True)
    wording(sheet, people["reviewer"], "・総会で発言した。\n・予算は12千円である。", "act")
    rewrite(sheet, act="・理事会で提案した。\n・予算は13千円である。")
    put_in_state(sheet, State.RETURNED, **place, approver=people["reviewer"])


def take_to_its_end(sheet: Sheet, people: dict[str, User]) -> None:
    """Grade, approve and publish a sheet in review with the steps of the workflow."""
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B", overall_grade_reason="着実。")
    sheet.refresh_from_db()
    perform(sheet, "approve", actor=people["reviewer"], version=sheet.version)
    perform(sheet, "publish", actor=people["coordinator"], version=sheet.version)


def judge_and_carry(sheets: dict[str, Sheet], people: dict[str, User]) -> None:
    """Give the sheet in review grades and a point, and the draft a point of the year before."""
    first = make_person(Role.REVIEWER)
    review = sheets["review"]
    grade_sheet(review, grade="C", reason="理由。", actor=first, version=review.version)
    second = make_person(Role.REVIEWER)
    read_second(review, grade="B", reason="理由。", actor=second, version=review.version)
    point = point_fields(review, "成果を数値で示すこと。")
    add_point(review, point, actor=first, version=review.version)
    open_year(edition_of(YEAR - 1), YEAR - 1)
    before = sheets["draft"].contribution.sheets.get(cycle__fiscal_year=YEAR - 1)
    before.improvement_points.create(
        number=1,
        text="成果を数値で示すこと。",
        key="plan",
        owner_division=before.division,
        due_date=point.due_date,
        raised_by=first,
        role="審査担当",
    )
    before.transitions.create(
        action="approve",
        from_state=State.REVIEW,
        to_state=State.APPROVED,
        actor=first,
        role="審査担当",
        revision=freeze(before, occasion="approve", actor=first),
    )
