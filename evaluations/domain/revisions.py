"""Revisions: a snapshot of all content of a sheet, including derived values."""

from django.db.models import Max

from accounts.models import User
from core.canonical_json import hashes_of, sha256_of
from editions.enums import ItemKind
from evaluations.content import SheetContent, to_json
from evaluations.models import Revision, Sheet
from evaluations.queries.content import content_now


def next_revision(
    sheet: Sheet, content: SheetContent | None = None, *, occasion: str, actor: User
) -> Revision:
    """Return the next revision of ``sheet``, unsaved and dated now.

    It holds ``content`` if given, so that what was examined is stored; else the current content.
    """
    definition = sheet.edition.definition
    stored = to_json(content or content_now(sheet), definition)
    grade = definition.item_of_kind(ItemKind.GRADE)
    grade_key = grade.key if grade else ""
    last = sheet.revisions.aggregate(last=Max("number"))["last"] or 0
    return Revision(
        sheet=sheet,
        number=last + 1,
        occasion=occasion,
        content=stored,
        sha256=sha256_of(stored),
        # Who counts the changes may not see that the grade changed.
        item_hashes={k: v for k, v in hashes_of(stored["items"]).items() if k != grade_key},
        created_by=actor,
    )


def freeze(
    sheet: Sheet, content: SheetContent | None = None, *, occasion: str, actor: User
) -> Revision:
    """Store and return the ``next_revision``. Call it inside a transaction."""
    revision = next_revision(sheet, content, occasion=occasion, actor=actor)
    revision.save(force_insert=True)
    return revision
