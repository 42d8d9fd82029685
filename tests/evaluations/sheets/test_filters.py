"""The filters of the list of sheets: what cannot be read is named, and lists nothing."""

from urllib.parse import urlencode

import pytest

from tests.evaluations.review import rewrite
from tests.evaluations.scene import make_ministry

pytestmark = pytest.mark.django_db

OWN, OTHER = "own", "other"


@pytest.fixture
def ministry():
    return make_ministry()


@pytest.fixture
def listed(ministry, client):
    """Return a function that opens the list: its status, the sheets on it, and its HTML."""
    client.force_login(ministry.people["coordinator"])
    sheets = {OWN: ministry.sheet, OTHER: ministry.other_sheet}

    def listed(query):
        answer = client.get(f"/sheets/?{query}")
        page = answer.content.decode()
        found = {name for name, sheet in sheets.items() if f'"/sheets/{sheet.pk}/"' in page}
        return answer.status_code, found, page

    return listed


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {OWN, OTHER}),
        ("cycle=&state=&division=&q=", {OWN, OTHER}),
        ("state=draft", {OWN, OTHER}),
        ("state=review", set()),
        ("division={division}", {OWN}),
        ("division={division}&q=ゼータ計画", set()),
        ("q=ゼータ計画", {OTHER}),
    ],
)
def test_what_is_asked_for_is_listed(ministry, listed, query, expected):
    status, found, page = listed(query.format(division=ministry.sheet.division.pk))
    assert (status, found) == (200, expected)
    assert "読み取れません" not in page


@pytest.mark.parametrize(
    "words",
    [
        "日数を短く",
        "[[日数]]を短く",
        "平均処理日数",
        "UN-HABITAT",
        "ｕｎ−ｈａｂｉｔａｔ",
        "4月～6月",
        "神田",
        "\ufa19田",
        "民間",
        "(1)目的",
    ],
)
def test_words_are_found_as_they_are_read(ministry, listed, words):
    lines = (
        "（1）　目的",
        "・平均処理[[日数]]を短くした。",
        "・UN‐HABITAT、\ufa19田氏、\u2ea0間と４月〜６月に協議した。",
    )
    rewrite(ministry.sheet, plan="\n".join(lines))
    status, found, _ = listed(urlencode({"q": words}))
    assert (status, found) == (200, {OWN})


@pytest.mark.parametrize(
    ("query", "named", "kept"),
    [
        ("cycle=abc&q=井戸", "「年度」", 'value="井戸"'),
        ("cycle=999999", "「年度」", ""),
        ("state=x&division=-1", "「状態」「担当課室」", "選び直してください"),
        (f"q={'水' * 201}", "「検索語」", "200字以内で"),
    ],
)
def test_what_cannot_be_read_is_named_and_lists_nothing(listed, query, named, kept):
    status, found, page = listed(query)
    assert (status, found) == (422, set())
    assert f"{named}の条件を読み取れません" in page
    assert kept in page
    assert "該当するシートはありません" not in page
    # A booklet of what was not meant is not offered either.
    assert "/booklets/new/" not in page
