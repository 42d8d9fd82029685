"""Who reaches which page: every address × every role, with its answer written out.

    200, 302 …  the status of the answer          login  led to the sign-in
    404         so is somebody else's sheet       403    told who does it, and how to get it done
    405         the address only shows, or only takes

Columns: nobody signed in; officer and head of the sheet's division, and of another one; reviewer;
coordinator; viewer; somebody without any role; the administrator, who has no part in the sheets.
"""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from accounts.domain.messages import tell
from accounts.enums import MessageKind
from accounts.models import AuditEntry, Message, User
from evaluations.domain.booklets.asking import ask_for_booklet
from evaluations.enums import BookletKind, State
from evaluations.models import Booklet, Sheet, Transition
from tests.evaluations.review import say
from tests.evaluations.scene import ROLES, make_ministry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

COLUMNS = ("anonymous", *ROLES)

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
sheet_bulk           draft           login 302  302  302   302   302   302   302   302  302
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
sheet_bulk           draft           login 302  302  302   302   302   302   302   302  302
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
admin:accounts_auditentry_changelist   login 403  403  403   403   403   200   403   403  200
admin:accounts_outgoingmail_changelist login 403  403  403   403   403   403   403   403  200
admin:evaluations_cycle_add            login 403  403  403   403   403   200   403   403  403
admin:evaluations_sheet_add            login 403  403  403   403   403   403   403   403  403
"""
# fmt: on


def rows(table):
    return [line.split() for line in table.strip().splitlines()]


def project_urls(resolver=None, namespace=""):
    """Return every named address of the site, admin and sign-in included."""
    names = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            names |= project_urls(pattern, inner)
        elif pattern.name:
            names.add(namespace + pattern.name)
    return names


OURS = {name for name in project_urls() if not name.startswith(("admin:", "account_"))}

# These are of no sheet in particular.
OF_NO_SHEET = {
    "booklet_cancel",
    "booklet_detail",
    "booklet_file",
    "booklet_list",
    "booklet_new",
    "booklet_progress",
    "calibration",
    "point_list",
    "deputies",
    "home",
    "message_open",
    "messages",
    "messages_read",
    "sheet_bulk",
    "sheet_list",
    "sheet_queue",
    "token",
    "verify_pdf",
    "workflow_guide",
}

# These take something and show nothing.
ANSWERS = {
    "booklet_cancel",
    "deputy_end",
    "entry_autosave",
    "entry_save",
    "message_open",
    "messages_read",
    "point_remove",
    "presence",
    "suggestion_withdraw",
}


def test_every_address_is_in_the_tables():
    assert {name for name, *_ in rows(GET)} == OURS
    assert {name for name, *_ in rows(POST)} == OURS


ARGUMENTS = {
    "key": "plan",
    "action": "submit",
    "section_key": "pdca",
    "slug": "officer",
    "number": 1,
    "point": 1,
}


def address(name, sheet):
    """Return the address called ``name`` for ``sheet``."""
    pattern = next(p for p in get_resolver().reverse_dict.getlist(name))
    parameters = pattern[0][0][1]
    values = ARGUMENTS | {"pk": sheet.pk}
    if name == "message_open":
        values["pk"] = message_on(sheet)
    elif name.startswith("booklet_"):
        values["pk"] = Booklet.objects.get().pk
    values |= said_of(sheet)
    return reverse(name, kwargs={parameter: values[parameter] for parameter in parameters})


def said_of(sheet):
    """Return what leads to the comment and the suggestion on ``sheet``."""
    threads, suggestions = sheet.comment_threads.all(), sheet.suggestions.all()
    return {"thread_pk": threads[0].pk, "suggestion_pk": suggestions[0].pk}


def message_on(sheet):
    """Return the number of the message that tells the officer of ``sheet``, told if need be."""
    officer = User.objects.get(display_name="担当 花子")
    tell(
        [officer],
        kind=MessageKind.NEWS,
        subject=f"確認：{sheet}",
        body="",
        path="/",
        key=f"sheet:{sheet.pk}",
    )
    return Message.objects.get(key=f"sheet:{sheet.pk}").pk


@pytest.fixture
def ministry():
    """A ministry in which each sheet has been through a review, and one is to be a booklet."""
    ministry = make_ministry()
    for sheet in (ministry.sheet, ministry.other_sheet):
        say(ministry.put(State.REVIEW, sheet), ministry.people["reviewer"])
        ministry.put(State.DRAFT, sheet)
    asked = {"kind": BookletKind.LIST, "selection": [], "actor": ministry.people["officer"]}
    ask_for_booklet([ministry.sheet.pk], **asked)
    return ministry


@pytest.fixture
def clients(ministry):
    """A browser for each column of the tables."""
    browsers = {name: Client(raise_request_exception=False) for name in COLUMNS}
    for name in ROLES:
        browsers[name].force_login(ministry.people[name])
    return browsers


def status(answer):
    """Return an answer's status as the tables write it."""
    if answer.status_code == 302 and answer["Location"].startswith("/accounts/login/"):
        return "login"
    return str(answer.status_code)


