"""What Django says to people is in our words (``locale/``), compiled and in use."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext, ngettext

CATALOGUE = Path(settings.BASE_DIR, "locale/ja/LC_MESSAGES/django.po").read_text("utf-8")
ENTRY = re.compile(
    r'msgid "(?P<one>.+)"\n(?:msgid_plural "(?P<many>.+)"\n)?msgstr(?:\[0\])? "(?P<ours>.+)"\n'
)
ENTRIES = [match.groups() for match in ENTRY.finditer(CATALOGUE)]

# Words of programmers, and blanks inside a Japanese sentence.
KANA_OR_KANJI = "[ぁ-んァ-ヶ一-龥]"
STOCK = re.compile(f"フィールド|NULL|ユニーク|候補に|{KANA_OR_KANJI} {KANA_OR_KANJI}")


@pytest.mark.parametrize(("one", "many", "ours"), ENTRIES, ids=[entry[0] for entry in ENTRIES])
def test_every_sentence_is_compiled(one: str, many: str | None, ours: str) -> None:
    assert (ngettext(one, many, 2) if many else gettext(one)) == ours


def test_the_catalogue_was_read_whole() -> None:
    assert len(ENTRIES) == CATALOGUE.count("\nmsgid ") - 1  # the first one is the header


def messages_of_our_fields() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        if not model.__module__.startswith("django") and "allauth" not in model.__module__:
            for field in model._meta.concrete_fields:
                form_field = getattr(field, "formfield", lambda: None)()
                for source in (field, *([form_field] if form_field else [])):
                    for code, message in source.error_messages.items():
                        if code in {"required", "blank", "null", "invalid_choice", "unique"}:
                            yield f"{field} {code}", str(message)


def test_no_field_answers_in_the_words_of_the_framework() -> None:
    said = dict(messages_of_our_fields())
    assert len(said) > 100
    assert {place: message for place, message in said.items() if STOCK.search(message)} == {}
