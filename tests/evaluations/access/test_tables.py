"""Who reaches which page: every address × every role, with its answer written out.

    200, 302 …  the status of the answer          login  led to the sign-in
    404         so is somebody else's sheet       403    told who does it, and how to get it done
    405         the address only shows, or only takes

Columns: nobody signed in; officer and head of the sheet's division, and of another one; reviewer;
coordinator; viewer; somebody without any role; the administrator, who has no part in the sheets.
"""

import re

import pytest
from django.urls import reverse

from evaluations.enums import State
from tests.evaluations.access.addresses import (
    ANSWERS,
    OURS,
    address,
    fields_for,
    mark,
    posted,
    status,
)
from tests.evaluations.access.conftest import COLUMNS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

# fmt: off
#                                          offi      other other revi  coor  view  no   super
# address            sheet           anon  cer  head offic head  ewer  dinat er    body user
GET = """
home                 draft           login 200  200  200   200   200   200   200   200  200
workflow_guide       draft           login 200  200  200   200   200   200   200   200  200
help_index           draft           200   200  200  200   200   200   200   200   200  200
help_page            draft           200   200  200  200   200   200   200   200   200  200
published_list       draft           200   200  200  200   200   200   200   200   200  200
sheet_queue          draft           login 200  200  200   200   200   200   200   200  200
sheet_list           draft           login 200  200  200   200   200   200   200   200  200
verify_pdf           draft           200   200  200  200   200   200   200   200   200  200
published_pdf        draft           404   404  404  404   404   404   404   404   404  404
published_pdf        approved        404   404  404  404   404   404   404   404   404  404
published_pdf        published       200   200  200  200   200   200   200   200   200  200
sheet_detail         draft           login 200  200  404   404   200   200   404   404  404
sheet_detail         division_check  login 200  200  404   404   200   200   404   404  404
sheet_detail         review          login 200  200  404   404   200   200   404   404  404
sheet_detail         returned        login 200  200  404   404   200   200   404   404  404
sheet_detail         excluded        login 200  200  404   404   200   200   404   404  404
sheet_detail         approved        login 200  200  404   404   200   200   200   404  404
sheet_detail         published       login 200  200  404   404   200   200   200   404  404
sheet_why            draft           login 200  200  404   404   200   200   404   404  404
sheet_why            published       login 200  200  404   404   200   200   200   404  404
sheet_section        draft           login 200  200  404   404   200   200   404   404  404
sheet_section        published       login 200  200  404   404   200   200   200   404  404
sheet_place          draft           login 302  302  404   404   302   302   404   404  404
sheet_place          published       login 302  302  404   404   302   302   302   404  404
sheet_timeline       draft           login 200  200  404   404   200   200   404   404  404
sheet_timeline       published       login 200  200  404   404   200   200   404   404  404
sheet_preview        draft           login 200  200  404   404   200   200   404   404  404
sheet_preview        published       login 200  200  404   404   200   200   200   404  404
sheet_printed        draft           login 200  200  404   404   200   200   404   404  404
sheet_pages          draft           login 200  200  404   404   200   200   404   404  404
sheet_printed        published       login 200  200  404   404   200   200   200   404  404
sheet_pages          published       login 200  200  404   404   200   200   200   404  404
sheet_pdf            draft           login 200  200  404   404   200   200   404   404  404
sheet_pdf            published       login 200  200  404   404   200   200   200   404  404
sheet_compare        draft           login 200  200  404   404   200   200   404   404  404
sheet_compare        published       login 200  200  404   404   200   200   403   404  404
sheet_compare_pdf    draft           login 422  422  404   404   422   422   404   404  404
sheet_compare_pdf    published       login 200  200  404   404   200   200   403   404  404
sheet_act            draft           login 200  403  404   404   403   403   404   404  404
sheet_act            division_check  login 422  422  404   404   422   422   404   404  404
sheet_answers        draft           login 200  403  404   404   403   403   404   404  404
sheet_grade          draft           login 403  403  404   404   403   403   404   404  404
sheet_grade          review          login 403  403  404   404   200   403   404   404  404
second_reading       draft           login 403  403  404   404   403   403   404   404  404
second_reading       review          login 403  403  404   404   403   403   404   404  404
point_add            draft           login 403  403  404   404   403   403   404   404  404
point_add            review          login 403  403  404   404   200   403   404   404  404
point_add            published       login 403  403  404   404   403   403   403   404  404
point_edit           draft           login 403  403  404   404   403   403   404   404  404
point_edit           review          login 403  403  404   404   404   403   404   404  404
point_remove         review          login 405  405  405   405   405   405   405   405  405
point_answer         draft           login 404  403  404   404   403   403   404   404  404
point_answer         review          login 403  403  404   404   403   403   404   404  404
point_list           draft           login 200  200  200   200   200   200   200   200  200
calibration          draft           login 403  403  403   403   200   200   403   403  403
staffing_edit        draft           login 200  403  404   404   403   403   404   404  404
staffing_edit        review          login 403  403  404   404   403   403   404   404  404
budget_edit          draft           login 200  403  404   404   403   403   404   404  404
report_edit          draft           login 200  403  404   404   403   403   404   404  404
sheet_comments       draft           login 200  200  404   404   200   200   404   404  404
sheet_comments       published       login 200  200  404   404   200   200   403   404  404
comments_pdf         draft           login 200  200  404   404   200   200   404   404  404
comments_pdf         published       login 200  200  404   404   200   200   403   404  404
entry_comments       draft           login 200  200  404   404   200   200   404   404  404
entry_comments       published       login 200  200  404   404   200   200   403   404  404
comment_thread       draft           login 200  200  404   404   200   200   404   404  404
comment_thread       published       login 200  200  404   404   200   200   403   404  404
suggestion_new       draft           login 403  403  404   404   403   403   404   404  404
suggestion_new       division_check  login 403  200  404   404   403   403   404   404  404
suggestion_new       review          login 403  403  404   404   200   403   404   404  404
suggestion_decide    draft           login 200  200  404   404   200   200   404   404  404
suggestion_decide    published       login 200  200  404   404   200   200   403   404  404
suggestion_withdraw  draft           login 405  405  405   405   405   405   405   405  405
entry_save           draft           login 405  405  405   405   405   405   405   405  405
entry_autosave       draft           login 405  405  405   405   405   405   405   405  405
presence             draft           login 405  405  405   405   405   405   405   405  405
booklet_list         draft           login 200  200  200   200   200   200   200   200  200
booklet_new          draft           login 200  200  200   200   200   200   200   200  200
booklet_detail       draft           login 200  404  404   404   404   404   404   404  404
booklet_progress     draft           login 200  404  404   404   404   404   404   404  404
booklet_file         draft           login 404  404  404   404   404   404   404   404  404
booklet_cancel       draft           login 405  405  405   405   405   405   405   405  405
bulk_step_new        draft           login 302  302  302   302   302   302   302   302  302
bulk_step_list       draft           login 200  200  200   200   200   200   200   200  200
bulk_step_detail     draft           login 200  404  404   404   404   404   404   404  404
bulk_step_progress   draft           login 200  404  404   404   404   404   404   404  404
deputies             draft           login 200  200  200   200   200   200   200   200  200
deputy_end           draft           login 405  405  405   405   405   405   405   405  405
token                draft           200   200  200  200   200   200   200   200   200  200
messages             draft           login 200  200  200   200   200   200   200   200  200
messages_read        draft           login 405  405  405   405   405   405   405   405  405
message_open         draft           login 405  405  405   405   405   405   405   405  405
"""

