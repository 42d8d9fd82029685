"""A sheet with what stands around it: what the checks look at."""

from collections.abc import Sequence

from django.utils import timezone

from contributions.models import Organization
from evaluations.checks import OtherSheet, SheetView
from evaluations.checks.references import may_refer
from evaluations.content import SheetContent
from evaluations.enums import State
from evaluations.models import Sheet
from evaluations.queries.content import content_of, texts_of
from evaluations.queries.earlier import EarlierSheet, earlier_sheet
from evaluations.queries.improvement import OpenPoint, carried_points, open_points
from staffing.models import SeniorPost


def view_of(
    sheet: Sheet,
    content: SheetContent | None = None,
    earlier: EarlierSheet | None = None,
    points: Sequence[OpenPoint] | None = None,
) -> SheetView:
    """Return what the checks need to know of ``sheet``.

    ``content``, ``earlier`` and ``points``: where the caller has them. At most four queries
    besides, three more where there are earlier years or the sheet is in review.
    """
    content = content or content_of(sheet)
    earlier = earlier or earlier_sheet(sheet)
    if points is None:
        points = open_points(sheet) if earlier else ()
    in_review = sheet.state == State.REVIEW
    posts = _senior_posts(sheet, content)
    return SheetView(
        content=content,
        definition=sheet.edition.definition,
        last_year=earlier.content if earlier else None,
        # Most sheets send their reader nowhere; then nobody asks for the others.
        others=_others(sheet) if any(map(may_refer, content.texts.values())) else (),
        today=timezone.localdate(),
        earlier_grades=earlier.grades if earlier else (),
        last_year_budget_thousand_yen=earlier.content.budget_thousand_yen if earlier else None,
        senior_posts=tuple((post.title, post.grade, post.counts_as_senior) for post in posts),
        senior_definition=posts[0].snapshot.senior_definition if posts else "",
        known_organizations=tuple(Organization.objects.values_list("name_ja", "abbreviation")),
        carried_points=carried_points(points),
        improvement_points=sheet.improvement_points.count() if in_review else None,
    )


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


def _senior_posts(sheet: Sheet, content: SheetContent) -> list[SeniorPost]:
    return list(
        SeniorPost.objects.filter(
            snapshot__organization=sheet.contribution.organization_id,
            snapshot__as_of=content.staffing.as_of,
        ).select_related("snapshot")
        if content.staffing.as_of
        else ()
    )
