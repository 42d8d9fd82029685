"""What is wrong with the data of a sheet is said in Japanese, with its place."""

import pytest

from evaluations.paper import schema


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"version": 2}, "version：「1」でなければなりません。"),
        ({"version": "1"}, "version：「1」でなければなりません。"),
        ({"status": "lost"}, "status：「issued」、「draft」のどれかでなければなりません。"),
        ({"revision": 0}, "revision：1以上でなければなりません。"),
        ({"revision": 2_147_483_648}, "revision：2,147,483,647以下でなければなりません。"),
        ({"sheet": []}, "sheet：オブジェクトでなければなりません。"),
        ({"sheet": {"edition": "x" * 41}}, "sheet.edition：40字以下でなければなりません。"),
        ({"sheet": {"fiscal_year": 18}}, "sheet.fiscal_year：1,900以上でなければなりません。"),
        (
            {"sheet": {"items": {f"i{n}": "" for n in range(301)}}},
            "sheet.items：300個以下でなければなりません。",
        ),
        ({"unknown": 1}, "（全体）：この様式にない項目があります。"),
    ],
)
def test_a_fault_of_the_data_is_named(data, problem, monkeypatch):
    # A fragment lacks much else, which is said too.
    monkeypatch.setattr(schema, "MOST_PROBLEMS", 1_000)
    assert problem in schema.problems_in(data)


def test_only_a_few_faults_are_named():
    data = {"version": 2, "status": "lost", "revision": 0, "sheet": {"fiscal_year": 18}}
    assert len(schema.problems_in(data)) == schema.MOST_PROBLEMS
