"""A sheet held still while something is done to it: how every verb on a sheet begins."""

from accounts.models import User
from accounts.roles import Acting, acting_as
from contributions.models import Contribution, FinancialReport, YearlyAmount
from core.locking import lock_in_order
from evaluations.access.rules import can_edit
from evaluations.models import Cycle, Sheet
from staffing.models import StaffingSnapshot


def lock_sheet(sheet: Sheet) -> Sheet:
    """Return ``sheet`` as it is stored, locked until the transaction ends.

    Read after it is locked: what it refers to may have changed while the lock was waited for.
    """
    lock_in_order(Sheet.objects.only("pk").filter(pk=sheet.pk))
    return stored_sheet(sheet)


def stored_sheet(sheet: Sheet) -> Sheet:
    """Return ``sheet`` as it is stored, as ``lock_sheet`` does, but not locked."""
    related = ("division", "edition", "cycle", "contribution__organization")
    return Sheet.objects.select_related(*related).get(pk=sheet.pk)


def lock_as(sheet: Sheet, actor: User) -> tuple[Sheet, Acting]:
    """Return ``sheet`` locked, and ``actor`` with the roles they hold once it is."""
    return lock_sheet(sheet), acting_as(actor)


def lock_to_edit(sheet: Sheet, actor: User) -> Sheet:
    """Return ``sheet`` locked, or raise NotAllowed where ``actor`` cannot edit it now."""
    locked, acting = lock_as(sheet, actor)
    can_edit(acting, locked).require()
    return locked


def lock_year(fiscal_year: int) -> None:
    """Lock the year's sheets and every figure they show: for a command that overwrites them.

    Which of them it will overwrite turns out on the way, with entries of the record between.
    """
    sheets = Sheet.objects.filter(cycle__in=Cycle.objects.filter(fiscal_year=fiscal_year))
    paid = sheets.values("contribution")
    organizations = sheets.values("contribution__organization")
    lock_in_order(sheets.only("pk"))
    lock_in_order(Contribution.objects.filter(pk__in=paid))
    lock_in_order(YearlyAmount.objects.filter(contribution__in=paid, fiscal_year=fiscal_year))
    lock_in_order(FinancialReport.objects.filter(contribution__in=paid, fiscal_year=fiscal_year))
    lock_in_order(StaffingSnapshot.objects.filter(organization__in=organizations))
