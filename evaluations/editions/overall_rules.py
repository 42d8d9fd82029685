"""How the overall grade comes about: a small closed registry of rules an edition may name.

Nobody outside the ministry knows its formula, so none is invented here: ``manual`` means that
the reviewer grades and gives a reason in words.
"""

from collections.abc import Mapping


def manual(criterion_grades: Mapping[str, str]) -> str | None:
    """Propose nothing: the reviewer decides."""
    return None


OVERALL_RULES = {"manual": manual}
