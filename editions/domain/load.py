"""Loading of an edition from TOML into the database."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from accounts.models import User
from audit import trail
from core.canonical_json import sha256_of
from core.locking import lock_in_order
from editions.models import Edition
from editions.parse import EditionError, parse_edition

SHIPPED = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class LoadResult:
    """The edition, and whether loading changed anything."""

    edition: Edition
    changed: bool


def load_edition(toml: str, *, actor: User | None = None) -> LoadResult:
    """Store the edition defined in ``toml``. Idempotent.

    Raises EditionError if it is invalid, or differs from an edition in use with the same key.
    """
    definition = parse_edition(toml)
    try:
        get_template(definition.print_template)
    except TemplateDoesNotExist as error:
        raise EditionError(
            [f"print_template：印刷の雛形「{definition.print_template}」がありません。"]
        ) from error
    content = tomllib.loads(toml)
    sha256 = sha256_of(content)
    with transaction.atomic():
        known = lock_in_order(Edition.objects.filter(key=definition.key))
        edition = known[0] if known else None
        if edition and edition.sha256 == sha256:
            return LoadResult(edition, changed=False)
        if edition and edition.published_at:
            raise EditionError(
                [
                    f"key：様式「{definition.key}」は使用中のため変更できません。"
                    "別のキーの様式として読み込んでください。"
                ]
            )
        before = {"sha256": edition.sha256} if edition else {}
        edition = edition or Edition(key=definition.key)
        edition.title = definition.title
        edition.year_label = definition.year_label
        edition.content = content
        edition.sha256 = sha256
        edition.save()
        trail.record("edition.load", edition, actor=actor, before=before, after={"sha256": sha256})
    return LoadResult(edition, changed=True)
