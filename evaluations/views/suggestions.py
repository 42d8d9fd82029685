"""Suggested wordings: a page to make one, and a page to compare and decide it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from core.form_pages import add_refusal, posted, status_of
from core.refusals import Refusal, Stale
from evaluations.access.comments import can_comment, can_take_back
from evaluations.access.rules import can_edit
from evaluations.domain.suggestions import Offer, offer_of, reject, suggest, take_in, withdraw
from evaluations.forms.comments import DecisionForm, SuggestionForm
from evaluations.models import Entry, Sheet, Suggestion
from evaluations.queries.content import entries_of
from evaluations.queries.suggestions import suggestions_visible_to
from evaluations.refusals import EntryConflict
from evaluations.views.comments import reviewed_sheet
from evaluations.views.entries import label_of, text_item_or_404
from texts.comparison import compare, unseen, unseen_differences
from texts.edits import Edit, lead_of

# Characters of text shown on both sides of a change.
AROUND = 20
WRITTEN_ON_OLD_TEXT = (
    "画面を開いた後に、この項目の文章が変わりました。下の今の文章を確かめて、"
    "もう一度提示してください。記入した修正案は残っています。"
)
DECIDED_ON_OLD_TEXT = (
    "画面を開いた後に、この項目の文章が変わりました。今の文章と比べ直しています。"
    "確かめて、もう一度選んでください。"
)


@dataclass(frozen=True)
class ShownChange:
    """A change with the text before and after it, and with visible line ends.

    ``unseen`` names invisible differences in words.
    """

    number: int
    lead: str
    before: str
    after: str
    tail: str
    is_taken: bool
    unseen: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def suggestion_new(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """Show the text of an entry in a form, and store the changed text as a suggestion."""
    sheet = reviewed_sheet(request, pk)
    section, item = text_item_or_404(sheet, key)
    can_comment(request.user.acting, sheet).require()
    entry = entries_of(sheet)[key]
    initial = {"text": entry.text, "version": entry.version}
    form = SuggestionForm(posted(request), initial=initial)
    if form.is_valid():
        try:
            suggestion = suggest(sheet, key, **form.cleaned_data, actor=request.user)
        except EntryConflict as conflict:
            entry = conflict.current
            form = SuggestionForm(_posted_with_version(request, entry))
            add_refusal(form, Stale(WRITTEN_ON_OLD_TEXT), "text")
        except Refusal as refusal:
            add_refusal(form, refusal, "text")
        else:
            messages.success(request, "修正案を示しました。担当課室と審査担当に見えます。")
            return redirect("suggestion_decide", pk=pk, suggestion_pk=suggestion.pk)
    context = {
        "sheet": sheet,
        "section": section,
        "label": label_of(section, item),
        "item": item,
        "entry": entry,
        "form": form,
    }
    return render(request, "evaluations/suggestions/new.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def suggestion_decide(request: PersonRequest, pk: int, suggestion_pk: int) -> HttpResponse:
    """Show a suggestion beside the current text, and decide on it."""
    sheet = reviewed_sheet(request, pk)
    suggestion = _suggestion_or_404(request, sheet, suggestion_pk)
    entry = entries_of(sheet)[suggestion.key]
    offer = offer_of(suggestion, entry.text)
    decision = can_edit(request.user.acting, sheet)
    form = DecisionForm(
        posted(request), changes=len(offer.changes), initial={"version": entry.version}
    )
    if request.method == "POST":
        decision.require()
    if form.is_valid():
        try:
            _decide(request, sheet, suggestion, form, offer)
        except EntryConflict as conflict:
            entry = conflict.current
            offer = offer_of(suggestion, entry.text)
            form = DecisionForm(_posted_with_version(request, entry), changes=len(offer.changes))
            add_refusal(form, Stale(DECIDED_ON_OLD_TEXT))
        except Refusal as refusal:
            add_refusal(form, refusal)
            suggestion = _suggestion_or_404(request, sheet, suggestion_pk)
        else:
            section = sheet.edition.definition.section_of(suggestion.key)
            url = reverse("sheet_section", args=[pk, section.key])
            return redirect(f"{url}#entry-{suggestion.key}")
    context = {
        "sheet": sheet,
        "suggestion": suggestion,
        "name": sheet.edition.definition.name_of(suggestion.key),
        "section": sheet.edition.definition.section_of(suggestion.key),
        "offer": offer,
        "form": form,
        "may_decide": decision.allowed and suggestion.outcome is None,
        "may_withdraw": can_take_back(request.user.acting, suggestion).allowed,
        **_comparison(suggestion, offer, form.numbers),
    }
    return render(request, "evaluations/suggestions/decide.html", context, status=status_of(form))


@require_POST
def suggestion_withdraw(request: PersonRequest, pk: int, suggestion_pk: int) -> HttpResponse:
    """Withdraw one's own suggestion."""
    sheet = reviewed_sheet(request, pk)
    _suggestion_or_404(request, sheet, suggestion_pk)
    withdraw(sheet, suggestion_pk, actor=request.user)
    messages.success(request, "修正案を取り下げました。")
    return redirect("suggestion_decide", pk=pk, suggestion_pk=suggestion_pk)


