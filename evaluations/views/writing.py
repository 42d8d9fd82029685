"""Writing a sheet: one section after the other, one entry at a time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from evaluations.checks import findings_in
from evaluations.domain.entries import save_entry
from evaluations.editions.definition import Item, Section, applicable_items
from evaluations.forms import EntryForm
from evaluations.models import Entry, Sheet
from evaluations.permissions import can_edit
from evaluations.printing.build import build
from evaluations.queries import content_of
from evaluations.queries.content import entries_of
from evaluations.queries.earlier import EarlierSheet, earlier_sheet
from evaluations.queries.progress import progress_of
from evaluations.queries.view import view_of
from evaluations.refusals import EntryConflict, Refusal
from evaluations.text import count_characters
from evaluations.views.common import steps_of, visible_sheet


@require_safe
def sheet_section(request: PersonRequest, pk: int, section_key: str) -> HttpResponse:
    """Show one section: its entries to write in, its figures with the way to change them."""
    sheet = visible_sheet(request, pk)
    section = sheet.edition.definition.section(section_key)
    if section is None:
        raise Http404
    return render(
        request, "evaluations/sheet_section.html", section_context(request, sheet, section)
    )


@require_POST
def entry_save(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """Save one entry: 200 (or a redirect), 409 with both texts, 422 or 403 with the reason.

    Whatever the answer, it holds the text that was sent.
    """
    sheet = visible_sheet(request, pk)
    definition = sheet.edition.definition
    item = definition.item(key)
    if item is None or not item.is_text:
        raise Http404
    section = definition.section_of(key)
    form = EntryForm(request.POST, item=item, label=label_of(section, item))
    if not form.is_valid():
        return _entry_answer(request, sheet, section, item, form, status=422)
    try:
        entry = save_entry(
            sheet,
            key,
            form.cleaned_data["text"],
            version=form.cleaned_data["version"],
            actor=request.user,
        )
    except EntryConflict as conflict:
        return _conflict_answer(request, sheet, section, item, form, conflict)
    except Refusal as refusal:
        form.add_error("text", refusal.message)
        # A fragment is shown with 422 alone; whole pages carry the refusal's own status.
        status = 422 if request.htmx else refusal.status
        return _entry_answer(request, sheet, section, item, form, status=status)
    if not request.htmx:
        messages.success(request, f"「{label_of(section, item)}」を保存しました。")
        return redirect(f"{reverse('sheet_section', args=[pk, section.key])}#entry-{key}")
    return _entry_answer(request, sheet, section, item, _form_of(section, item, entry))


def label_of(section: Section, item: Item) -> str:
    """Return the label of an entry's box: the item's own, or its section's."""
    return item.name or section.name


def section_context(request: PersonRequest, sheet: Sheet, section: Section) -> dict[str, Any]:
    """Return what the page of ``section`` shows."""
    definition = sheet.edition.definition
    entries = entries_of(sheet)
    content = content_of(sheet, entries)
    earlier = earlier_sheet(sheet)
    findings = findings_in(view_of(sheet, content, earlier))
    progress = progress_of(content, definition, findings)
    decision = can_edit(request.user, request.user.roles, sheet)
    place = definition.sections.index(section)
    document = build(content, definition)
    printed = {cell.key: cell for cell in document.first_row} | {
        part.key: part for row in document.rows for part in row.parts
    }
    return {
        "sheet": sheet,
        "section": section,
        "progress": progress,
        "steps": steps_of(sheet, progress, section.key),
        "findings": progress[place].findings,
        "can_edit": decision,
        "places": [
            _place(section, item, printed.get(item.key), entries.get(item.key), decision.allowed)
            | {"last_year": _last_year(item, entries.get(item.key), earlier)}
            for item in applicable_items(section, content.facts)
        ],
        "previous": definition.sections[place - 1] if place else None,
        "next": definition.sections[place + 1] if place + 1 < len(definition.sections) else None,
    }


def _place(
    section: Section, item: Item, printed: Any, entry: Entry | None, editable: bool
) -> dict[str, Any]:
    """Return one place of the section: an entry with its form, or a printed value."""
    return {
        "item": item,
        "label": label_of(section, item),
        "printed": printed,
        "entry": entry,
        "form": _form_of(section, item, entry) if entry and editable else None,
        "characters": count_characters(entry.text) if entry else 0,
        "saved_now": False,
    }


def _last_year(
    item: Item, entry: Entry | None, earlier: EarlierSheet | None
) -> dict[str, Any] | None:
    """Return what stood here in the year before, or None where nothing did."""
    text = earlier.content.texts.get(item.key, "") if earlier else ""
    if not earlier or not text:
        return None
    return {
        "year_label": earlier.year_label,
        "text": text,
        "lines": [line for line in text.split("\n") if line],
        "unchanged": entry is not None and entry.text == text,
    }


def _form_of(section: Section, item: Item, entry: Entry) -> EntryForm:
    return EntryForm(
        initial={"text": entry.text, "version": entry.version},
        item=item,
        label=label_of(section, item),
    )


def _entry_answer(
    request: PersonRequest,
    sheet: Sheet,
    section: Section,
    item: Item,
    form: EntryForm,
    status: int = 200,
) -> HttpResponse:
    """Answer with the entry's box alone (htmx), or with its whole page."""
    context = section_context(request, sheet, section)
    for place in context["places"]:
        if place["item"] == item:
            place["form"] = form
            place["saved_now"] = timezone.localtime() if status == 200 else False
            context["place"] = place
    template = "evaluations/entry_saved.html" if request.htmx else "evaluations/sheet_section.html"
    return render(request, template, context, status=status)


def _conflict_answer(
    request: PersonRequest,
    sheet: Sheet,
    section: Section,
    item: Item,
    form: EntryForm,
    conflict: EntryConflict,
) -> HttpResponse:
    """Answer 409 with both texts; saving again from there is saving on what is stored now."""
    mine = EntryForm(
        initial={"text": form.cleaned_data["text"], "version": conflict.current.version},
        item=item,
        label="あなたの文章",
    )
    context = {
        "sheet": sheet,
        "section": section,
        "item": item,
        "label": label_of(section, item),
        "current": conflict.current,
        "form": mine,
        "message": conflict.message,
    }
    template = "entry_conflict.html" if request.htmx else "entry_conflict_page.html"
    return render(request, f"evaluations/{template}", context, status=conflict.status)
