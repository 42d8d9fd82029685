"""Full-text search over the names and texts of sheets."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from evaluations.models import ENTRY_MODELS, Sheet
from texts.notation import searchable

MOST_WORDS = 20


def find_sheets(sheets: QuerySet[Sheet], words: str) -> QuerySet[Sheet]:
    """Return those of ``sheets`` in which every one of ``words`` occurs, in a name or a text.

    Words beyond ``MOST_WORDS`` are left out: a database takes only so many conditions.
    """
    for word in searchable(words).split()[:MOST_WORDS]:
        sheets = sheets.filter(_has(word))
    return sheets


def _has(word: str) -> Q:
    found = Q(search_text__contains=word)
    for model in ENTRY_MODELS.values():
        entries = model._default_manager.filter(sheet=OuterRef("pk"), search_text__contains=word)
        found |= Q(Exists(entries))
    return found