def table(text, state):
    """Return the rows of a table that have a sheet in ``state``: cells by name and column."""
    return {
        name: dict(zip(COLUMNS, cells, strict=True))
        for name, row_state, *cells in rows(text)
        if row_state == state
    }


@pytest.mark.parametrize("state", State)
def test_what_everybody_is_shown(ministry, clients, state):
    sheet, expected = ministry.put(state), table(GET, state)
    assert {
        name: {column: status(clients[column].get(address(name, sheet))) for column in COLUMNS}
        for name in expected
    } == expected


def test_a_head_request_is_answered_like_the_page(ministry, clients):
    for name in sorted(OURS - ANSWERS):
        url = address(name, ministry.sheet)
        for column in ("anonymous", "officer", "other_officer"):
            assert clients[column].head(url).status_code == clients[column].get(url).status_code


class _Undo(Exception):
    pass


def posted(client, url, fields):
    """Post, note the status, and undo whatever came of it."""
    result = ""
    try:
        with transaction.atomic():
            person = {"person": client.session.get("_auth_user_id", "")}
            result = status(client.post(url, fields | person))
            raise _Undo
    except _Undo:
        pass
    return result


def fields_for(name, sheet):
    """Return everything any of the forms asks for."""
    return {
        "text": "・新しい計画。",
        "tab": "0123456789abcdef",
        "version": sheet.version,
        "comment": "理由を述べます。",
        "audience": "division",
        "kind": "pdf" if name == "booklet_new" else "answer",
        "decision": "take_all",
        "grade": "A",
        "reason": "成果が着実である。",
        "as_of": "2018年3月末",
        "senior_definition": "D1以上",
        "budget_amount_thousand_yen": "1,234",
        "status": "not_received",
        "owner_division": sheet.division_id,
        "due_date": "2100年3月末",
    }


def mark(name, sheet):
    """Return the mark that the form of a figure shows."""
    from evaluations.domain.figures import mark_of  # noqa: PLC0415 -- of use here alone

    records = {
        "budget_edit": sheet.contribution.amounts,
        "report_edit": sheet.contribution.financial_reports,
    }
    return mark_of(records[name].get()) if name in records else ""


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


# --- nothing of it leaks ---------------------------------------------------------------------
SECRET_NAME, SECRET_TEXT = "ゼータ計画", "極秘の合言葉"
LISTS = [
    "/",
    "/sheets/",
    f"/sheets/?q={SECRET_NAME}",
    f"/sheets/?q={SECRET_TEXT}",
    "/sheets/?state=draft",
    "/sheets/?page=2",
    "/published/",
    "/workflow/",
    "/messages/",
    "/improvement-points/?status=all",
    "/calibration/",
    "/admin/evaluations/sheet/",
    f"/admin/evaluations/sheet/?q={SECRET_TEXT}",
    f"/admin/evaluations/sheet/?search_text__contains={SECRET_TEXT}",
]


