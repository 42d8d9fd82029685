"""Pages of the admin as a browser sends them back: every field as it was shown."""

from django.http import HttpResponse


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
