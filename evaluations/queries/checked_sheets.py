"""The input of the checks: sheets with last year, the register and the other sheets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from contributions.models import Organization
from evaluations.access.grades import on_paper
from evaluations.checks import CheckedSheet, OtherSheet
from evaluations.checks.references import may_refer
from evaluations.content import SheetContent
from evaluations.enums import State
from evaluations.models import Sheet
from evaluations.queries.content import content_of, texts_of, unprinted_budget_of
from evaluations.queries.improvement import (
    OpenPoint,
    carried_points,
    open_points,
    open_points_of,
)
from evaluations.queries.last_year import EarlierSheet, earlier_sheet, earlier_sheets_of
from evaluations.queries.prefetch import fetch_ahead
from staffing.models import SeniorPost


@dataclass(frozen=True)
class Surroundings:
    """The context of a sheet for the checks: last year, open points, the register."""

    earlier: EarlierSheet | None
    points: Sequence[OpenPoint]
    posts: Sequence[SeniorPost]
    organizations: tuple[tuple[str, str], ...]


def checked_sheet_of(sheet: Sheet, content: SheetContent | None = None) -> CheckedSheet:
    """Return what the checks need to know of ``sheet``; ``content``: where the caller has it.

    At most four queries besides, three more where there are earlier years or the sheet is in
    review.
    """
    earlier = earlier_sheet(sheet)
    points = open_points(sheet) if earlier else ()
    return checked_sheet_beside(sheet, content or content_of(sheet), earlier, points)


def checked_sheet_beside(
    sheet: Sheet,
    content: SheetContent,
    earlier: EarlierSheet | None,
    points: Sequence[OpenPoint],
) -> CheckedSheet:
    """Return the same where the caller knows the sheet before (or that there is none)."""
    posts = senior_posts_of([sheet])[sheet.contribution.organization_id]
    return _view(sheet, content, Surroundings(earlier, points, posts, _organizations()))


def contents_of(sheets: Sequence[Sheet]) -> dict[int, SheetContent]:
    """Return ``content_of`` each of ``sheets``, by id, with the queries of one for all of them."""
    fetch_ahead(sheets)
    texts = texts_of(sheet.pk for sheet in sheets)
    return {sheet.pk: content_of(sheet, texts[sheet.pk]) for sheet in sheets}


def checked_sheets_of(
    sheets: Sequence[Sheet], contents: Mapping[int, SheetContent]
) -> dict[int, CheckedSheet]:
    """Return ``checked_sheet_of`` each of ``sheets``, by id. Some ten queries for all of them.

    ``contents`` are theirs. Besides, two queries for a sheet whose text refers to others, and those
    of ``content_of`` for one that stands beside an undecided one of the year before.
    """
    earlier = earlier_sheets_of(sheets)
    points = open_points_of([sheet for sheet in sheets if sheet.pk in earlier])
    posts, organizations = senior_posts_of(sheets), _organizations()
    views = {}
    for sheet in sheets:
        around = Surroundings(
            earlier.get(sheet.pk),
            points.get(sheet.pk, ()),
            posts[sheet.contribution.organization_id],
            organizations,
        )
        views[sheet.pk] = _view(sheet, contents[sheet.pk], around)
    return views


def _view(sheet: Sheet, content: SheetContent, around: Surroundings) -> CheckedSheet:
    last_year = around.earlier.content if around.earlier else None
    as_of = content.staffing.as_of
    posts = [post for post in around.posts if as_of and post.snapshot.as_of == as_of]
    in_review = sheet.state == State.REVIEW
    return CheckedSheet(
        # Before the review a grade, left from an earlier review, is no matter of the division.
        content=content if in_review else on_paper(sheet, content),
        definition=sheet.edition.definition,
        last_year=last_year,
        # Most sheets refer to no other; then the others are not fetched.
        others=_others(sheet) if any(map(may_refer, content.texts.values())) else (),
        today=timezone.localdate(),
        earlier_grades=around.earlier.grades if around.earlier else (),
        last_year_budget_thousand_yen=last_year.budget_thousand_yen if last_year else None,
        # Asked only where it matters: a sheet with nothing to print.
        unprinted_budget_thousand_yen=0
        if content.budget_thousand_yen
        else unprinted_budget_of(sheet),
        senior_posts=tuple((post.title, post.grade, post.counts_as_senior) for post in posts),
        senior_definition=posts[0].snapshot.senior_definition if posts else "",
        known_organizations=around.organizations,
        carried_points=carried_points(around.points),
        improvement_points=len(sheet.improvement_points.all()) if in_review else None,
    )


def _organizations() -> tuple[tuple[str, str], ...]:
    return tuple(Organization.objects.values_list("name_ja", "abbreviation"))


def _others(sheet: Sheet) -> tuple[OtherSheet, ...]:
    """Return the year's other sheets; the texts only of those on the same organisation."""
    others = list(
        Sheet.objects.filter(cycle=sheet.cycle_id)
        .exclude(pk=sheet.pk)
        .exclude(state=State.EXCLUDED)
        .values_list(
            "pk",
            "contribution__organization",
            "contribution__name",
            "contribution__organization__name_ja",
            "contribution__organization__abbreviation",
            "contribution__contribution_type",
            "state",
        )
    )
    own = sheet.contribution.organization_id
    texts = texts_of(pk for pk, organization, *_ in others if organization == own)
    return tuple(
        OtherSheet(name, organization_name, abbreviation, kind, state, texts[pk], pk)
        for pk, _, name, organization_name, abbreviation, kind, state in others
    )


def senior_posts_of(sheets: Iterable[Sheet]) -> dict[int, list[SeniorPost]]:
    """Return the posts of the sheets' organisations, of all dates, by organisation. One query."""
    found: dict[int, list[SeniorPost]] = defaultdict(list)
    organizations = {sheet.contribution.organization_id for sheet in sheets}
    posts = SeniorPost.objects.filter(snapshot__organization__in=organizations)
    for post in posts.select_related("snapshot"):
        found[post.snapshot.organization_id].append(post)
    return found