def words_shown(client, url):
    """Return the secrets a page shows besides the words that were asked for."""
    page = client.get(url).content.decode()
    page = re.sub(r'<input[^>]*>|href="[^"]*"', "", page)
    return {word for word in (SECRET_NAME, SECRET_TEXT) if word in page}


@pytest.mark.parametrize("role", ["officer", "head", "viewer", "nobody", "superuser"])
def test_the_other_divisions_secret_appears_on_no_list(clients, role):
    assert {url: words_shown(clients[role], url) for url in LISTS} == {url: set() for url in LISTS}


@pytest.mark.parametrize("role", ["other_officer", "other_head", "reviewer", "coordinator"])
def test_the_secret_is_there_for_those_whose_it_is(clients, role):
    assert words_shown(clients[role], "/sheets/") == {SECRET_NAME}
    assert words_shown(clients[role], f"/sheets/?q={SECRET_TEXT}") == {SECRET_NAME}


@pytest.mark.parametrize("role", ["officer", "head"])
def test_the_register_tells_names_and_no_texts(clients, role):
    names = words_shown(clients[role], "/admin/contributions/contribution/")
    assert names == {SECRET_NAME}
    for lookup in ("sheets__search_text__contains", "sheets__pdcaentrys__text__contains"):
        answer = clients[role].get(f"/admin/contributions/contribution/?{lookup}={SECRET_TEXT}")
        assert answer.status_code in {302, 400}


def test_every_page_of_the_other_divisions_sheet_is_closed(ministry, clients):
    """For every state, since what is decided opens to readers and to nobody else."""
    for state in State:
        other = ministry.put(state, ministry.other_sheet)
        for name in sorted(OURS - OF_NO_SHEET):
            if name.startswith(("published", "help")):
                continue
            answer = clients["officer"].get(address(name, other))
            assert (name, answer.status_code) == (name, 405 if name in ANSWERS else 404)
            assert SECRET_TEXT not in answer.content.decode()


def test_the_admin_page_of_the_other_divisions_sheet_is_closed(ministry, clients):
    for page in ("change", "history", "delete"):
        url = reverse(f"admin:evaluations_sheet_{page}", args=[ministry.other_sheet.pk])
        answer = clients["officer"].get(url, follow=True)
        assert SECRET_NAME not in answer.content.decode()
        assert answer.redirect_chain or answer.status_code in {403, 404}


def test_a_division_that_hands_over_keeps_the_years_it_wrote(ministry, clients):
    """A sheet belongs to the division of its year, not to the contribution's present one."""
    contribution = ministry.sheet.contribution
    contribution.responsible_division = ministry.other_sheet.division
    contribution.save()
    url = address("sheet_detail", ministry.sheet)
    assert [clients[name].get(url).status_code for name in ("officer", "other_officer")] == [
        200,
        404,
    ]


# --- what is public --------------------------------------------------------------------------
def test_a_published_sheet_under_correction_stays_public_as_it_was(ministry, clients):
    sheet, everybody = ministry.put(State.PUBLISHED), clients["anonymous"]
    url = address("published_pdf", sheet)
    assert everybody.get(url).content == b"%PDF-1.7 first"

    answer = clients["coordinator"].post(
        f"/sheets/{sheet.pk}/act/reopen/", {"comment": "誤記の訂正。", "version": sheet.version}
    )
    assert (answer.status_code, Sheet.objects.get(pk=sheet.pk).state) == (302, "returned")
    assert everybody.get(url).content == b"%PDF-1.7 first"

    ministry.issue(sheet, b"%PDF-1.7 second")  # approved again, and not yet published
    assert everybody.get(url).content == b"%PDF-1.7 first"

    ministry.publish(sheet, sheet.revisions.latest("number").issued_pdf)
    assert everybody.get(url).content == b"%PDF-1.7 second"
    assert [p.is_current for p in sheet.publications.order_by("pk")] == [False, True]


