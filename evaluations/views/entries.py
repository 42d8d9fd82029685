"""Pages on which a sheet is written: one for each section, with a form for each entry."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from accounts.roles import Roles
from core.form_pages import add_refusal, status_of
from core.refusals import Refusal
from editions.definition import Definition, Item, Section, applicable_items
from evaluations.access.grades import shown_to
from evaluations.access.rules import can_edit
from evaluations.access.visibility import takes_part
from evaluations.checks import Level, findings_in
from evaluations.content import SheetContent
from evaluations.domain.entries import LIMITS_IN_WORDS, save_entry
from evaluations.enums import State
from evaluations.forms import EntryForm
from evaluations.models import Sheet
from evaluations.paper.build import build
from evaluations.queries.checked_sheets import checked_sheet_beside
from evaluations.queries.comments import counts_for
from evaluations.queries.content import Written, content_of, written_in
from evaluations.queries.improvement import open_points
from evaluations.queries.last_year import EarlierSheet, earlier_sheet
from evaluations.queries.prefetch import fetch_register
from evaluations.queries.progress import progress_of
from evaluations.queries.references import links_of
from evaluations.refusals import EntryConflict
from evaluations.views.comment_boxes import with_boxes
from evaluations.views.common import steps_of, visible_sheet
from texts.comparison import compare, unseen_differences
from texts.notation import count_characters, normalize


@require_safe
@never_cache
def sheet_section(request: PersonRequest, pk: int, section_key: str) -> HttpResponse:
    """Show one section: a form for each entry, and its figures with links to edit them."""
    sheet = visible_sheet(request, pk)
    section = sheet.edition.definition.section(section_key)
    if section is None:
        raise Http404
    context = with_boxes(request.user.acting, sheet, section_context(request, sheet, section))
    return render(request, "evaluations/entries/section.html", context)


@require_POST
def entry_save(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """Save one entry: redirect, 409 with both texts, or 422 or 403 with the reason.

    Each page in response contains the submitted text. Pages also save by themselves, with
    ``entry_autosave``; this view works without JavaScript.
    """
    sheet = visible_sheet(request, pk)
    section, item = text_item_or_404(sheet, key)
    label = label_of(section, item)
    form = EntryForm(request.POST, item=item, label=label)
    if form.is_valid():
        text, version = form.cleaned_data["text"], form.cleaned_data["version"]
        try:
            save_entry(sheet, key, text, version=version, actor=request.user)
        except EntryConflict as conflict:
            context = conflict_context(sheet, section, item, text, conflict)
            # The next save from that page is compared with what is stored now.
            current = {"text": text, "version": conflict.current.version}
            context["form"] = EntryForm(initial=current, item=item, label="あなたの文章")
            template = "evaluations/entries/conflict_page.html"
            return render(request, template, context, status=conflict.status)
        except Refusal as refusal:
            add_refusal(form, refusal, "text")
        else:
            messages.success(request, f"「{label}」を保存しました。")
            return redirect(f"{reverse('sheet_section', args=[pk, section.key])}#entry-{key}")
    context = with_boxes(request.user.acting, sheet, section_context(request, sheet, section))
    for place in context["places"]:
        if place["item"] == item:
            place["form"] = form
    return render(request, "evaluations/entries/section.html", context, status=status_of(form))


def text_item_or_404(sheet: Sheet, key: str) -> tuple[Section, Item]:
    """Return the section and the text item ``key`` of the sheet's form, or raise 404."""
    definition = sheet.edition.definition
    item = definition.item(key)
    if item is None or not item.is_text:
        raise Http404
    return definition.section_of(key), item


def label_of(section: Section, item: Item) -> str:
    """Return the label of an entry: the name of the item, or of its section."""
    return item.name or section.name


