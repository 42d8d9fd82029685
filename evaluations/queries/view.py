"""A sheet with what stands around it: what the checks look at."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils import timezone

from contributions.models import Organization
from evaluations.checks import OtherSheet, SheetView
from evaluations.content import SheetContent
from evaluations.enums import State
from evaluations.models import ENTRY_MODELS, Sheet
from evaluations.queries.content import content_of
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

    ``content``, ``earlier`` and ``points``: where the caller has them. At most six queries
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
        others=_others(sheet),
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
        .select_related("contribution__organization")
        .defer("search_text", "overall_grade_reason")
    )
    organization = sheet.contribution.organization_id
    texts = _texts_of(o.pk for o in others if o.contribution.organization_id == organization)
    return tuple(
        OtherSheet(
            contribution_name=other.contribution.name,
            organization_name=other.contribution.organization.name_ja,
            abbreviation=other.contribution.organization.abbreviation,
            contribution_type=other.contribution.contribution_type,
            state=other.state,
            texts=texts[other.pk],
        )
        for other in others
    )


def _texts_of(sheets: Iterable[int]) -> dict[int, dict[str, str]]:
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    wanted = list(sheets)
    for model in ENTRY_MODELS.values() if wanted else ():
        for pk, key, text in model._default_manager.filter(sheet__in=wanted).values_list(
            "sheet", "key", "text"
        ):
            texts[pk][key] = text
    return texts


def _senior_posts(sheet: Sheet, content: SheetContent) -> list[SeniorPost]:
    return list(
        SeniorPost.objects.filter(
            snapshot__organization=sheet.contribution.organization_id,
            snapshot__as_of=content.staffing.as_of,
        ).select_related("snapshot")
        if content.staffing.as_of
        else ()
    )
