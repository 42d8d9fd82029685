"""Base classes of all model admins: permissions by role, audit entries for every change."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CharField, Field, Model, ProtectedError, QuerySet
from django.db.models import TextField as ModelTextField
from django.forms import BaseModelFormSet, ModelForm
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.requests import person
from accounts.roles import Roles
from audit.records import delete_record, digest_of_records, save_record
from core.admin_parameters import StrictChangeList, UnknownParameters
from core.locking import lock_in_order
from core.refusals import NotStored
from core.text_fields import TextField
from printing.fonts import validate_printable

MOST_WORDS = 10


def keeps_register(roles: Roles) -> bool:
    """Whether ``roles`` may change master data: coordinators and administrators."""
    return roles.is_coordinator or roles.is_administrator


def administers(roles: Roles) -> bool:
    """Whether ``roles`` may manage accounts."""
    return roles.is_administrator


class RoleRightsMixin:
    """Permissions by role instead of Django's model permissions."""

    def may_view(self, roles: Roles) -> bool:
        """Whether the records may be viewed."""
        return roles.may_use_admin

    def may_change(self, roles: Roles) -> bool:
        """Whether the records may be added, changed and deleted."""
        return keeps_register(roles)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_view(person(request).roles)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_view(person(request).roles)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_change(person(request).roles)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_change(person(request).roles)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_change(person(request).roles)


class CleanedTextMixin:
    """Cleans text typed in the admin; shows no ✕ beside a choice, which would delete the chosen."""

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        if type(db_field) in (CharField, ModelTextField):  # not subclasses, such as EmailField
            kwargs.setdefault("form_class", TextField)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = False
        return field


class RegisterAdmin(RoleRightsMixin, CleanedTextMixin, admin.ModelAdmin):
    """A model admin that saves and deletes through ``audit.records``."""

    # Fields printed on the sheet, whose characters must be in the print fonts.
    printed_fields: tuple[str, ...] = ()
    list_per_page = 50
    most_selected = 1000  # records for one action
    show_full_result_count = False

    view_on_site = False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StrictChangeList

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Return the changelist; answer 400 to invalid filter values instead of ignoring them."""
        try:
            return super().get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            raise UnknownParameters(request.GET) from error

    def get_sortable_by(self, request: HttpRequest) -> list[Any]:
        """Return the sortable columns, without ``__str__``."""
        return [name for name in super().get_sortable_by(request) if name != "__str__"]

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Allow references by primary key only."""
        return to_field == self.opts.pk.name

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Search for the first words only, since databases limit the number of conditions."""
        words = " ".join(search_term.split()[:MOST_WORDS])
        return super().get_search_results(request, queryset, words)

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.printed_fields:
            field.validators.append(validate_printable)
        return field

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Run the action if the selected keys are valid and not too many.

        A confirmation page sends the keys back in one field, separated by spaces, since a field
        for each could exceed ``DATA_UPLOAD_MAX_NUMBER_FIELDS``.
        """
        fields = request.POST.getlist(ACTION_CHECKBOX_NAME)
        chosen = [key for field in fields for key in field.split(" ")]
        for key in chosen:
            try:
                self.opts.pk.run_validators(self.opts.pk.to_python(key))
            except ValidationError as error:
                raise BadRequest("no primary key") from error
        across = request.POST.get("select_across", "0") != "0"
        count = queryset.count() if across else len(chosen)
        if count > self.most_selected:
            messages.error(
                request,
                f"一度に選べるのは{self.most_selected:,}件までです（選んだのは{count:,}件）。何も変更して"
                "いません。絞り込みや検索で減らし、何回かに分けて操作してください。",
            )
            return None
        post: Any = request.POST.copy()
        post.setlist(ACTION_CHECKBOX_NAME, chosen)
        request.POST = post
        return super().response_action(request, queryset)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Save the form, with optimistic locking.

        A page opened before somebody else's change would undo that change, so it is refused. If
        saving is refused, nothing is stored and the reason is shown. Raises NotStored.
        """
        shown = super().changeform_view
        if request.method != "POST":
            return shown(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                self._check_unchanged(request, object_id)
                return shown(request, object_id, form_url, extra_context)
        except ValidationError as refused:
            raise NotStored(refused.messages) from refused
        except IntegrityError as taken:
            # The forms validate every rule, so this is a conflict with a simultaneous change.
            message = (
                "ほかの人が同時に登録した内容と重なるため、保存しませんでした。"
                "今の内容を確かめて、もう一度操作してください。"
            )
            raise NotStored([message]) from taken

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Delete the record, unless a row that refers to it was added since the page was shown."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError:
            messages.error(
                request,
                f"この{self.opts.verbose_name}は、ほかの人が同時に使い始めたため、"
                "削除しませんでした。今の内容を確かめてください。",
            )
            return redirect(request.get_full_path())

    def _check_unchanged(self, request: HttpRequest, object_id: str | None) -> None:
        """Lock the records on the page; raise ValidationError if the page shows older ones."""
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is None or not self.has_change_permission(request, record):
            return
        held = [
            row for rows in self.records_on_page(request, record) for row in lock_in_order(rows)
        ]
        seen = request.POST.get("seen")
        if seen and seen != digest_of_records(held):
            raise ValidationError(
                f"{self.opts.verbose_name}「{record}」は、画面を開いた後にほかの人が変更したため、"
                "保存しませんでした。今の内容を確かめて、もう一度変更してください。"
            )

    def records_on_page(self, request: HttpRequest, record: Model) -> Iterator[QuerySet[Model]]:
        """Yield the records edited on the page of ``record``: itself and its inlines."""
        yield self.model._base_manager.filter(pk=record.pk)
        for inline in self.get_inline_instances(request, record):
            if isinstance(inline, RegisterInline):
                yield inline.model._base_manager.filter(**{inline.fk_name: record.pk})

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        """Add the digest of the shown records; a form with errors keeps its first digest."""
        if obj and request.method == "POST":
            context["seen"] = request.POST.get("seen", "")
        elif obj and change and self.has_change_permission(request, obj):
            shown = [
                row for rows in self.records_on_page(request, obj) for row in rows.order_by("pk")
            ]
            context["seen"] = digest_of_records(shown) if shown else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        save_record(obj, actor=person(request))

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        delete_record(obj, actor=person(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        # All or nothing, and all rows locked before the first audit entry.
        with transaction.atomic():
            for record in lock_in_order(self.model._base_manager.filter(pk__in=queryset)):
                delete_record(record, actor=person(request))

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseModelFormSet, change: bool
    ) -> None:
        for record in formset.save(commit=False):
            save_record(record, actor=person(request))
        for record in formset.deleted_objects:
            delete_record(record, actor=person(request))

    # The audit log replaces Django's LogEntry. Nothing uses the return values.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Log nothing."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Log nothing."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Log nothing."""


class RegisterInline(RoleRightsMixin, CleanedTextMixin, admin.TabularInline):
    """A tabular inline, related to its parent by ``fk_name``."""

    extra = 0
    # Limits the number of fields, for DATA_UPLOAD_MAX_NUMBER_FIELDS.
    max_num = 100
    fk_name: str


class AddOnlyMixin:
    """Records that can be added in the admin, but neither changed nor deleted there."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyMixin(AddOnlyMixin):
    """Records that can be viewed but not edited in the admin."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