def test_the_public_list_holds_what_is_published_and_nothing_else(ministry, clients):
    for state in State:
        if state != State.PUBLISHED:
            ministry.put(state, ministry.other_sheet)
            assert words_shown(clients["anonymous"], "/published/") == set()
    ministry.put(State.PUBLISHED, ministry.other_sheet)
    assert words_shown(clients["anonymous"], "/published/") == {SECRET_NAME}


# --- looking changes nothing, and no page carries code ---------------------------------------
OUR_TABLES = re.compile(
    r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"(accounts|contributions|staffing|evaluations)_'
)
INLINE = re.compile(
    r"""\sstyle\s*=|<style|<script(?![^>]*\ssrc=)(?![^>]*type="application/json")[^>]*>"""
    r"""|\son[a-z]+\s*=\s*["']|javascript:""",
    re.IGNORECASE,
)
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def every_url(ministry):
    """Return every address that can be looked at, each with something that exists."""
    resolver = get_resolver()
    urls = [address(name, ministry.sheet) for name in sorted(OURS)]
    urls += [f"/sheets/{ministry.sheet.pk}/sections/{s.key}/" for s in sections(ministry.sheet)]
    urls += [f"/sheets/{ministry.sheet.pk}/act/{a}/" for a in ("submit", "exclude", "approve")]
    urls += [
        "/sheets/?q=着実&state=draft&page=9",
        f"/sheets/{ministry.sheet.pk}/staffing/?as_of=2016-12-31",
    ]
    first = {
        model._meta.label_lower.replace(".", "_"): record.pk
        for model in {type(r) for r in registered()}
        if (record := model._default_manager.first())
    }
    for name in sorted(project_urls(resolver) - OURS):
        admin_record = re.fullmatch(r"admin:(\w+?_\w+?)_(change|history|delete)", name)
        if admin_record and admin_record[1] in first:
            urls.append(reverse(name, args=[first[admin_record[1]]]))
        elif name in {"admin:auth_user_password_change", "admin:accounts_user_transfer"}:
            urls.append(reverse(name, args=[ministry.people["officer"].pk]))
        elif name == "admin:app_list":
            urls.append(reverse(name, args=["evaluations"]))
        elif name == "admin:view_on_site":
            continue  # nothing of ours has such a page
        elif name == "account_reset_password_from_key":
            urls.append(reverse(name, args=["1", "set-password"]))
        elif not admin_record:
            urls.append(reverse(name))
    return urls


def sections(sheet):
    return sheet.edition.definition.sections


def registered():
    from django.contrib import admin  # noqa: PLC0415 -- of use here alone

    return [model() for model in admin.site._registry]


@pytest.mark.parametrize(
    ("column", "state"),
    [
        ("anonymous", State.PUBLISHED),
        ("officer", State.DRAFT),
        ("officer", State.PUBLISHED),
        ("reviewer", State.REVIEW),
        ("coordinator", State.APPROVED),
        ("viewer", State.PUBLISHED),
        ("superuser", State.DRAFT),
    ],
)
def test_looking_at_every_page_changes_nothing_and_runs_no_code(ministry, clients, column, state):
    ministry.put(state)
    entries = AuditEntry.objects.count()
    for url in every_url(ministry):
        with CaptureQueriesContext(connection) as queries:
            answer = clients[column].get(url)
        assert (url, answer.status_code < 500) == (url, True)
        assert (url, [q["sql"] for q in queries if OUR_TABLES.match(q["sql"])]) == (url, [])
        policy = answer["Content-Security-Policy"]
        assert (url, set(policy.split("; "))) == (url, POLICY)
        if answer["Content-Type"].startswith("text/html"):
            assert (url, INLINE.findall(answer.content.decode())) == (url, [])
    assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize(
    "code",
    [
        '<p style="color: red">',
        "<style>",
        "<script>alert(1)</script>",
        '<a onclick="x()">',
        '<a href="javascript:x()">',
    ],
)
def test_inline_code_would_be_seen(code):
    assert len(INLINE.findall(f"<body>{code}</body>")) == 1
    assert INLINE.findall('<script type="module" src="/static/js/focus.js"></script>') == []


