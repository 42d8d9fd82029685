"""A change of the register names the sheets that print it, and no decided one."""

import pytest
from django.contrib.messages import get_messages

from evaluations.enums import State
from evaluations.models import Sheet
from tests.evaluations.pages import change_url, filled_in
from tests.factories import ContributionFactory, make_sheet, put_in_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

TOLD = (
    "この変更は、作成から審査までの間のシート1件の表示と印刷にも及びます：「{sheet}」。"
    "確定・公表したシートは変わりません。"
)


def told_after(client, record, **changes):
    """Return what is said after the change of a record in the admin."""
    fields = filled_in(client.get(change_url(record))) | changes
    answer = client.post(change_url(record), fields)
    assert answer.status_code == 302, answer.context["errors"]
    return [str(message) for message in get_messages(answer.wsgi_request)][:-1]


RECORDS = {
    "name": lambda sheet: sheet.contribution,
    "abbreviation": lambda sheet: sheet.contribution.organization,
}


@pytest.mark.parametrize("field", RECORDS)
def test_a_rename_names_the_open_sheets(ministry, sign_in, field):
    client, record = sign_in("coordinator"), RECORDS[field](ministry.sheet)
    told = told_after(client, record, **{field: "IOM2"})
    assert told == [TOLD.format(sheet=Sheet.objects.get(pk=ministry.sheet.pk))]
    # The same again, and what no sheet prints, say nothing.
    assert told_after(client, record, **{field: "IOM2"}) == []


def test_a_renamed_division_names_its_open_sheets(ministry, sign_in):
    told = told_after(sign_in("coordinator"), ministry.sheet.division, name="人の安全室")
    assert told == [TOLD.format(sheet=ministry.sheet)]


@pytest.mark.parametrize("state", [State.APPROVED, State.PUBLISHED, State.EXCLUDED])
def test_a_decided_sheet_is_not_named(ministry, sign_in, state):
    people = ministry.people
    put_in_state(
        ministry.sheet,
        state,
        submitter=people["officer"],
        confirmer=people["head"],
        approver=people["reviewer"],
    )
    assert told_after(sign_in("coordinator"), ministry.sheet.contribution, name="IOM2") == []


def test_of_many_sheets_five_are_named_and_the_others_counted(ministry, sign_in):
    organization = ministry.sheet.contribution.organization
    for number in range(6):
        make_sheet(ContributionFactory(name=f"事業{number}", organization=organization))
    (told,) = told_after(sign_in("coordinator"), organization, abbreviation="IOM2")
    assert "シート7件" in told
    assert told.count("「") == 5
    assert "ほか2件。" in told
