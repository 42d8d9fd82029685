"""What every page of the admin has in common: rights by role, and every change on record."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Field, Model, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse

from accounts.domain.register import delete_record, save_record
from accounts.print_fonts import validate_printable
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
    """Records edited on the page of another."""

    extra = 0


class ReadOnlyMixin:
    """Records that are shown and never edited here."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