POST = """
entry_save           draft           login 302  403  404   404   403   403   404   404  404
entry_save           returned        login 302  403  404   404   403   403   404   404  404
entry_save           division_check  login 403  403  404   404   403   403   404   404  404
entry_save           review          login 403  403  404   404   403   403   404   404  404
entry_save           published       login 403  403  404   404   403   403   403   404  404
entry_autosave       draft           login 200  403  404   404   403   403   404   404  404
entry_autosave       returned        login 200  403  404   404   403   403   404   404  404
entry_autosave       division_check  login 403  403  404   404   403   403   404   404  404
entry_autosave       published       login 403  403  404   404   403   403   403   404  404
sheet_act            draft           login 302  403  404   404   403   403   404   404  404
sheet_act            published       login 422  422  404   404   422   422   422   404  404
sheet_answers        draft           login 302  403  404   404   403   403   404   404  404
sheet_grade          draft           login 403  403  404   404   403   403   404   404  404
sheet_grade          review          login 403  403  404   404   302   403   404   404  404
second_reading       review          login 403  403  404   404   403   403   404   404  404
point_add            draft           login 403  403  404   404   403   403   404   404  404
point_add            review          login 403  403  404   404   302   403   404   404  404
point_add            published       login 403  403  404   404   403   403   403   404  404
point_edit           review          login 403  403  404   404   404   403   404   404  404
point_remove         draft           login 403  403  404   404   403   403   404   404  404
point_remove         review          login 403  403  404   404   422   403   404   404  404
point_answer         draft           login 404  403  404   404   403   403   404   404  404
point_list           draft           login 405  405  405   405   405   405   405   405  405
calibration          draft           login 405  405  405   405   405   405   405   405  405
staffing_edit        draft           login 302  403  404   404   403   403   404   404  404
staffing_edit        published       login 403  403  404   404   403   403   403   404  404
budget_edit          draft           login 302  403  404   404   403   403   404   404  404
budget_edit          review          login 403  403  404   404   403   403   404   404  404
report_edit          draft           login 302  403  404   404   403   403   404   404  404
report_edit          review          login 403  403  404   404   403   403   404   404  404
entry_comments       draft           login 403  403  404   404   403   403   404   404  404
entry_comments       division_check  login 403  302  404   404   403   403   404   404  404
entry_comments       review          login 403  403  404   404   302   403   404   404  404
entry_comments       published       login 403  403  404   404   403   403   403   404  404
comment_thread       draft           login 302  302  404   404   302   403   404   404  404
comment_thread       review          login 302  302  404   404   302   403   404   404  404
comment_thread       published       login 403  403  404   404   403   403   403   404  404
suggestion_new       draft           login 403  403  404   404   403   403   404   404  404
suggestion_new       division_check  login 403  302  404   404   403   403   404   404  404
suggestion_new       review          login 403  403  404   404   302   403   404   404  404
suggestion_new       published       login 403  403  404   404   403   403   403   404  404
suggestion_decide    draft           login 302  403  404   404   403   403   404   404  404
suggestion_decide    review          login 403  403  404   404   403   403   404   404  404
suggestion_decide    published       login 403  403  404   404   403   403   403   404  404
suggestion_withdraw  draft           login 403  403  404   404   302   403   404   404  404
suggestion_withdraw  published       login 403  403  404   404   403   403   403   404  404
sheet_comments       draft           login 405  405  405   405   405   405   405   405  405
comments_pdf         draft           login 405  405  405   405   405   405   405   405  405
home                 draft           login 405  405  405   405   405   405   405   405  405
workflow_guide       draft           login 405  405  405   405   405   405   405   405  405
sheet_queue          draft           login 405  405  405   405   405   405   405   405  405
sheet_list           draft           login 405  405  405   405   405   405   405   405  405
sheet_detail         draft           login 405  405  405   405   405   405   405   405  405
sheet_why            draft           login 405  405  405   405   405   405   405   405  405
sheet_section        draft           login 405  405  405   405   405   405   405   405  405
sheet_place          draft           login 405  405  405   405   405   405   405   405  405
sheet_timeline       draft           login 405  405  405   405   405   405   405   405  405
sheet_preview        draft           login 405  405  405   405   405   405   405   405  405
sheet_printed        draft           login 405  405  405   405   405   405   405   405  405
sheet_pages          draft           login 405  405  405   405   405   405   405   405  405
sheet_pdf            draft           login 405  405  405   405   405   405   405   405  405
sheet_compare        draft           login 405  405  405   405   405   405   405   405  405
sheet_compare_pdf    draft           login 405  405  405   405   405   405   405   405  405
presence             draft           login 200  403  404   404   403   403   404   404  404
presence             review          login 403  403  404   404   403   403   404   404  404
presence             published       login 403  403  404   404   403   403   403   404  404
booklet_new          draft           login 302  302  302   302   302   302   422   422  422
booklet_new          published       login 302  302  302   302   302   302   302   422  422
booklet_cancel       draft           login 302  404  404   404   404   404   404   404  404
booklet_list         draft           login 405  405  405   405   405   405   405   405  405
booklet_detail       draft           login 405  405  405   405   405   405   405   405  405
booklet_progress     draft           login 405  405  405   405   405   405   405   405  405
booklet_file         draft           login 405  405  405   405   405   405   405   405  405
bulk_step_new        draft           login 302  302  302   302   302   302   302   302  302
bulk_step_list       draft           login 405  405  405   405   405   405   405   405  405
bulk_step_detail     draft           login 405  405  405   405   405   405   405   405  405
bulk_step_progress   draft           login 405  405  405   405   405   405   405   405  405
deputies             draft           login 422  422  422   422   422   422   422   422  422
deputy_end           draft           login 404  404  404   404   404   404   404   404  404
token                draft           405   405  405  405   405   405   405   405   405  405
help_index           draft           405   405  405  405   405   405   405   405   405  405
help_page            draft           405   405  405  405   405   405   405   405   405  405
messages             draft           login 405  405  405   405   405   405   405   405  405
messages_read        draft           login 302  302  302   302   302   302   302   302  302
message_open         draft           login 302  404  404   404   404   404   404   404  404
verify_pdf           draft           422   422  422  422   422   422   422   422   422  422
published_list       draft           405   405  405  405   405   405   405   405   405  405
published_pdf        published       405   405  405  405   405   405   405   405   405  405
"""

