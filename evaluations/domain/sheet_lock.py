"""The row lock on a sheet, with which every change of a sheet begins."""

from accounts.models import User
from accounts.roles import Acting, acting_as
from contributions.models import Contribution, FinancialReport, YearlyAmount
from core.locking import lock_in_order
from evaluations.access.rules import can_edit
from evaluations.models import Cycle, Sheet
from staffing.models import StaffingSnapshot


def lock_sheet(sheet: Sheet) -> Sheet:
    """Return a fresh copy of ``sheet``, locked until the transaction ends.

    It is read after the lock, since related rows may have changed during the wait.
    """
    lock_in_order(Sheet.objects.only("pk").filter(pk=sheet.pk))
    return stored_sheet(sheet)


def stored_sheet(sheet: Sheet) -> Sheet:
    """Return a fresh copy of ``sheet`` like ``lock_sheet``, but without a lock."""
    related = ("division", "edition", "cycle", "contribution__organization")
    return Sheet.objects.select_related(*related).get(pk=sheet.pk)


def lock_as(sheet: Sheet, actor: User) -> tuple[Sheet, Acting]:
    """Return ``sheet`` locked, and ``actor`` with their roles, read after the lock."""
    return lock_sheet(sheet), acting_as(actor)


def lock_to_edit(sheet: Sheet, actor: User) -> Sheet:
    """Return ``sheet`` locked, or raise NotAllowed if ``actor`` cannot edit it."""
    locked, acting = lock_as(sheet, actor)
    can_edit(acting, locked).require()
    return locked


def lock_year(fiscal_year: int) -> None:
    """Lock the year's sheets and the figures they show, for a command that overwrites some.

    It locks all of them first, since locks must not be taken after the first audit entry.
    """
    sheets = Sheet.objects.filter(cycle__in=Cycle.objects.filter(fiscal_year=fiscal_year))
    paid = sheets.values("contribution")
    organizations = sheets.values("contribution__organization")
    lock_in_order(sheets.only("pk"))
    lock_in_order(Contribution.objects.filter(pk__in=paid))
    lock_in_order(YearlyAmount.objects.filter(contribution__in=paid, fiscal_year=fiscal_year))
    lock_in_order(FinancialReport.objects.filter(contribution__in=paid, fiscal_year=fiscal_year))
    lock_in_order(StaffingSnapshot.objects.filter(organization__in=organizations))