def section_context(request: PersonRequest, sheet: Sheet, section: Section) -> dict[str, Any]:
    """Return the template context of the section's page."""
    definition = sheet.edition.definition
    entries = written_in(sheet)
    fetch_register(sheet)
    texts = {key: entry.text for key, entry in entries.items()}
    content = shown_to(request.user.roles, sheet, content_of(sheet, texts))
    earlier = earlier_sheet(sheet)
    decision = can_edit(request.user.acting, sheet)
    place = definition.sections.index(section)
    document = build(content, replace(definition, sections=(section,)))
    printed = {cell.key: cell for cell in document.first_row} | {
        part.key: part for row in document.rows for part in row.parts
    }
    panels = panel_context(request, sheet, section, content, earlier)
    shown = earlier if earlier and _may_read(request.user.roles, sheet, earlier.sheet) else None
    return panels | {
        "can_edit": decision,
        "returned": sheet.transitions.select_related("actor").first()
        if sheet.state == State.RETURNED and panels["is_inside"]
        else None,
        "limits": LIMITS_IN_WORDS,
        "places": [
            _place(section, item, printed.get(item.key), entries.get(item.key), decision.allowed)
            | {
                "last_year": _last_year(item, entries.get(item.key), shown),
                "beside": _beside(item, definition, shown),
                "open_points": [each for each in panels["open_points"] if each.item == item.key],
            }
            for item in applicable_items(section, content.facts)
        ],
        "previous": definition.sections[place - 1] if place else None,
        "next": definition.sections[place + 1] if place + 1 < len(definition.sections) else None,
    }


def panel_context(
    request: PersonRequest,
    sheet: Sheet,
    section: Section,
    content: SheetContent,
    earlier: EarlierSheet | None,
) -> dict[str, Any]:
    """Return the context of the panels around the entries, which depend on the whole sheet."""
    is_inside = takes_part(request.user.roles, sheet)
    points = open_points(sheet) if earlier else []
    view = checked_sheet_beside(sheet, content, earlier, points)
    findings = findings_in(view)
    warned = is_inside and any(finding.level == Level.WARNING for finding in findings)
    progress = progress_of(
        content,
        sheet.edition.definition,
        findings,
        answered=sheet.finding_answers.values_list("finding", flat=True) if warned else (),
        waiting=counts_for(request.user.roles, sheet).items,
    )
    here = next(each for each in progress if each.section == section)
    keys = {item.key for item in applicable_items(section, content.facts)}
    return {
        "sheet": sheet,
        "section": section,
        "steps": steps_of(sheet, progress, section.key),
        "is_inside": is_inside,
        "findings": here.findings,
        "open_points": points if is_inside else [],
        "links": [link for link in links_of(view, request.user.roles) if link.item in keys],
    }


def _place(
    section: Section, item: Item, printed: Any, entry: Written | None, editable: bool
) -> dict[str, Any]:
    """Return the context of one item: an entry with its form, or a printed value."""
    return {
        "item": item,
        "label": label_of(section, item),
        "printed": printed,
        "entry": entry,
        "form": _form_of(section, item, entry) if entry and editable else None,
        "characters": count_characters(entry.text) if entry else 0,
    }


def _may_read(roles: Roles, sheet: Sheet, earlier: Sheet) -> bool:
    """Whether last year's text is shown: to people who take part, if it is final or theirs too."""
    return takes_part(roles, sheet) and (earlier.is_final or takes_part(roles, earlier))


def _last_year(
    item: Item, entry: Written | None, earlier: EarlierSheet | None
) -> dict[str, Any] | None:
    """Return the text of the year before, or None if there was none."""
    text = earlier.content.texts.get(item.key, "") if earlier else ""
    if not earlier or not text:
        return None
    return {
        "year_label": earlier.year_label,
        "text": text,
        "lines": [line for line in text.split("\n") if line],
        "unchanged": entry is not None and entry.text == text,
    }


def _beside(
    item: Item, definition: Definition, earlier: EarlierSheet | None
) -> dict[str, Any] | None:
    """Return last year's ACT, for display beside this year's PLAN, which follows from it."""
    act = definition.pdca_item("ACT")
    text = earlier.content.texts.get(act.key, "") if earlier and act else ""
    if not earlier or not act or not text or item != definition.pdca_item("PLAN"):
        return None
    return {"title": f"{earlier.year_label}の{act.name}", "text": text}


def _form_of(section: Section, item: Item, entry: Written) -> EntryForm:
    return EntryForm(
        initial={"text": entry.text, "version": entry.version},
        item=item,
        label=label_of(section, item),
    )


def conflict_context(
    sheet: Sheet, section: Section, item: Item, text: str, conflict: EntryConflict
) -> dict[str, Any]:
    """Return the context for both texts of an entry and the differences between them."""
    pieces = compare(conflict.current.text, normalize(text))
    return {
        "sheet": sheet,
        "section": section,
        "item": item,
        "label": label_of(section, item),
        "current": conflict.current,
        "message": conflict.message,
        "pieces": pieces,
        "unseen": unseen_differences(pieces),
    }
