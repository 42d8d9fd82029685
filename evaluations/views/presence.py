"""Presence: the heartbeat of pages on which people write."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from core.refusals import NotAllowed
from evaluations.domain.presence import be_present
from evaluations.forms import PresenceForm
from evaluations.queries.presence import others_in
from evaluations.views.common import visible_sheet
from evaluations.views.entry_autosave import other_person_signed_in


@require_POST
def presence(request: PersonRequest, pk: int) -> JsonResponse:
    """Record the entry in which the person writes, and return who else writes in which."""
    sheet = visible_sheet(request, pk)
    form = PresenceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": "画面を読み込み直してください。"}, status=422)
    if form.cleaned_data["person"] != request.user.pk:
        return other_person_signed_in(request.user)
    tab = form.cleaned_data["tab"]
    try:
        be_present(sheet, form.cleaned_data["key"], tab=tab, actor=request.user)
    except NotAllowed as refusal:
        return JsonResponse({"message": refusal.message}, status=refusal.status)
    return JsonResponse({"others": others_in(sheet, actor=request.user, tab=tab)})
