"""Freezing a sheet: a revision holds the whole of it, derived values included."""

from django.db.models import Max

from accounts.models import User
from core.canonical import hashes_of, sha256_of
from evaluations.content import to_json
from evaluations.models import Revision, Sheet
from evaluations.queries.content import content_now


def freeze(sheet: Sheet, *, occasion: str, actor: User) -> Revision:
    """Store and return the next revision of ``sheet``. Belongs inside a transaction.

    It holds what the sheet says now: one that is just being approved is not decided by an
    approval of before.
    """
    content = to_json(content_now(sheet), sheet.edition.definition)
    last = sheet.revisions.aggregate(last=Max("number"))["last"] or 0
    return Revision.objects.create(
        sheet=sheet,
        number=last + 1,
        occasion=occasion,
        content=content,
        sha256=sha256_of(content),
        item_hashes=hashes_of(content["items"]),
        created_by=actor,
    )
