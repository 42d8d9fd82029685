"""Whatever is refused, and for whatever reason, the words come back with one press to send them."""

from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evaluations.enums import State
from evaluations.models import Comment, Transition
from tests.evaluations.access.addresses import address
from tests.factories import PASSWORD, UserFactory
from tests.sent_forms import given_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

WORDS = "・職員数の「推移」を<b>書く</b>。\n  ・次の行も残る。"
Given = tuple[str, dict[str, str]]
OURS = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
OLD_TOKEN = {"csrfmiddlewaretoken": "a" * 64}

# Every form in which a person types words, and what is sent along with them.
FORMS: dict[str, dict[str, str]] = {
    "admin": {"name_ja": WORDS, "name_kana": "こくさい", "seen": "a mark", "_save": "保存"},
    "booklet_new": {"kind": "pdf"},
    "bulk_step_new": {"comment": WORDS, "sheet": "1", "action": "return", "confirmed": "yes"},
    "budget_edit": {"budget_amount_thousand_yen": "1,234", "mark": "a mark"},
    "comment_thread": {"text": WORDS, "kind": "addressed", "from": "list"},
    "deputies": {"reason": WORDS, "membership": "1", "valid_from": "2026-04-01"},
    "entry_comments": {"text": WORDS, "quote": "着実", "start": "3", "audience": "division"},
    "entry_save": {"text": WORDS, "version": "1"},
    "point_add": {"text": WORDS, "item": "plan", "version": "1"},
    "point_answer": {"text": WORDS, "status": "done", "version": "0"},
    "point_edit": {"text": WORDS, "item": "plan", "version": "1"},
    "report_edit": {"status": "received", "received_month": "2018年6月"},
    "second_reading": {"reason": WORDS, "grade": "A", "version": "1"},
    "sheet_act": {"comment": WORDS, "version": "1"},
    "sheet_answers": {"R08": WORDS, "was_R08": "", "R09": "前の回答", "was_R09": "前の回答"},
    "sheet_grade": {"reason": WORDS, "grade": "A", "version": "1", "relevance__reason": WORDS},
    "staffing_edit": {"as_of": "2018年3月末", "japanese_staff": "25"},
    "suggestion_decide": {"note": WORDS, "decision": "take", "taken": "0", "version": "1"},
    "suggestion_new": {"text": WORDS, "reason": WORDS, "version": "1"},
}  # fmt: skip


@pytest.fixture
def urls(ministry: Any) -> dict[str, str]:
    """Return the address of each form."""
    organization = ministry.sheet.contribution.organization
    admin = reverse("admin:contributions_organization_change", args=[organization.pk])
    return {name: address(name, ministry.sheet) for name in FORMS if name != "admin"} | {
        "admin": admin
    }


@pytest.fixture
def whole(urls: dict[str, str]) -> dict[str, Given]:
    """Return what comes back where nothing is lost: every form with all that was sent."""
    return {name: (urls[name], fields) for name, fields in FORMS.items()}


def officer_of(ministry: Any, **options: Any) -> Client:
    client = Client(headers=OURS, **options)
    client.force_login(ministry.people["officer"])
    return client


def token_of(client: Client) -> dict[str, str]:
    return {"csrfmiddlewaretoken": client.get("/accounts/token/").json()["csrf"]}


def given(answer: HttpResponse) -> Given:
    """Return the address and the fields, but for the token, of the form that was given back."""
    found = given_back(answer)
    assert found is not None
    return found[0], {name: v for name, v in found[1].items() if name != "csrfmiddlewaretoken"}


def press(client: Client, answer: HttpResponse) -> HttpResponse:
    """Send the form that was given back, as it is."""
    found = given_back(answer)
    assert found is not None
    return client.post(*found)


# --- every form, every reason --------------------------------------------------------------------
def test_a_form_of_another_session_comes_back_whole(ministry, urls, whole):
    client = officer_of(ministry, enforce_csrf_checks=True)
    answers = {name: client.post(urls[name], FORMS[name] | OLD_TOKEN) for name in FORMS}
    assert {answer.status_code for answer in answers.values()} == {403}
    assert {name: given(answer) for name, answer in answers.items()} == whole


