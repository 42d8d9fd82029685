"""Matching of names across spellings that differ in width, signs and blanks.

People and files spell one name in several ways. A second record for the same organisation would
split its history.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from core.folding import loose_name_key, name_key

R = TypeVar("R", bound=Model)


@dataclass(frozen=True)
class NameMatch(Generic[R]):
    """The record with a name, if there is one; otherwise the likely candidates."""

    found: R | None
    alike: tuple[R, ...] = ()


def match_name(records: QuerySet[R], field: str, name: str) -> NameMatch[R]:
    """Return the one of ``records`` with ``name`` in ``field``, by exact spelling or else by key.

    ``alike`` are records with the same letters and digits, which differ only in signs (「・」,
    brackets, a long vowel mark), kana script or variant kanji.
    """
    exact = records.filter(**{field: name}).first()
    if exact is not None:
        return NameMatch(exact)
    spellings = dict(records.order_by("pk").values_list("pk", field))
    key, loose = name_key(name), loose_name_key(name)
    same = [pk for pk, spelling in spellings.items() if name_key(spelling) == key]
    if same:
        return NameMatch(records.get(pk=same[0]))
    alike = [pk for pk, spelling in spellings.items() if loose_name_key(spelling) == loose]
    return NameMatch(None, tuple(records.filter(pk__in=alike)) if loose and alike else ())


def refuse_second_spelling(instance: Model, field: str) -> None:
    """Raise ValidationError if another record has the name of ``instance`` in another spelling.

    For a model's ``clean``. An unchanged name is not checked; the identical spelling is refused
    by the unique constraint.
    """
    name = getattr(instance, field)
    spellings = dict(type(instance)._base_manager.values_list("pk", field))
    if not name or spellings.pop(instance.pk, None) == name:
        return
    key = name_key(name)
    second = next((other for other in spellings.values() if name_key(other) == key), name)
    if second != name:
        raise ValidationError(
            {
                field: f"「{name}」は、登録済みの「{second}」と、全角・半角や空白、記号の違いしか"
                "ありません。登録済みのものを使ってください。"
            }
        )
