"""代行を頼む: a person lends their role for a period, and calls it off."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.deputies import appoint_deputy, end_deputyship
from accounts.forms import DeputyForm, lendable_by
from accounts.models import Deputyship
from accounts.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def deputies(request: PersonRequest) -> HttpResponse:
    """Show who acts for the person and for whom the person acts; take a new deputy."""
    form = DeputyForm(request.POST or None, person=request.user)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                appoint_deputy(form.instance, actor=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, f"{form.instance.deputy}さんに代行を頼みました。")
                return redirect("deputies")
    known = Deputyship.objects.select_related("deputy", "membership__user", "membership__division")
    context = {
        "form": form,
        "can_ask": lendable_by(request.user).exists(),
        "asked": known.filter(membership__user=request.user),
        "taken_on": known.filter(deputy=request.user),
    }
    return render(request, "accounts/deputies.html", context, status=status)


@require_POST
def deputy_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Call off a deputy of one's own; somebody else's is a 404."""
    deputyship = get_object_or_404(Deputyship, pk=pk, membership__user=request.user)
    end_deputyship(deputyship, actor=request.user)
    messages.success(request, f"{deputyship.deputy}さんの代行を取りやめました。")
    return redirect("deputies")
