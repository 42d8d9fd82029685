"""Staffing snapshots in the admin."""

from django.contrib import admin

from accounts.admin.base import RegisterAdmin, RegisterInline
from staffing.models import SeniorPost, StaffCategoryCount, StaffingSnapshot


class SeniorPostInline(RegisterInline):
    """The senior posts of one snapshot."""

    model = SeniorPost
    fk_name = "snapshot"


class StaffCategoryCountInline(RegisterInline):
    """The counts by category of one snapshot."""

    model = StaffCategoryCount
    fk_name = "snapshot"


@admin.register(StaffingSnapshot)
class StaffingSnapshotAdmin(RegisterAdmin):
    """Staffing snapshots: one organisation's staff as of a date."""

    list_display = (
        "organization",
        "as_of",
        "member_count",
        "professional_staff_total",
        "japanese_staff",
        "japanese_senior_staff",
    )
    list_filter = ("as_of",)
    list_select_related = ("organization",)
    search_fields = (
        "organization__name_ja",
        "organization__abbreviation",
        "organization__name_kana",
        "senior_posts__title",
    )
    autocomplete_fields = ("organization",)
    inlines = (SeniorPostInline, StaffCategoryCountInline)
