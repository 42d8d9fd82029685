"""Read-only inlines of a sheet in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

from accounts.requests import person
from evaluations.access.comments import audiences_inside
from evaluations.access.grades import sees_grades
from evaluations.access.visibility import reads_history, takes_part
from evaluations.models import (
    CommentThread,
    ImprovementAnswer,
    ImprovementPoint,
    SecondReading,
    Transition,
)


class ShownInline(admin.TabularInline):
    """A read-only inline. ``related``: relations for ``select_related``."""

    extra = 0
    can_delete = False
    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.related)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TransitionInline(ShownInline):
    """The transitions of the sheet, for those who take part and for auditors."""

    model = Transition
    related = ("actor",)
    fields = readonly_fields = (
        "at",
        "action",
        "from_state",
        "to_state",
        "actor",
        "role",
        "comment",
    )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or reads_history(person(request).roles, obj)


class SecondReadingInline(ShownInline):
    """Second readings, for those who grade and coordinate."""

    model = SecondReading
    related = ("reader",)
    fields = readonly_fields = ("read_at", "reader", "role", "grade", "reason")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return person(request).roles.sees_all_divisions


class InternalInline(ShownInline):
    """Rows for those who take part in the sheet; a reader of decided sheets sees none."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or takes_part(person(request).roles, obj)


class CommentThreadInline(InternalInline):
    """The comments on the sheet that the person may see."""

    model = CommentThread
    fields = readonly_fields = ("place", "words", "said", "audience", "is_blocking", "standing")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        threads = super().get_queryset(request).select_related("sheet__edition")
        visible = audiences_inside(person(request).roles)
        return threads.filter(audience__in=visible).prefetch_related("comments__author")

    @admin.display(description="項目")
    def place(self, thread: CommentThread) -> str:
        return thread.sheet.edition.definition.name_of(thread.key)

    @admin.display(description="対象の語句")
    def words(self, thread: CommentThread) -> str:
        return thread.quote or "（項目全体）"

    @admin.display(description="発言")
    def said(self, thread: CommentThread) -> str:
        remarks = ((each.author, each.get_kind_display(), each.text) for each in thread.remarks)
        return format_html_join("", "<p>{}（{}）：{}</p>", remarks)

    @admin.display(description="状況")
    def standing(self, thread: CommentThread) -> str:
        return thread.closing.get_kind_display() if thread.closing else "未解決"


class ImprovementPointInline(InternalInline):
    """The points raised with the grade, for those who see it."""

    model = ImprovementPoint
    related = ("owner_division", "raised_by", "sheet")
    fields = readonly_fields = (
        "number",
        "text",
        "owner_division",
        "owner",
        "due_date",
        "raised_by",
        "raised_at",
    )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and (
            obj is None or sees_grades(person(request).roles, obj)
        )


class ImprovementAnswerInline(InternalInline):
    """The answers to the points of earlier years."""

    model = ImprovementAnswer
    related = ("point__sheet__edition", "answered_by", "sheet")
    fields = readonly_fields = ("point", "status", "text", "answered_by", "answered_at")
