"""The reviewers' desk in the admin: the list of sheets, bulk steps, the grade."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.admin_base import RegisterAdmin
from accounts.requests import person
from accounts.roles import Roles
from evaluations.admin.bulk import bulk_actions_for
from evaluations.admin.inlines import (
    CommentThreadInline,
    ImprovementAnswerInline,
    ImprovementPointInline,
    SecondReadingInline,
    TransitionInline,
)
from evaluations.checks import findings_in
from evaluations.domain.grading import grade_sheet
from evaluations.models import Sheet
from evaluations.permissions import can_grade
from evaluations.queries import find_sheets, sheets_visible_to
from evaluations.queries.sheets import listed, sheets_with_history_for, takes_part
from evaluations.queries.timeline import timeline_of
from evaluations.queries.view import view_of


class SheetGradeForm(forms.ModelForm):
    """The grade and its reason; the version is what the reviewer looked at."""

    overall_grade = forms.ChoiceField(label="総合評価")
    overall_grade_reason = forms.CharField(label="評価の理由", widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Sheet
        fields = ("overall_grade", "overall_grade_reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale = self.instance.edition.definition.overall_scale
        grade_field = self.fields.get("overall_grade")
        if scale and isinstance(grade_field, forms.ChoiceField):
            grade_field.choices = [("", "（未評価）")] + [
                (grade.key, f"{grade.key}：{grade.yardstick}") for grade in scale.grades
            ]
        if "version" in self.fields:
            self.fields["version"].initial = self.instance.version

    def clean_version(self) -> int:
        """Refuse to grade what has changed since the page was opened."""
        if self.cleaned_data["version"] != self.instance.version:
            raise forms.ValidationError(
                "画面を開いた後に、評価又は状態が変わりました。開き直して確かめてください。"
            )
        return self.cleaned_data["version"]


@admin.register(Sheet)
class SheetAdmin(RegisterAdmin):
    """Sheets by state, division and year. Nothing here writes but the workflow and the grade."""

    form = SheetGradeForm
    list_display = (
        "contribution",
        "state",
        "overall_grade",
        "division",
        "cycle",
        "state_since",
        "links",
    )
    list_filter = ("state", "division", "cycle")
    search_fields = ("search_text",)
    search_help_text = "名称と本文を検索します。空白で区切るとすべての語を含むシートを探します。"
    inlines = (
        TransitionInline,
        CommentThreadInline,
        SecondReadingInline,
        ImprovementPointInline,
        ImprovementAnswerInline,
    )
    GRADE = ("overall_grade", "overall_grade_reason")
    PLACE = ("contribution", "cycle", "edition", "division", "state", "state_since", "links")
    STAMPS = (
        ("submitted_at", "submitted_by"),
        ("confirmed_at", "confirmed_by"),
        ("graded_at", "graded_by"),
        ("approved_at", "approved_by"),
        "published_at",
    )

    def may_change(self, roles: Roles) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only the grade can be changed, by those who may give it, while they may."""
        return isinstance(obj, Sheet) and bool(
            can_grade(person(request), person(request).roles, obj)
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sheet]:
        return listed(sheets_visible_to(person(request).roles))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Sheet], search_term: str
    ) -> tuple[QuerySet[Sheet], bool]:
        return find_sheets(queryset, search_term), False

    def on_page_of(self, request: HttpRequest, record: Model) -> Iterator[QuerySet[Model]]:
        """Yield nothing: the version of the sheet tells what the person looked at."""
        return iter(())

    def get_fieldsets(self, request: HttpRequest, obj: Sheet | None = None) -> Any:
        version = ("version",) if self.has_change_permission(request, obj) else ()
        is_inside = bool(obj and takes_part(person(request).roles, obj))
        grade = self.GRADE if is_inside else self.GRADE[:1]
        fieldsets: list[Any] = [
            (None, {"fields": self.PLACE}),
            ("評価", {"fields": (*grade, *version)}),
            ("提出・確認・確定・公表", {"fields": self.STAMPS}),
        ]
        if is_inside:
            fieldsets.append(("点検の結果", {"fields": ("findings",)}))
        told = sheets_with_history_for(person(request).roles)
        if obj and told.filter(pk=obj.pk).exists():
            fieldsets.append(("経過（文章）", {"fields": ("timeline",)}))
        return fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Sheet | None = None) -> Any:
        shown = (*self.PLACE, *flatten(self.STAMPS), "findings", "timeline")
        return shown if self.has_change_permission(request, obj) else (*shown, *self.GRADE)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The steps of the workflow that the person's roles may ever take."""
        return bulk_actions_for(person(request))

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        grade_sheet(
            Sheet.objects.get(pk=obj.pk),
            grade=form.cleaned_data["overall_grade"],
            reason=form.cleaned_data["overall_grade_reason"],
            actor=person(request),
            version=form.cleaned_data["version"],
        )

    @admin.display(description="指摘")
    def findings(self, sheet: Sheet) -> str:
        found = findings_in(view_of(sheet))
        lines = ((each.level.label, each.message) for each in found)
        return format_html_join("", "<p><strong>{}</strong>：{}</p>", lines) or "指摘はありません。"

    @admin.display(description="だれが、いつ、何をしたか")
    def timeline(self, sheet: Sheet) -> str:
        return render_to_string(
            "evaluations/includes/timeline.html", {"moments": timeline_of(sheet)}
        )

    @admin.display(description="シート")
    def links(self, sheet: Sheet) -> str:
        return format_html(
            '<a href="{}">開く</a>　<a href="{}">印刷プレビュー</a>　<a href="{}">PDF</a>',
            reverse("sheet_detail", args=[sheet.pk]),
            reverse("sheet_preview", args=[sheet.pk]),
            reverse("sheet_pdf", args=[sheet.pk]),
        )
