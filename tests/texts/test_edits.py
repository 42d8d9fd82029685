"""A suggested wording falls into changes, each of which can be taken or left."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.edits import apply_edits, edits_between, rebase

TEXT = st.text(alphabet="国際会議のをはがアイ12、。・\n é𠮷", max_size=50)


@given(TEXT, TEXT)
def test_all_changes_make_the_second_text_and_none_the_first(first, second):
    changes = edits_between(first, second)
    assert apply_edits(first, changes, range(len(changes))) == second
    assert apply_edits(first, changes, []) == first
    assert [change.number for change in changes] == list(range(len(changes)))
    assert all(first[change.start : change.end] == change.before for change in changes)
    assert all(change.before != change.after for change in changes)


@given(TEXT, TEXT, st.data())
def test_what_is_left_out_stays_as_it_was(first, second, data):
    """Between the changes taken stands the first text, character by character."""
    changes = edits_between(first, second)
    taken = data.draw(st.sets(st.sampled_from(range(len(changes))))) if changes else set()
    expected, place = "", 0
    for change in changes:
        words = change.after if change.number in taken else change.before
        expected += first[place : change.start] + words
        place = change.end
    assert apply_edits(first, changes, taken) == expected + first[place:]


@given(TEXT, TEXT, TEXT)
def test_nothing_written_meanwhile_is_overwritten(base, suggested, now):
    """A change that can still be made finds in the text of now the very words it replaces."""
    changes = edits_between(base, suggested)
    fitting = rebase(changes, base, now)
    assert {c.number for c in fitting} <= {c.number for c in changes}
    assert all(now[change.start : change.end] == change.before for change in fitting)
    assert all(one.end <= two.start for one, two in pairwise(fitting))


@given(TEXT, TEXT)
def test_on_its_own_base_every_change_fits(base, suggested):
    changes = edits_between(base, suggested)
    assert rebase(changes, base, base) == changes


BASE = "・理事会で発言した。\n・予算は11千円である。\n・職員は3名である。"


def merged(suggested, now):
    """Return the text with what fits, and the words of what does not."""
    changes = edits_between(BASE, suggested)
    fitting = rebase(changes, BASE, now)
    numbers = {change.number for change in fitting}
    left = [change.after for change in changes if change.number not in numbers]
    return apply_edits(now, fitting, numbers), left


@pytest.mark.parametrize(
    ("suggested", "now", "text", "left"),
    [
        (  # both changed, in different lines
            BASE.replace("理事会", "総会"),
            BASE.replace("3名", "4名"),
            "・総会で発言した。\n・予算は11千円である。\n・職員は4名である。",
            [],
        ),
        (  # both changed the same word
            BASE.replace("11", "12"),
            BASE.replace("11", "13"),
            BASE.replace("11", "13"),
            ["12"],
        ),
        (  # one fits and one does not
            BASE.replace("11", "12").replace("理事会", "総会"),
            BASE.replace("11", "13"),
            BASE.replace("11", "13").replace("理事会", "総会"),
            ["12"],
        ),
        (  # both added a line at the end: in which order, nobody can tell
            f"{BASE}\n・井戸を掘った。",
            f"{BASE}\n・道を直した。",
            f"{BASE}\n・道を直した。",
            ["\n・井戸を掘った。"],
        ),
        (  # a line was put before it
            BASE.replace("11", "12"),
            f"・前置き。\n{BASE}",
            f"・前置き。\n{BASE.replace('11', '12')}",
            [],
        ),
        (BASE.replace("11", "12"), "", "", ["12"]),  # all is gone
    ],
)
def test_a_suggestion_on_a_text_that_went_on(suggested, now, text, left):
    assert merged(suggested, now) == (text, left)
