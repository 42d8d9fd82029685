"""The names of the people to ask when a person may not do something, or something stands still."""

from collections.abc import Sequence

from accounts.models import User
from accounts.queries import Holder, holders_in, names_of
from evaluations.access.rules import RoleRule, WhomToAsk
from evaluations.models import Sheet


def holders_for(sheet: Sheet) -> list[Holder]:
    """Return the people who hold today a role that has a part in ``sheet``. Two queries."""
    return holders_in(sheet.answering_division.pk)


def names_for(who: RoleRule, sheet: Sheet, holders: Sequence[Holder]) -> str:
    """Return the names of the people of ``who`` for ``sheet``, or "". One query at most."""
    sides = who.sides(sheet) if who.sides else (who,)
    return "、".join(
        names_of(holders, each.role, each.barred(sheet)) for each in sides if each.role
    )


def asked_in_words(whom: WhomToAsk) -> str:
    """Return a sentence with the names of the people to ask. Three queries at most."""
    label, names = whom.who.label, names_for(whom.who, whom.sheet, holders_for(whom.sheet))
    if not names:
        return f"{label}は、今はだれもいません。システム管理者に役割の登録を依頼してください。"
    return f"{label}は、今は {names}です。"


def administrators_in_words() -> str:
    """Return the names of the first administrators, or "". One query."""
    people = User.objects.filter(is_superuser=True, is_active=True).order_by("pk")[:3]
    return "、".join(f"{person}さん" for person in people)