def test_a_form_of_a_session_that_is_over_comes_back_after_signing_in(ministry, urls, whole):
    login = {"login": ministry.people["officer"].username, "password": PASSWORD}
    back = {}
    for name in FORMS:
        client = Client(headers=OURS, enforce_csrf_checks=True)
        answer = client.post(urls[name], FORMS[name] | token_of(client))
        assert (answer.status_code, answer.headers.get("Location")) == (401, None)
        action, fields = given(answer)
        back[name] = given(client.post(action, fields | login | token_of(client)))
    assert back == whole


def test_a_form_comes_back_where_the_database_is_away(ministry, urls, whole):
    client = officer_of(ministry, raise_request_exception=False)
    with connection.execute_wrapper(_away):
        answers = {name: client.post(urls[name], FORMS[name]) for name in FORMS}
    assert {answer.status_code for answer in answers.values()} == {503}
    assert {answer.headers["Retry-After"] for answer in answers.values()} == {"30"}
    assert {name: given(answer) for name, answer in answers.items()} == whole


def _away(*_: object) -> None:
    raise OperationalError("database is locked")


# --- pressed once, it is done --------------------------------------------------------------------
COMMENT = {"text": WORDS, "audience": "division"}


@pytest.fixture
def in_review(ministry):
    return address("entry_comments", ministry.put(State.REVIEW))


@pytest.fixture
def reviewer(ministry):
    return ministry.people["reviewer"]


def stored(reviewer):
    said = Comment.objects.filter(author=reviewer, text=WORDS)
    return list(said.values_list("text", flat=True))


def test_signed_out_and_in_again_one_press_sends_it(reviewer, in_review):
    client = Client(headers=OURS, enforce_csrf_checks=True)
    client.force_login(reviewer)
    old = token_of(client)
    client.logout()
    client.cookies.pop(settings.CSRF_COOKIE_NAME, None)
    client.force_login(reviewer)
    token_of(client)
    answer = client.post(in_review, COMMENT | old)
    assert (answer.status_code, stored(reviewer)) == (403, [])
    assert press(client, answer).status_code == 302
    assert stored(reviewer) == [WORDS]


def test_the_session_over_signing_in_beside_the_words_sends_nothing_by_itself(reviewer, in_review):
    client = Client(headers=OURS, enforce_csrf_checks=True)
    answer = client.post(in_review, COMMENT | token_of(client))
    action, fields = given_back(answer)
    assert "&lt;b&gt;書く&lt;/b&gt;" in answer.content.decode()
    # A slip of the password keeps the words; then they are sent as who signed in, when pressed.
    wrong = client.post(action, fields | {"login": reviewer.username, "password": "not this"})
    action, fields = given_back(wrong)
    right = client.post(action, fields | {"login": reviewer.username, "password": PASSWORD})
    assert "審査 一郎さんとしてもう一度送信" in right.content.decode()
    assert stored(reviewer) == []
    assert press(client, right).status_code == 302
    assert stored(reviewer) == [WORDS]


def test_signed_in_in_another_tab_meanwhile_is_enough(reviewer, in_review):
    client = Client(headers=OURS, enforce_csrf_checks=True)
    answer = client.post(in_review, COMMENT | token_of(client))
    client.force_login(reviewer)
    client.cookies.pop(settings.CSRF_COOKIE_NAME)
    token_of(client)
    answer = press(client, answer)
    assert press(client, answer).status_code == 302
    assert stored(reviewer) == [WORDS]


def test_the_database_locked_one_press_sends_it(reviewer, in_review):
    client = Client(headers=OURS, raise_request_exception=False)
    client.force_login(reviewer)
    with connection.execute_wrapper(_locked):
        answer = client.post(in_review, COMMENT)
    assert "混み合っているため、受け付けられませんでした" in answer.content.decode()
    assert (answer.status_code, stored(reviewer)) == (503, [])
    assert press(client, answer).status_code == 302
    assert stored(reviewer) == [WORDS]


