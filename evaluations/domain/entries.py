"""Saving the texts of a sheet, one entry at a time, with optimistic locking."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import trail
from core.refusals import Invalid
from editions.enums import ItemKind
from evaluations.domain.sheet_lock import lock_to_edit
from evaluations.models import ENTRY_MODELS, Authorship, Entry, Sheet
from evaluations.queries.content import entries_of, texts_of
from evaluations.refusals import EntryConflict
from texts.notation import normalize, searchable

# A sheet of this size renders in about a second. Real sheets are much shorter.
MAX_CHARACTERS_PER_SHEET = 60_000
MAX_CHARACTERS_PER_PARAGRAPH = 5_000
MAX_PARAGRAPHS_PER_SHEET = 400
LIMITS_IN_WORDS = (
    f"一つの段落は{MAX_CHARACTERS_PER_PARAGRAPH:,}字、シート全体は{MAX_CHARACTERS_PER_SHEET:,}字・"
    f"{MAX_PARAGRAPHS_PER_SHEET}段落まで"
)


def create_entries(sheet: Sheet, texts: dict[str, str]) -> None:
    """Create the entries of a new ``sheet``, with initial ``texts`` by item key."""
    items = sheet.edition.definition.text_items
    known = {item.key: normalize(texts.get(item.key, "")) for item in items}
    for kind, model in ENTRY_MODELS.items():
        model._default_manager.bulk_create(
            model(
                sheet=sheet,
                key=item.key,
                text=known[item.key],
                search_text=searchable(known[item.key]),
            )
            for item in items
            if item.kind == kind
        )
    store_names(sheet)


def save_entry(sheet: Sheet, key: str, text: str, *, version: int, actor: User) -> Entry:
    """Store ``text`` as the entry ``key`` of ``sheet`` and return the stored entry.

    ``version`` is the version of the entry that the person edited. Idempotent: an unchanged text
    adds neither a version nor an audit entry. Raises NotAllowed if the sheet cannot be edited,
    Invalid if the text exceeds the limits, and EntryConflict if somebody has stored another text
    meanwhile.
    """
    text = normalize(text)
    with transaction.atomic():
        locked = lock_to_edit(sheet, actor)
        model = _model_of(locked, key)
        entry = model._default_manager.select_related("updated_by").get(sheet=locked, key=key)
        if entry.text == text:
            return entry
        if entry.version != version:
            raise EntryConflict(entry, actor)
        texts = texts_of([locked.pk])[locked.pk]
        check_limits(locked, texts, key, text)
        _store(locked, entry, text, actor)
        note_author(locked, actor)
    return entry


@transaction.atomic
def fill_entries(sheet: Sheet, texts: Mapping[str, str]) -> None:
    """Overwrite all entries of ``sheet`` with ``texts``, by item key. For management commands.

    Raises Invalid if a text exceeds the limits; then nothing is stored.
    """
    entries = entries_of(sheet)
    stored = {key: entry.text for key, entry in entries.items()}
    for key, entry in entries.items():
        text = normalize(texts.get(key, ""))
        if entry.text != text:
            check_limits(sheet, stored, key, text)
            _store(sheet, entry, text, None)
            stored[key] = text


def note_author(sheet: Sheet, actor: User) -> None:
    """Record ``actor`` as an author of ``sheet``, who therefore cannot approve it."""
    Authorship.objects.get_or_create(sheet=sheet, user=actor)


def store_names(sheet: Sheet) -> None:
    """Store the normalised names of ``sheet`` for search. The texts are stored by the entries."""
    contribution = sheet.contribution
    names = [contribution.name, str(contribution.organization), sheet.division.name]
    Sheet.objects.filter(pk=sheet.pk).update(search_text=searchable("\n".join(names)))


def _store(sheet: Sheet, entry: Entry, text: str, actor: User | None) -> None:
    before = _fingerprint(entry)
    entry.text, entry.search_text = text, searchable(text)
    entry.version += 1
    entry.updated_at = timezone.now()
    entry.updated_by = actor
    entry.save()
    trail.record("entry.save", sheet, actor=actor, before=before, after=_fingerprint(entry))


def _model_of(sheet: Sheet, key: str) -> type[Entry]:
    item = sheet.edition.definition.item(key)
    if item is None or not item.is_text:
        raise Invalid(f"この様式に「{key}」という記入欄はありません。画面を開き直してください。")
    return ENTRY_MODELS[ItemKind(item.kind)]


def check_limits(sheet: Sheet, texts: Mapping[str, str], key: str, text: str) -> None:
    """Raise Invalid if ``sheet`` exceeds the limits with ``text`` as the entry ``key``.

    ``texts`` are the stored texts of ``sheet``, by item key.
    """
    name = sheet.edition.definition.name_of(key)
    lines = text.split("\n")
    longest = max(map(len, lines))
    if longest > MAX_CHARACTERS_PER_PARAGRAPH:
        raise Invalid(
            f"{name}に{longest:,}字の段落があります。一つの段落は"
            f"{MAX_CHARACTERS_PER_PARAGRAPH:,}字までです。改行で段落を分けてください。"
        )
    others = [other for each, other in texts.items() if each != key]
    characters = sum(map(len, others)) + len(text)
    if characters > MAX_CHARACTERS_PER_SHEET:
        raise Invalid(
            f"{name}を保存すると、シート全体が{characters:,}字になります。"
            f"{MAX_CHARACTERS_PER_SHEET:,}字までにしてください。"
        )
    paragraphs = sum(other.count("\n") + 1 for other in others) + len(lines)
    if paragraphs > MAX_PARAGRAPHS_PER_SHEET:
        raise Invalid(
            f"{name}を保存すると、シート全体が{paragraphs}段落になります。"
            f"{MAX_PARAGRAPHS_PER_SHEET}段落までにしてください。"
        )


def _fingerprint(entry: Entry) -> dict[str, Any]:
    return {"key": entry.key, "version": entry.version, **trail.fingerprint_of(entry.text)}
