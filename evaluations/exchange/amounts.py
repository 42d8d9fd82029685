"""Dividing the budget of a file, one amount, among the kinds of the register."""

from collections.abc import Mapping, Sequence

from contributions.enums import AmountKind


def shares_of(
    whole: int, supplementary: int, kinds: Sequence[str], registered: Mapping[str, int]
) -> tuple[dict[str, int], list[str]]:
    """Return what to store by kind of budget, in 千円, and what a person should verify.

    ``kinds`` are those that the form prints as one amount, ``registered`` what the register has
    of them. A file that names no supplementary part leaves to the register how the other kinds
    share in the whole: the first of the form makes up the rest.
    """
    doubts = []
    if supplementary and set(kinds) == {AmountKind.INITIAL, AmountKind.SUPPLEMENTARY}:
        if supplementary <= whole:
            initial = whole - supplementary
            return {AmountKind.INITIAL: initial, AmountKind.SUPPLEMENTARY: supplementary}, []
        doubts.append(
            f"補正予算の{supplementary:,}千円が、予算額の{whole:,}千円を超えています。"
            "補正予算の額は登録していません。"
        )
    elif supplementary:
        doubts.append(
            f"この様式では当初予算と補正予算を分けないため、補正{supplementary:,}千円を含む"
            f"{whole:,}千円を登録しました。"
        )
    first = kinds[0]
    others = sum(amount for kind, amount in registered.items() if kind != first)
    if whole < others:
        doubts.append(
            f"台帳には、ほかの区分の予算額だけで{others:,}千円があります。ファイルの"
            f"{whole:,}千円は登録していません。"
        )
        return {}, doubts
    return {first: whole - others}, doubts
