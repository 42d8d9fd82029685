"""Autosave: entries are saved by a script while the person writes, with JSON responses."""

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import PersonRequest
from core.refusals import Refusal
from editions.definition import Section
from evaluations.domain.entries import save_entry
from evaluations.forms import AutosaveForm
from evaluations.models import Entry, Sheet
from evaluations.queries.content import content_of
from evaluations.queries.last_year import earlier_sheet
from evaluations.queries.prefetch import fetch_register
from evaluations.refusals import EntryConflict
from evaluations.views.common import visible_sheet
from evaluations.views.entries import conflict_context, label_of, panel_context, text_item_or_404
from texts.notation import count_characters


@require_POST
def entry_autosave(request: PersonRequest, pk: int, key: str) -> JsonResponse:
    """Save one entry: 200 with updated panels, 409 with both texts, 403 or 422 with the reason.

    The text stays in the form on the page, so only 409 contains it.
    """
    sheet = visible_sheet(request, pk)
    section, item = text_item_or_404(sheet, key)
    form = AutosaveForm(request.POST, item=item, label=label_of(section, item))
    if not form.is_valid():
        return _refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    if form.cleaned_data["person"] != request.user.pk:
        return other_person_signed_in(request.user)
    try:
        entry = _save(sheet, key, form, request.user)
    except EntryConflict as conflict:
        context = conflict_context(sheet, section, item, form.cleaned_data["text"], conflict)
        answer = {
            "version": conflict.current.version,
            "text": conflict.current.text,
            "message": conflict.message,
            "html": render_to_string("evaluations/entries/conflict.html", context, request),
        }
        return JsonResponse(answer, status=conflict.status)
    except Refusal as refusal:
        return _refused(refusal.message, refusal.status)
    return JsonResponse(_saved(request, sheet, section, entry))


def _save(sheet: Sheet, key: str, form: AutosaveForm, actor: User) -> Entry:
    """Save the text, also over an earlier save of this page whose response never arrived."""
    text, version = form.cleaned_data["text"], form.cleaned_data["version"]
    try:
        return save_entry(sheet, key, text, version=version, actor=actor)
    except EntryConflict as conflict:
        current = conflict.current
        if current.updated_by != actor or current.text not in form.unanswered:
            raise
        return save_entry(sheet, key, text, version=current.version, actor=actor)


def _saved(
    request: PersonRequest, sheet: Sheet, section: Section, entry: Entry
) -> dict[str, object]:
    """Return the entry's new version, and the panels that depend on it."""
    fetch_register(sheet)
    content, earlier = content_of(sheet), earlier_sheet(sheet)
    panels = panel_context(request, sheet, section, content, earlier)
    steps = {"title": "シートの構成", "steps": panels["steps"]}
    panel = {name: panels[name] for name in ("sheet", "findings", "links")}
    return {
        "version": entry.version,
        "saved_at": f"{timezone.localtime():%H:%M}",
        "characters": count_characters(entry.text),
        "findings": render_to_string("evaluations/finding_answers/section_findings.html", panel),
        "steps": render_to_string("components/step_nav.html", steps),
    }


def _refused(message: str, status: int = 422) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


def other_person_signed_in(now: User) -> JsonResponse:
    """Return 403 for the text of a page that another person opened in this browser."""
    message = (
        f"今は{now}さんとしてログインしているため、この画面の文章は保存していません。"
        "この画面を開いた人がログインし直すと、保存します。"
    )
    return JsonResponse({"code": "another_person", "message": message}, status=403)
