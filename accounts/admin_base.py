"""What every page of the admin has in common: rights by role, and every change on record."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Field, Model, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse

from accounts.domain.register import (
    delete_record,
    lock_in_order,
    mark_of_records,
    save_record,
)
from accounts.print_fonts import validate_printable
from accounts.refusals import NotStored
from accounts.requests import person
from accounts.roles import Roles


def keeps_register(roles: Roles) -> bool:
    """Whether a person with ``roles`` changes the register: coordinators and administrators."""
    return roles.is_coordinator or roles.is_administrator


def administers(roles: Roles) -> bool:
    """Whether a person with ``roles`` manages accounts."""
    return roles.is_administrator


class RoleRightsMixin:
    """Who sees and who changes: by role, not by Django's permission rows."""

    def may_view(self, roles: Roles) -> bool:
        """Whether the records are shown."""
        return roles.may_use_admin

    def may_change(self, roles: Roles) -> bool:
        """Whether the records can be added, changed and deleted."""
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


class RegisterAdmin(RoleRightsMixin, admin.ModelAdmin):
    """A record of the register; saved and deleted by the verbs that keep the audit log."""

    # Names that stand on the printed sheet: their characters have to be in its fonts.
    printed_fields: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuse patterns in the address: a faulty one is an error, a nasty one takes for ever."""
        return not lookup.endswith("regex") and super().lookup_allowed(lookup, value, request)

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.printed_fields:
            field.validators.append(validate_printable)
        return field

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Answer 400 where what was chosen cannot be a record, which Django takes for granted."""
        for chosen in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                self.opts.pk.run_validators(self.opts.pk.to_python(chosen))
            except ValidationError as error:
                raise BadRequest("no primary key") from error
        return super().response_action(request, queryset)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Store what was changed on the page, if the page still shows what is stored.

        Whoever opened it before somebody else's change would take that back with it. What a verb
        refuses while it stores is told; nothing is stored then. Raises NotStored.
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
            # The forms check every rule: what they let pass was taken in the same moment.
            message = (
                "ほかの人が同時に登録した内容と重なるため、保存しませんでした。"
                "今の内容を確かめて、もう一度操作してください。"
            )
            raise NotStored([message]) from taken

    def _check_unchanged(self, request: HttpRequest, object_id: str | None) -> None:
        """Lock the record and those on its page; refuse a page that shows them otherwise."""
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is None or not self.has_change_permission(request, record):
            return
        held = [row for rows in self.on_page_of(request, record) for row in lock_in_order(rows)]
        seen = request.POST.get("seen")
        if seen and seen != mark_of_records(held):
            raise ValidationError(
                f"{self.opts.verbose_name}「{record}」は、画面を開いた後にほかの人が変更したため、"
                "保存しませんでした。今の内容を確かめて、もう一度変更してください。"
            )

    def on_page_of(self, request: HttpRequest, record: Model) -> Iterator[QuerySet[Model]]:
        """Yield what the page of ``record`` changes: itself, and the rows edited along with it."""
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
        """Let the page say what it shows; one that came back with a slip says what it said."""
        if obj and request.method == "POST":
            context["seen"] = request.POST.get("seen", "")
        elif obj and change and self.has_change_permission(request, obj):
            shown = [row for rows in self.on_page_of(request, obj) for row in rows.order_by("pk")]
            context["seen"] = mark_of_records(shown) if shown else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        save_record(obj, actor=person(request))

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        delete_record(obj, actor=person(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for record in queryset:
            delete_record(record, actor=person(request))

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseModelFormSet, change: bool
    ) -> None:
        for record in formset.save(commit=False):
            save_record(record, actor=person(request))
        for record in formset.deleted_objects:
            delete_record(record, actor=person(request))

    # Django's own log stays empty, and nothing reads what these return: the audit log holds
    # more, and cannot be altered.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Log nothing."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Log nothing."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Log nothing."""


class RegisterInline(RoleRightsMixin, admin.TabularInline):
    """Records edited on the page of another, to which their ``fk_name`` leads."""

    extra = 0
    fk_name: str


class ReadOnlyMixin:
    """Records that are shown and never edited here."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
