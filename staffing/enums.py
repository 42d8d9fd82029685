"""Figures of the staffing table, and categories of staff outside it."""

from enum import StrEnum

from django.db import models


class StaffingFigure(StrEnum):
    """A figure for a column of the printed staffing table; the last three are derived."""

    MEMBER_COUNT = "member_count"
    PROFESSIONAL_STAFF_TOTAL = "professional_staff_total"
    JAPANESE_STAFF = "japanese_staff"
    JAPANESE_SENIOR_STAFF = "japanese_senior_staff"
    JAPANESE_STAFF_RATIO = "japanese_staff_ratio"
    PREVIOUS_JAPANESE_STAFF = "previous_japanese_staff"
    PREVIOUS_JAPANESE_SENIOR_STAFF = "previous_japanese_senior_staff"


class StaffCategory(models.TextChoices):
    """Japanese staff outside the professional grades counted in the table."""

    CONSULTANT = "consultant", "コンサルタント"
    JPO = "jpo", "JPO"
    LOCALLY_RECRUITED = "locally_recruited", "現地採用"
    INTERN = "intern", "インターン"
    UNGRADED = "ungraded", "ランクなしの職員"
