"""Opening a year in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.admin.base import RegisterAdmin
from accounts.requests import person
from accounts.roles import Roles
from audit.records import save_record
from evaluations.domain.cycles import add_missing_sheets, open_cycle
from evaluations.models import Cycle


@admin.register(Cycle)
class CycleAdmin(RegisterAdmin):
    """Opening a year makes a draft sheet for every contribution in scope."""

    list_display = (
        "__str__",
        "fiscal_year",
        "submission_deadline",
        "review_deadline",
        "publication_date",
        "sheet_count",
    )
    list_select_related = ("edition",)
    actions = ("make_missing_sheets",)
    fieldsets = (
        (None, {"fields": ("fiscal_year", "edition")}),
        ("評価対象期間", {"fields": ("evaluation_period_start", "evaluation_period_end")}),
        ("期限", {"fields": ("submission_deadline", "review_deadline", "publication_date")}),
    )

    def may_change(self, roles: Roles) -> bool:
        return roles.is_coordinator

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cycle]:
        return super().get_queryset(request).annotate(sheet_count=Count("sheets"))

    def get_readonly_fields(self, request: HttpRequest, obj: Cycle | None = None) -> Any:
        return ("fiscal_year", "edition") if obj else ()

    @admin.display(description="シート数")
    def sheet_count(self, cycle: Any) -> int:
        return cycle.sheet_count

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if change:
            save_record(obj, actor=person(request))
            return
        sheets = open_cycle(obj, actor=person(request))
        messages.success(request, f"{obj}を開始し、シート{len(sheets)}件を作成しました。")

    @admin.action(description="台帳に加わった分のシートを作る")
    def make_missing_sheets(self, request: HttpRequest, cycles: QuerySet[Cycle]) -> None:
        if not person(request).roles.is_coordinator:
            messages.error(request, "シートの作成は取りまとめの担当が行います。")
            return
        for cycle in cycles:
            made = add_missing_sheets(cycle, actor=person(request))
            messages.success(request, f"{cycle}：シート{len(made)}件を作成しました。")
