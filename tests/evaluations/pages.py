"""The admin as its people have it: what they may do there, and pages as browsers send them back."""

from django.contrib.admin import ModelAdmin, site
from django.db.models import Model
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import User


def rights(model_admin: ModelAdmin, person: User) -> str:
    """Return what ``person`` may do: v(iew), c (add or change), d(elete); - is nothing at all."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=person.pk)
    if not site.has_permission(request):
        return "-"
    changes = model_admin.has_add_permission(request), model_admin.has_change_permission(request)
    allowed = (
        ("v", model_admin.has_view_permission(request)),
        ("c", any(changes)),
        ("d", model_admin.has_delete_permission(request)),
    )
    return "".join(letter for letter, is_allowed in allowed if is_allowed) or "-"


def change_url(record: Model) -> str:
    """Return the address of the page on which ``record`` is changed."""
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def filled_in(page: HttpResponse) -> dict[str, str]:
    """Return what the form on a change ``page`` would send if nobody touched it."""
    shown = page.context["adminform"].form
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [shown, *(form for formset in formsets for form in formset)]
    forms += [formset.management_form for formset in formsets]
    sent = {
        bound.html_name: bound.value()
        for form in forms
        for bound in form
        if bound.value() is not None and not bound.field.disabled
    }
    return {name: value for name, value in sent.items() if value is not False} | {
        "seen": page.context["seen"]
    }
