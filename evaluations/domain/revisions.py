"""Revisions: a snapshot of all content of a sheet, including derived values."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from accounts.models import User
from core.canonical_json import hashes_of, sha256_of
from editions.definition import Definition
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
    stored = to_json(content or content_now(sheet), sheet.edition.definition)
    last = sheet.revisions.aggregate(last=Max("number"))["last"] or 0
    return Revision(
        sheet=sheet,
        number=last + 1,
        occasion=occasion,
        content=stored,
        sha256=sha256_of(stored),
        item_hashes=hashes_of(_without_grade(stored["items"], sheet.edition.definition)),
        created_by=actor,
    )


def _without_grade(items: Mapping[str, Any], definition: Definition) -> dict[str, Any]:
    """Return ``items`` without the grade: who counts the changes may not see that it changed."""
    grade = definition.item_of_kind(ItemKind.GRADE)
    return {key: value for key, value in items.items() if grade is None or key != grade.key}


def freeze(
    sheet: Sheet, content: SheetContent | None = None, *, occasion: str, actor: User
) -> Revision:
    """Store and return the ``next_revision``. Call it inside a transaction."""
    revision = next_revision(sheet, content, occasion=occasion, actor=actor)
    revision.save(force_insert=True)
    return revision
