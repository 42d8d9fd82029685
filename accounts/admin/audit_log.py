"""The audit log in the admin: search and export, read-only."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from accounts.admin.base import ReadOnlyMixin, RegisterAdmin
from accounts.roles import Roles
from audit.actions import action_in_words, kind_in_words
from audit.changes import changes_in_words
from audit.export import entries_as_csv, entries_as_jsonl
from audit.filters import ActionFilter, KindFilter
from audit.models import AuditEntry
from audit.search import SearchFilter, find_entries

Format = Callable[[Iterable[AuditEntry]], Iterator[str]]


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyMixin, RegisterAdmin):
    """The audit log, for people who may read all of it."""

    list_display = ("sequence", "at", "actor_name", "what", "object_label", "role")
    list_filter = (SearchFilter, ActionFilter, KindFilter)
    fields = (
        "sequence",
        "at",
        "actor_name",
        "role",
        "what",
        "kind",
        "object_label",
        "object_id",
        "story",
        "changes",
        "before",
        "after",
        "request_id",
        "previous_hash",
        "hash",
    )
    readonly_fields = ("what", "kind", "story", "changes")
    search_fields = ("actor_name",)
    search_help_text = (
        "行為者、役割、行為（「差戻し」など）、対象の名称、対象の番号、要求番号を検索します。"
        "空白で区切るとすべての語を含む記録を探します。"
    )
    # No date_hierarchy, which would scan the whole log; SearchFilter has date fields.

    def may_view(self, roles: Roles) -> bool:
        return roles.reads_audit_log

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry], search_term: str
    ) -> tuple[QuerySet[AuditEntry], bool]:
        return find_entries(queryset, search_term), False

    @admin.display(description="行為", ordering="action")
    def what(self, entry: AuditEntry) -> str:
        return action_in_words(entry.action)

    @admin.display(description="対象の種類", ordering="object_type")
    def kind(self, entry: AuditEntry) -> str:
        return kind_in_words(entry.object_type)

    @admin.display(description="対象の経過")
    def story(self, entry: AuditEntry) -> str:
        """Return a link to the view ``<model>_timeline`` of the object, if there is one."""
        try:
            url = reverse(f"{entry.object_type.split('.')[-1]}_timeline", args=[entry.object_id])
        except NoReverseMatch:
            return "―"
        return format_html('<a href="{}">経過を文章で見る</a>', url)

    @admin.display(description="変わったこと")
    def changes(self, entry: AuditEntry) -> str:
        lines = ((each,) for each in changes_in_words(entry))
        return format_html_join("", "<p>{}</p>", lines) or "―"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("export.csv", wrap(self.export_csv), name="audit_auditentry_changelist_csv"),
            path("export.jsonl", wrap(self.export_jsonl), name="audit_auditentry_changelist_jsonl"),
            *super().get_urls(),
        ]

    def export_csv(self, request: HttpRequest) -> HttpResponseBase:
        """Export all pages of the list for people."""
        return self._export(request, "csv", entries_as_csv, "text/csv; charset=utf-8")

    def export_jsonl(self, request: HttpRequest) -> HttpResponseBase:
        """Export all pages of the list for verification."""
        return self._export(request, "jsonl", entries_as_jsonl, "application/jsonl; charset=utf-8")

    def _export(
        self, request: HttpRequest, suffix: str, lines: Format, content_type: str
    ) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        entries = self._asked_for(request)
        if entries is None:  # the list shows the error
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(f"{reverse('admin:audit_auditentry_changelist')}?{query}")
        name = f"audit-log-{timezone.localtime():%Y%m%d-%H%M%S}.{suffix}"
        return StreamingHttpResponse(
            lines(entries.order_by("sequence").iterator(chunk_size=2000)),
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _asked_for(self, request: HttpRequest) -> QuerySet[AuditEntry] | None:
        shown: Any = self.get_changelist_instance(request)
        forms = [spec.form for spec in shown.filter_specs if isinstance(spec, SearchFilter)]
        return shown.queryset if all(form.is_valid() for form in forms) else None