# The sign-in library's pages and the admin's door. The admin's rooms are in test_admin_rights.
DOORS = """
account_login                          200   302  302  302   302   302   302   302   302  302
account_logout                         login  200  200  200   200   200   200   200   200  200
account_inactive                       200   200  200  200   200   200   200   200   200  200
account_signup                         200   302  302  302   302   302   302   302   302  302
account_change_password                login 200  200  200   200   200   200   200   200  200
account_reset_password                 200   200  200  200   200   200   200   200   200  200
admin:index                            login 200  200  200   200   200   200   403   403  200
admin:evaluations_sheet_changelist     login 200  200  200   200   200   200   403   403  200
admin:contributions_contribution_changelist login 200 200 200 200 200   200   403   403  200
admin:accounts_user_changelist         login 403  403  403   403   403   403   403   403  200
admin:audit_auditentry_changelist   login 403  403  403   403   403   200   403   403  200
admin:notices_outgoingmail_changelist login 403  403  403   403   403   403   403   403  200
admin:evaluations_cycle_add            login 403  403  403   403   403   200   403   403  403
admin:evaluations_sheet_add            login 403  403  403   403   403   403   403   403  403
"""
# fmt: on


def rows(table):
    return [line.split() for line in table.strip().splitlines()]


def test_every_address_is_in_the_tables():
    assert {name for name, *_ in rows(GET)} == OURS
    assert {name for name, *_ in rows(POST)} == OURS


