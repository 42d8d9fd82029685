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
    """Start the new ``cycle`` and return the sheets made for it, all or nothing."""
    with transaction.atomic():
        start_cycle(cycle, actor=actor)
        return add_missing_sheets(cycle, actor=actor)


def start_cycle(cycle: Cycle, *, actor: User | None) -> None:
    """Store the new ``cycle``, without sheets yet; its edition is published with it.

    Raises Stale where somebody else has started the year meanwhile.
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
    """Make a draft for every contribution in scope that has none yet, and return the new ones.

    Called again, it adds only what has been registered since.
    """
    with transaction.atomic():
        # The lock makes two coordinators who press at once come one after the other.
        [cycle] = lock_in_order(Cycle.objects.filter(pk=cycle.pk))
        contributions = (
            Contribution.objects.active_in(cycle.fiscal_year)
            .filter(contribution_type__in=cycle.edition.definition.contribution_types)
            .exclude(sheets__cycle=cycle)
            .prefetch_related("organization", "responsible_division")
        )
        # Locked, so that nobody deletes one meanwhile.
        return [create_sheet(cycle, each, actor=actor) for each in lock_in_order(contributions)]


def create_sheet(cycle: Cycle, contribution: Contribution, *, actor: User | None) -> Sheet:
    """Make the draft of ``contribution`` for ``cycle``, with what is known of its organisation.

    The texts that speak of the organisation come from its newest sheet of another year.
    Belongs inside a transaction.
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
    """Return the organisation's texts of an earlier year, by this edition's keys."""
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
