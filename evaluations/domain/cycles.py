"""Opening a year: the cycle, and one draft sheet for every contribution in scope."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from audit import trail
from contributions.models import Contribution
from core.locking import lock_in_order
from core.refusals import Stale
from editions.enums import Scope
from editions.models import Edition
from evaluations.domain.entries import create_entries
from evaluations.models import Cycle, Sheet
from evaluations.queries.content import texts_of
from evaluations.queries.last_year import by_lineage


def open_cycle(cycle: Cycle, *, actor: User | None) -> list[Sheet]:
    """Store the new ``cycle`` and create its sheets, in one transaction. Return the sheets."""
    with transaction.atomic():
        start_cycle(cycle, actor=actor)
        return add_missing_sheets(cycle, actor=actor)


def start_cycle(cycle: Cycle, *, actor: User | None) -> None:
    """Store the new ``cycle`` without sheets, and publish its edition.

    Raises Stale if somebody else has opened the year meanwhile.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                cycle.save(force_insert=True)
        except IntegrityError as error:
            if not Cycle.objects.filter(fiscal_year=cycle.fiscal_year).exists():
                raise
            raise Stale(
                f"{cycle.fiscal_year}年度の評価は、ほかの人が開始しました。"
                "評価年度の一覧で確かめてください。"
            ) from error
        Edition.objects.filter(pk=cycle.edition_id, published_at=None).update(
            published_at=timezone.now()
        )
        trail.record(
            "cycle.open",
            cycle,
            actor=actor,
            after={"fiscal_year": cycle.fiscal_year, "edition": cycle.edition.key},
        )


def add_missing_sheets(cycle: Cycle, *, actor: User | None) -> list[Sheet]:
    """Create a draft for every contribution in scope that has no sheet. Return the new sheets.

    Idempotent: a second call adds sheets only for contributions registered since.
    """
    with transaction.atomic():
        # Locked, so that two coordinators cannot create the same sheets.
        [cycle] = lock_in_order(Cycle.objects.filter(pk=cycle.pk))
        contributions = (
            Contribution.objects.active_in(cycle.fiscal_year)
            .filter(contribution_type__in=cycle.edition.definition.contribution_types)
            .exclude(sheets__cycle=cycle)
            .prefetch_related("organization", "responsible_division")
        )
        # Locked, so that none is deleted meanwhile.
        return [create_sheet(cycle, each, actor=actor) for each in lock_in_order(contributions)]


def create_sheet(cycle: Cycle, contribution: Contribution, *, actor: User | None) -> Sheet:
    """Create the draft of ``contribution`` for ``cycle``. Call it inside a transaction.

    Its texts about the organisation are copied from the organisation's newest earlier sheet.
    """
    sheet = Sheet.objects.create(
        cycle=cycle,
        contribution=contribution,
        edition=cycle.edition,
        division=contribution.responsible_division,
    )
    create_entries(sheet, _organization_texts(sheet))
    trail.record("sheet.create", sheet, actor=actor, after={"division": sheet.division.name})
    return sheet


def _organization_texts(sheet: Sheet) -> dict[str, str]:
    """Return the texts about the organisation from an earlier year, by keys of this edition."""
    wanted = [i for i in sheet.edition.definition.text_items if i.scope == Scope.ORGANIZATION]
    earlier = (
        Sheet.objects.filter(
            contribution__organization=sheet.contribution.organization_id,
            cycle__fiscal_year__lt=sheet.cycle.fiscal_year,
        )
        .order_by("-cycle__fiscal_year", "pk")
        .first()
    )
    if not wanted or earlier is None:
        return {}
    known = by_lineage(sheet.edition.definition, texts_of([earlier.pk])[earlier.pk])
    return {item.key: known[item.key] for item in wanted}