def table(text, state):
    """Return the rows of a table that have a sheet in ``state``: cells by name and column."""
    return {
        name: dict(zip(COLUMNS, cells, strict=True))
        for name, row_state, *cells in rows(text)
        if row_state == state
    }


@pytest.mark.sweep
@pytest.mark.parametrize("state", State)
def test_what_everybody_is_shown(ministry, clients, state):
    sheet, expected = ministry.put(state), table(GET, state)
    assert {
        name: {column: status(clients[column].get(address(name, sheet))) for column in COLUMNS}
        for name in expected
    } == expected


@pytest.mark.sweep
def test_a_head_request_is_answered_like_the_page(ministry, clients):
    for name in sorted(OURS - ANSWERS):
        url = address(name, ministry.sheet)
        for column in ("anonymous", "officer", "other_officer"):
            assert clients[column].head(url).status_code == clients[column].get(url).status_code


@pytest.mark.sweep
@pytest.mark.parametrize("state", sorted({state for _, state, *_ in rows(POST)}))
def test_what_everybody_may_send(ministry, clients, state):
    sheet, expected = ministry.put(State(state)), table(POST, state)
    taken = {}
    for name in expected:
        url, fields = address(name, sheet), fields_for(name, sheet) | {"seen": mark(name, sheet)}
        taken[name] = {column: posted(clients[column], url, fields) for column in COLUMNS}
    assert taken == expected


def test_the_doors(clients):
    expected = {name: dict(zip(COLUMNS, cells, strict=True)) for name, *cells in rows(DOORS)}
    assert {
        name: {column: beyond(clients[column], reverse(name)) for column in COLUMNS}
        for name in expected
    } == expected


def beyond(client, url):
    """Return the status of an address, beyond the admin's own sign-in which is only a signpost."""
    answer = client.get(url)
    if answer.status_code == 302 and answer["Location"].startswith("/admin/login/"):
        answer = client.get(answer["Location"])
    return status(answer)


@pytest.mark.parametrize(
    "url",
    [
        "/sheets/0/",
        "/sheets/99999999999999999999999/",
        "/published/99999999999999999999999.pdf",
        "/nai/",
        "/accounts/email/",
    ],
)
def test_what_does_not_exist_is_politely_not_found(clients, url):
    answer = clients["officer"].get(url)
    assert answer.status_code == 404
    assert "<h1>ページが見つかりません</h1>" in answer.content.decode()


def test_somebody_elses_sheet_looks_like_no_sheet(ministry, clients):
    theirs = clients["officer"].get(f"/sheets/{ministry.other_sheet.pk}/")
    nobodys = clients["officer"].get("/sheets/999999/")
    assert (theirs.status_code, without_tokens(theirs)) == (404, without_tokens(nobodys))


def without_tokens(answer):
    """Return a page without the token of the sign-out button, which is never twice the same."""
    return re.sub(r"\b\w{64}\b", "", answer.content.decode())


def test_an_unknown_section_item_or_action_is_not_found(ministry, clients):
    for path in ("sections/nai/", "places/nai/", "act/nai/", "act/erase/", "places/first_row/"):
        assert clients["officer"].get(f"/sheets/{ministry.sheet.pk}/{path}").status_code == 404
    for key in ("nai", "staffing", "overall_grade", "budget_amount"):
        url = f"/sheets/{ministry.sheet.pk}/entries/{key}/"
        assert clients["officer"].post(url, {"text": "x", "version": 0}).status_code == 404