def _suggestion_or_404(request: PersonRequest, sheet: Sheet, pk: int) -> Suggestion:
    found = suggestions_visible_to(request.user.roles, sheet).filter(pk=pk).first()
    if found is None:
        raise Http404
    found.sheet = sheet
    return found


def _posted_with_version(request: PersonRequest, entry: Entry) -> QueryDict:
    """Return the submitted data with the version of ``entry``, to submit them again on it."""
    sent = request.POST.copy()
    sent["version"] = str(entry.version)
    return sent


def _decide(
    request: PersonRequest,
    sheet: Sheet,
    suggestion: Suggestion,
    form: DecisionForm,
    offer: Offer,
) -> None:
    sent = form.cleaned_data
    if sent["decision"] == "reject":
        reject(sheet, suggestion.pk, note=sent["note"], actor=request.user)
        messages.success(request, "修正案を採り入れないことにしました。")
        return
    taken = offer.numbers if sent["decision"] == "take_all" else sent["taken"]
    decided = take_in(
        sheet,
        suggestion.pk,
        taken,
        note=sent["note"],
        version=sent["version"],
        actor=request.user,
    )
    messages.success(
        request, f"修正案の{decided.offered}か所のうち{decided.taken}か所を採り入れました。"
    )


def _comparison(suggestion: Suggestion, offer: Offer, ticked: set[int]) -> dict[str, object]:
    """Compare a decided suggestion with its base text, an open one with the current text."""
    if suggestion.outcome:
        base, changes = suggestion.base_text, offer.changes
        pieces = compare(base, suggestion.text)
        return {
            "pieces": pieces,
            "unseen": unseen_differences(pieces),
            "changes": [_shown(base, change, ticked) for change in changes],
            "unfitting": [],
        }
    pieces = compare(offer.text, offer.with_changes(offer.numbers))
    return {
        "pieces": pieces,
        "unseen": unseen_differences(pieces),
        "changes": [_shown(offer.text, change, ticked) for change in offer.fitting],
        "unfitting": [
            _shown(suggestion.base_text, change, ticked)
            for change in offer.changes
            if change.number not in offer.numbers
        ],
    }


def _shown(text: str, change: Edit, ticked: set[int]) -> ShownChange:
    return ShownChange(
        change.number,
        lead_of(text, change, AROUND),
        change.before.replace("\n", "↵\n"),
        change.after.replace("\n", "↵\n"),
        text[change.end : change.end + AROUND].split("\n", 1)[0],
        change.number in ticked,
        tuple(unseen(change.before, change.after)),
    )