def _locked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        raise OperationalError("database is locked")
    return execute(sql, params, many, context)


def test_a_fault_of_ours_gives_it_back_too(reviewer, in_review, monkeypatch, caplog):
    client = Client(headers=OURS, raise_request_exception=False)
    client.force_login(reviewer)
    with monkeypatch.context() as broken:
        broken.setattr("evaluations.views.comments.open_thread", None)
        answer = client.post(in_review, COMMENT)
    assert answer.status_code == 500
    assert "Internal Server Error" in caplog.text
    assert "書く" not in caplog.text
    assert press(client, answer).status_code == 302
    assert stored(reviewer) == [WORDS]


def test_a_role_that_is_back_sends_it(ministry, in_review):
    """Refused because the role has ended (404): the button stays, for when it is registered."""
    client = officer_of(ministry)
    role = ministry.people["officer"].memberships.get()
    role.delete()
    answer = client.post(address("sheet_act", ministry.sheet), {"comment": WORDS, "version": "1"})
    assert answer.status_code == 404
    assert given(answer)[1]["comment"] == WORDS


def test_a_sheet_that_moved_on_gives_the_words_and_the_page_of_now(ministry):
    sheet = ministry.put(State.REVIEW)
    url = address("sheet_act", sheet)
    answer = officer_of(ministry).post(url, {"comment": WORDS, "version": sheet.version + 7})
    assert (answer.status_code, given_back(answer)) == (409, None)
    assert "&lt;b&gt;書く&lt;/b&gt;" in answer.content.decode()
    assert f'href="{url}">今の画面を開く' in answer.content.decode()
    assert Transition.objects.filter(sheet=sheet, comment=WORDS).count() == 0


# --- what is not given back ----------------------------------------------------------------------
@pytest.mark.parametrize(
    "elsewhere",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    ],
)
def test_what_another_site_made_up_is_not_put_one_press_away(ministry, urls, elsewhere):
    client = Client(headers=elsewhere, enforce_csrf_checks=True)
    client.force_login(ministry.people["officer"])
    answer = client.post(urls["sheet_act"], FORMS["sheet_act"])
    assert answer.status_code == 403
    assert "<h1>送信を受け付けられませんでした</h1>" in answer.content.decode()
    assert "書く" not in answer.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "/accounts/login/",
        "/accounts/logout/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/admin/login/",
        "/admin/logout/",
        "/admin/password_change/",
    ],
)
def test_no_page_of_the_sign_in_gives_anything_back(ministry, url):
    client = officer_of(ministry, enforce_csrf_checks=True)
    sent = {"login": "hanako", "password": "secret word", "oldpassword": "secret word", "next": "/"}
    answer = client.post(url, sent | OLD_TOKEN)
    assert (answer.status_code, given_back(answer)) == (403, None)
    assert "secret" not in answer.content.decode()


def test_passwords_and_tokens_stay_out_of_a_form_that_comes_back():
    client = Client(headers=OURS, enforce_csrf_checks=True)
    client.force_login(UserFactory(is_superuser=True))
    sent = {"display_name": "新任 七子", "password1": "secret word", "usable_password": "true"}
    answer = client.post("/admin/accounts/user/add/", sent | OLD_TOKEN)
    assert given(answer)[1] == {"display_name": "新任 七子"}
    assert "secret" not in answer.content.decode()
    assert "a" * 64 not in answer.content.decode()


def test_only_what_was_held_here_is_carried_through_a_sign_in(ministry):
    client = Client(headers=OURS)
    answer = client.post("/accounts/send/", {"held": "made:up:elsewhere"})
    assert answer.headers["Location"] == "/accounts/login/"
    assert client.get("/accounts/send/").headers["Location"] == "/accounts/login/"
