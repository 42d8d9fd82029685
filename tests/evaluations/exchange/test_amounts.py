"""A file has one amount, the register one for each kind of budget."""

import pytest

from evaluations.exchange.amounts import shares_of

INI, SUP = "initial", "supplementary"


@pytest.mark.parametrize(
    ("kinds", "whole", "supplementary", "registered", "shares"),
    [
        ((INI,), 100, 0, {}, {INI: 100}),
        ((INI,), 0, 0, {INI: 5}, {INI: 0}),
        ((INI, SUP), 100, 0, {}, {INI: 100}),
        ((INI, SUP), 100, 0, {INI: 1, SUP: 30}, {INI: 70}),
        ((SUP, INI), 100, 0, {INI: 30}, {SUP: 70}),
        ((INI, SUP), 100, 30, {}, {INI: 70, SUP: 30}),
        ((SUP, INI), 100, 30, {INI: 500, SUP: 500}, {INI: 70, SUP: 30}),
        ((INI, SUP), 100, 100, {}, {INI: 0, SUP: 100}),
    ],
)
def test_what_a_file_says_is_shared_out(kinds, whole, supplementary, registered, shares):
    assert shares_of(whole, supplementary, kinds, registered) == (shares, [])


@pytest.mark.parametrize(
    ("kinds", "supplementary", "registered", "shares", "said"),
    [
        ((INI,), 30, {}, {INI: 100}, ["補正30千円を含む100千円を登録しました"]),
        ((INI, SUP), 101, {}, {INI: 100}, ["補正予算の101千円が、予算額の100千円を超えています"]),
        ((INI, SUP), 0, {SUP: 101}, {}, ["ほかの区分の予算額だけで101千円があります"]),
    ],
)
def test_what_cannot_be_is_told(kinds, supplementary, registered, shares, said):
    stored, doubts = shares_of(100, supplementary, kinds, registered)
    assert stored == shares
    assert [part for part, doubt in zip(said, doubts, strict=True) if part not in doubt] == []
