"""The figures of the printed staffing table: those recorded, and those derived from them."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from contributions.models import Organization
from staffing.models import StaffingSnapshot

# Tolerance for 前年同時期, as organisations do not report on the same day every year.
SAME_TIME_LAST_YEAR = timedelta(days=92)


@dataclass(frozen=True)
class StaffingFigures:
    """The figures of one sheet, in persons; None where unknown. ``ratio`` is in percent.

    ``not_applicable_reason``: why the organisation has no staff to count; "" where it has.
    """

    as_of: date | None = None
    member_count: int | None = None
    professional_staff_total: int | None = None
    japanese_staff: int | None = None
    japanese_senior_staff: int | None = None
    previous_as_of: date | None = None
    previous_japanese_staff: int | None = None
    previous_japanese_senior_staff: int | None = None
    not_applicable_reason: str = ""

    @property
    def japanese_staff_ratio(self) -> Decimal | None:
        """Return 日本人職員 / 全職員 in percent, rounded half up to one decimal; else None."""
        if self.japanese_staff is None or not self.professional_staff_total:
            return None
        ratio = Decimal(100 * self.japanese_staff) / self.professional_staff_total
        return ratio.quantize(Decimal("0.1"), ROUND_HALF_UP)


def figures_of(organization: Organization, until: date) -> StaffingFigures:
    """Return the organisation's latest figures on or before ``until``, with last year's.

    One query, or none if the snapshots are prefetched. Without a snapshot every figure is None.
    """
    known = organization.staffing_snapshots.all()
    snapshots = sorted((s for s in known if s.as_of <= until), key=lambda s: s.as_of, reverse=True)
    if not snapshots:
        return StaffingFigures()
    current = snapshots[0]
    previous = _same_time_last_year(current, snapshots[1:])
    return StaffingFigures(
        as_of=current.as_of,
        member_count=current.member_count,
        professional_staff_total=current.professional_staff_total,
        japanese_staff=current.japanese_staff,
        japanese_senior_staff=current.japanese_senior_staff,
        previous_as_of=previous.as_of if previous else None,
        previous_japanese_staff=previous.japanese_staff if previous else None,
        previous_japanese_senior_staff=previous.japanese_senior_staff if previous else None,
        not_applicable_reason=current.not_applicable_reason,
    )


def one_year_before(day: date) -> date:
    """Return the same day a year earlier; the last day of a month stays the last day."""
    year = day.year - 1
    last = calendar.monthrange(year, day.month)[1]
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return day.replace(year=year, day=last)
    return day.replace(year=year)


def _same_time_last_year(
    current: StaffingSnapshot, earlier: list[StaffingSnapshot]
) -> StaffingSnapshot | None:
    target = one_year_before(current.as_of)
    near = [each for each in earlier if abs(each.as_of - target) <= SAME_TIME_LAST_YEAR]
    return min(near, key=lambda each: abs(each.as_of - target), default=None)
