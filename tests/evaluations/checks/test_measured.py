"""The rules find the slips of the corpus and leave alone what is right."""

import pytest

from tests.evaluations.checks.cases import HELD_OUT, cases
from tests.evaluations.checks.measure import scores

PRECISION = {"E": 0.95, "W": 0.85}
RECALL = 0.8


@pytest.mark.parametrize("names", [(), HELD_OUT], ids=["tuned", "held out"])
def test_what_is_found_is_a_slip(names):
    measured = scores(cases(*names))
    assert {level: measured[level].precision >= least for level, least in PRECISION.items()} == {
        "E": True,
        "W": True,
    }
    assert measured["E"].recall >= RECALL
    assert measured["W"].recall >= RECALL


def test_the_corpus_is_large_enough():
    measured = cases()
    slips = [case for case in measured if case.expect]
    assert len(slips) >= 60
    assert len(measured) - len(slips) >= 60
    names = [case.id for case in (*measured, *cases(*HELD_OUT))]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", [c for c in cases() if not c.expect], ids=lambda case: case.id)
def test_what_is_right_is_left_alone(case):
    assert [each.message for each in case.findings()] == []


@pytest.mark.parametrize("case", [c for c in cases() if c.expect], ids=lambda case: case.id)
def test_what_is_wrong_is_found_at_its_place(case):
    assert case.found() == case.expect
    for each in case.findings():
        assert each.message.endswith("。")
        assert "{" not in each.message
        if each.place:
            # A hint may concern another text; these all stand in the passage itself.
            assert case.text[slice(*each.place)] == each.quote
