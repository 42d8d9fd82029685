"""The reviewers' desk in the admin: the list of sheets, their pages to read, bulk steps."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.admin.base import ReadOnlyMixin, RegisterAdmin
from accounts.requests import person
from evaluations.access.grades import grade_column, sees_grades, shown_to
from evaluations.access.rules import can_grade
from evaluations.access.visibility import (
    listed,
    sheets_visible_to,
    sheets_with_history_for,
    takes_part,
)
from evaluations.admin.bulk import bulk_actions
from evaluations.admin.inlines import (
    CommentThreadInline,
    ImprovementAnswerInline,
    ImprovementPointInline,
    SecondReadingInline,
    TransitionInline,
)
from evaluations.checks import findings_in
from evaluations.models import Sheet
from evaluations.queries.checked_sheets import checked_sheet_of
from evaluations.queries.content import content_of
from evaluations.queries.search import find_sheets
from evaluations.queries.timeline import timeline_of


@admin.register(Sheet)
class SheetAdmin(ReadOnlyMixin, RegisterAdmin):
    """Sheets by state, division and year. Read-only, except for the steps of the workflow."""

    list_display = (
        "name",
        "state",
        "grade",
        "division",
        "cycle",
        "state_since",
        "links",
    )
    list_filter = ("state", "division", "cycle")
    # As many as a bulk step may have; their keys go along in an address.
    most_selected = 500
    search_fields = ("search_text",)
    search_help_text = "名称と本文を検索します。空白で区切るとすべての語を含むシートを探します。"
    inlines = (
        TransitionInline,
        CommentThreadInline,
        SecondReadingInline,
        ImprovementPointInline,
        ImprovementAnswerInline,
    )
    PLACE = ("contribution", "cycle", "edition", "division", "state", "state_since", "links")
    STAMPS = (
        ("submitted_at", "submitted_by"),
        ("confirmed_at", "confirmed_by"),
        ("graded_at", "graded_by"),
        ("approved_at", "approved_by"),
        "published_at",
    )
    readonly_fields = ("links", "grade", "grading", "findings", "timeline")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sheet]:
        roles = person(request).roles
        return listed(sheets_visible_to(roles)).annotate(seen_grade=grade_column(roles))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Sheet | None:
        """Return the sheet with the roles of its reader, on which its findings depend."""
        sheet = super().get_object(request, object_id, from_field)
        if sheet:
            sheet.read_by = person(request).roles
        return sheet

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Sheet], search_term: str
    ) -> tuple[QuerySet[Sheet], bool]:
        return find_sheets(queryset, search_term), False

    def get_fieldsets(self, request: HttpRequest, obj: Sheet | None = None) -> Any:
        acting = person(request).acting
        is_inside = bool(obj and takes_part(acting.roles, obj))
        tells_reason = is_inside and obj and sees_grades(acting.roles, obj)
        reason = ("overall_grade_reason",) if tells_reason else ()
        grading = ("grading",) if obj and can_grade(acting, obj) else ()
        fieldsets: list[Any] = [
            (None, {"fields": self.PLACE}),
            ("評価", {"fields": ("grade", *reason, *grading)}),
            ("提出・確認・確定・公表", {"fields": self.STAMPS}),
        ]
        if is_inside:
            fieldsets.append(("点検の結果", {"fields": ("findings",)}))
        if obj and sheets_with_history_for(acting.roles).filter(pk=obj.pk).exists():
            fieldsets.append(("経過（文章）", {"fields": ("timeline",)}))
        return fieldsets

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The steps of the workflow; the next page says with which sheets each is possible."""
        return bulk_actions()

    @admin.display(description="分担金・拠出金名", ordering="contribution__name")
    def name(self, sheet: Sheet) -> str:
        return sheet.name

    @admin.display(description="総合評価", ordering="seen_grade", empty_value="―")
    def grade(self, sheet: Any) -> str:
        return str(sheet.seen_grade)

    @admin.display(description="評価の記入")
    def grading(self, sheet: Sheet) -> str:
        """A link to the grading page, which shows the yardstick and the year's other grades."""
        return format_html(
            '<a href="{}">総合評価を記入する画面を開く</a>', reverse("sheet_grade", args=[sheet.pk])
        )

    @admin.display(description="指摘")
    def findings(self, sheet: Any) -> str:
        shown = shown_to(sheet.read_by, sheet, content_of(sheet))
        found = findings_in(checked_sheet_of(sheet, shown))
        lines = ((each.level.label, each.message) for each in found)
        return format_html_join("", "<p><strong>{}</strong>：{}</p>", lines) or "指摘はありません。"

    @admin.display(description="だれが、いつ、何をしたか")
    def timeline(self, sheet: Any) -> str:
        moments = timeline_of(sheet, sheet.read_by)
        return render_to_string("evaluations/versions/moments.html", {"moments": moments})

    @admin.display(description="シート")
    def links(self, sheet: Sheet) -> str:
        return format_html(
            '<a href="{}">開く</a>　<a href="{}">印刷プレビュー</a>　<a href="{}">PDF</a>',
            reverse("sheet_detail", args=[sheet.pk]),
            reverse("sheet_preview", args=[sheet.pk]),
            reverse("sheet_pdf", args=[sheet.pk]),
        )
