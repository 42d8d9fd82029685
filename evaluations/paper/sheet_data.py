"""The data attached to every PDF: ``sheet.json``, described by the published schema.

The reasons of grades and what stands in places that do not apply are left out: they are not
printed, and a PDF becomes public.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from core.canonical_json import canonical_json, sha256_of
from editions.definition import Definition
from evaluations.content import SheetContent, for_the_public, to_json
from evaluations.models import Revision
from evaluations.paper.sheet_reading import DRAFT, FORMAT, ISSUED, VERSION


def data_of_revision(revision: Revision) -> bytes:
    """Return what is attached to the PDF issued of ``revision``."""
    sheet = for_the_public(revision.content, revision.sheet.edition.definition)
    return _written(ISSUED, revision.number, revision.created_at, sheet)


def data_of_draft(content: SheetContent, definition: Definition, changed_at: datetime) -> bytes:
    """Return what is attached to a draft with ``content``, last changed at ``changed_at``."""
    sheet = for_the_public(to_json(content, definition), definition)
    return _written(DRAFT, None, changed_at, sheet)


def _written(status: str, revision: int | None, at: datetime, sheet: Mapping[str, Any]) -> bytes:
    return canonical_json(
        {
            "format": FORMAT,
            "version": VERSION,
            "status": status,
            "revision": revision,
            "at": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "sheet_sha256": sha256_of(sheet),
            "sheet": sheet,
        }
    )
