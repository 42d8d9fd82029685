"""Editing figures of the register (staff, amounts, reports) from the page of a sheet."""

from django.db import models, transaction
from django.db.models import QuerySet

from accounts.models import User
from audit import trail
from audit.records import digest_of_records, save_record
from contributions.models import FinancialReport, YearlyAmount
from core.refusals import Invalid, Stale
from evaluations.domain.entries import note_author
from evaluations.domain.sheet_lock import lock_to_edit
from evaluations.models import Sheet
from staffing.models import StaffingSnapshot

Figures = StaffingSnapshot | YearlyAmount | FinancialReport


def mark_of(record: models.Model) -> str:
    """Return a token of the stored values of ``record``; "" if it is not stored yet."""
    stored = type(record)._base_manager.filter(pk=record.pk).first() if record.pk else None
    if stored is None:
        return ""
    return digest_of_records([stored])


def save_figures(sheet: Sheet, record: Figures, *, seen: str, actor: User) -> None:
    """Store ``record``, a figure of ``sheet``'s organisation or contribution.

    ``seen`` is the ``mark_of`` the values that the form showed. Raises NotAllowed if the sheet
    cannot be edited, Invalid for a date after the evaluation period, and Stale if somebody has
    changed or added the figures meanwhile.
    """
    _check_belongs(sheet, record)
    with transaction.atomic():
        locked = lock_to_edit(sheet, actor)
        _check_shown(locked, record)
        if not record.pk:
            trail.lock_head()
        if mark_of(record) != seen or _same_place_taken(record):
            raise Stale(
                "画面を開いた後に、ほかの人がこの値を登録又は変更しました。"
                "今の値を確かめて、もう一度記入してください。"
            )
        save_record(record, actor=actor)
        note_author(locked, actor)


def other_sheets_showing(sheet: Sheet) -> QuerySet[Sheet]:
    """Return the other sheets of the year that show the staff of the same organisation."""
    return (
        Sheet.objects.filter(
            cycle=sheet.cycle_id, contribution__organization=sheet.contribution.organization_id
        )
        .exclude(pk=sheet.pk)
        .select_related("contribution", "division", "edition")
    )


def _check_belongs(sheet: Sheet, record: Figures) -> None:
    if isinstance(record, StaffingSnapshot):
        belongs = record.organization_id == sheet.contribution.organization_id
    else:
        belongs = (record.contribution_id, record.fiscal_year) == (
            sheet.contribution_id,
            sheet.cycle.fiscal_year,
        )
    if not belongs:
        raise ValueError(f"{record!r} is no figure of {sheet!r}")


def _check_shown(sheet: Sheet, record: Figures) -> None:
    """Raise Invalid for figures that the sheet of this year would not show."""
    until = sheet.cycle.figures_until
    if isinstance(record, StaffingSnapshot) and record.as_of > until:
        raise Invalid(
            f"時点が、この年度の評価対象期間の終わり（{until.year}年{until.month}月{until.day}日）"
            "より後です。期間の終わりまでの時点の職員数を記入してください。"
        )


def _same_place_taken(record: Figures) -> bool:
    """Whether another row has the unique values of ``record``."""
    if isinstance(record, StaffingSnapshot):
        place = {"organization": record.organization_id, "as_of": record.as_of}
    elif isinstance(record, YearlyAmount):
        place = {
            "contribution": record.contribution_id,
            "fiscal_year": record.fiscal_year,
            "kind": record.kind,
        }
    else:
        place = {"contribution": record.contribution_id, "fiscal_year": record.fiscal_year}
    return type(record)._base_manager.filter(**place).exclude(pk=record.pk).exists()
