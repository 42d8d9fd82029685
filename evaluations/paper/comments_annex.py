"""The annex: comments and suggestions on a sheet as a PDF."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone

from accounts.roles import Roles
from evaluations.access.comments import audiences_of
from evaluations.enums import CommentAudience
from evaluations.models import Sheet, Suggestion
from evaluations.queries.comments import PlacedThread, reviews_of
from evaluations.queries.content import texts_of
from evaluations.queries.suggestions import suggestions_visible_to
from printing import printer
from texts.edits import Edit, edits_between, lead_of

STYLES = ("print:sheet.css", "print:page.css", "print:annex.css")
# Characters shown before a change, to locate it.
LEAD = 12


@dataclass(frozen=True)
class AnnexSuggestion:
    """A suggestion with its edits, each with the words before it."""

    suggestion: Suggestion
    changes: tuple[tuple[str, Edit], ...]


@dataclass(frozen=True)
class AnnexItem:
    """The comments and suggestions on one item, under its printed name."""

    name: str
    threads: tuple[PlacedThread, ...]
    suggestions: tuple[AnnexSuggestion, ...]


@dataclass(frozen=True)
class Annex:
    """The comments and suggestions on a sheet that one person may see."""

    title: str
    contribution: str
    division: str
    made_at: str
    is_for_reviewers: bool
    items: tuple[AnnexItem, ...]


def annex_of(sheet: Sheet, roles: Roles) -> Annex:
    """Return the annex of ``sheet`` for a person with ``roles``. Seven queries at most."""
    definition = sheet.edition.definition
    texts = texts_of([sheet.pk])[sheet.pk]
    reviews = reviews_of(roles, sheet, texts)
    suggestions: dict[str, list[AnnexSuggestion]] = {}
    for each in suggestions_visible_to(roles, sheet):
        changes = tuple(
            (lead_of(each.base_text, change, LEAD), change)
            for change in edits_between(each.base_text, each.text)
        )
        suggestions.setdefault(each.key, []).append(AnnexSuggestion(each, changes))
    items = [
        AnnexItem(
            definition.name_of(item.key),
            (*reviews[item.key].unsettled, *reviews[item.key].settled)
            if item.key in reviews
            else (),
            tuple(suggestions.get(item.key, ())),
        )
        for item in definition.items
        if item.key in reviews or item.key in suggestions
    ]
    return Annex(
        title=f"{definition.title}　コメントと修正案",
        contribution=sheet.name,
        division=sheet.division_name,
        made_at=f"{timezone.localtime():%Y年%-m月%-d日 %H:%M}現在",
        is_for_reviewers=CommentAudience.REVIEWERS in audiences_of(roles, sheet),
        items=tuple(items),
    )


def annex_html(annex: Annex) -> str:
    """Return the annex as a whole HTML page, which is what the PDF is made of."""
    return str(render_to_string("evaluations/paper/annex.html", {"annex": annex}))


def annex_pdf(annex: Annex) -> bytes:
    """Return the annex as a PDF in the look of the sheet."""
    return printer.render_page(annex_html(annex), created=timezone.now(), styles=STYLES)