def test_an_undefined_variable_would_be_seen():
    with pytest.raises(pytest.fail.Exception, match="undefined variable 'state'"):
        render_to_string("components/chip.html", {"label": "作成中"})


def test_a_write_would_be_seen(ministry, clients):
    with CaptureQueriesContext(connection) as queries:
        fields = fields_for("entry_save", ministry.sheet) | {"version": 1}
        clients["officer"].post(address("entry_save", ministry.sheet), fields)
    written = [found[2] for q in queries if (found := OUR_TABLES.match(q["sql"]))]
    assert set(written) == {"accounts", "evaluations"}


def test_the_pages_forbid_being_framed_sniffed_and_told_on(clients):
    headers = clients["officer"].get("/").headers
    assert {
        name: headers[name]
        for name in (
            "X-Frame-Options",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
        )
    } == {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


# --- forged requests -------------------------------------------------------------------------
WRITING = (
    "entry_save",
    "entry_autosave",
    "presence",
    "sheet_act",
    "sheet_grade",
    "second_reading",
    "point_add",
    "point_edit",
    "point_remove",
    "point_answer",
    "staffing_edit",
    "budget_edit",
    "report_edit",
    "messages_read",
    "message_open",
)


@pytest.mark.parametrize("name", WRITING)
def test_a_request_forged_elsewhere_is_refused(ministry, name):
    sheet = ministry.put(State.DRAFT)
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.people["officer"])
    answer = client.post(
        address(name, sheet), fields_for(name, sheet) | {"seen": mark(name, sheet)}
    )
    assert answer.status_code == 403
    assert "<h1>送信を受け付けられませんでした</h1>" in answer.content.decode()
    assert (Sheet.objects.get(pk=sheet.pk).state, Transition.objects.count()) == ("draft", 0)


@pytest.mark.parametrize(
    "url", ["/accounts/login/", "/accounts/logout/", "/admin/evaluations/sheet/"]
)
def test_the_doors_refuse_forged_requests_too(ministry, url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.people["coordinator"])
    assert client.post(url, {"login": "x", "password": "y"}).status_code == 403


def test_a_page_gives_the_token_its_form_needs(ministry):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.people["officer"])
    url = address("sheet_act", ministry.sheet)
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(url).content.decode()
    )[1]
    fields = {"version": ministry.sheet.version, "csrfmiddlewaretoken": token}
    assert client.post(url, fields).status_code == 302
    assert Sheet.objects.get(pk=ministry.sheet.pk).state == State.DIVISION_CHECK


# --- an installation behind https ----------------------------------------------------------------
BEHIND_HTTPS = """
import json
import django
django.setup()
from django.conf import settings
from django.test import Client
plain = Client(headers={"host": "localhost"}).get("/published/")
answer = Client(headers={"host": "localhost"}).get("/accounts/login/", secure=True)
cookie = answer.cookies["csrftoken"]
print(json.dumps({
    "redirect": [plain.status_code, plain["Location"]],
    "hsts": answer.headers["Strict-Transport-Security"],
    "csrf": [bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"]],
    "session": [
        settings.SESSION_COOKIE_SECURE,
        settings.SESSION_COOKIE_HTTPONLY,
        settings.SESSION_COOKIE_SAMESITE,
    ],
    "debug": settings.DEBUG,
}))
"""


def test_behind_https_nothing_travels_in_the_clear(tmp_path):
    """The real settings, in a process of its own: they are read once, at the start."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "HTTPS": "true",
    }
    done = subprocess.run(
        [sys.executable, "-c", BEHIND_HTTPS],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "redirect": [301, "https://localhost/published/"],
        "hsts": "max-age=31536000; includeSubDomains; preload",
        "csrf": [True, True, "Lax"],
        "session": [True, True, "Lax"],
        "debug": False,
    }
