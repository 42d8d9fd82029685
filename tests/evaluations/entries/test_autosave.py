"""Saving by itself: what the page is told, so that it never has to guess and never loses a word."""

import re

import pytest
from django.test import Client

from accounts.models import User
from audit.models import AuditEntry
from evaluations.enums import State
from evaluations.models import PdcaEntry, Revision
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

WORDS = "・期間中の取組を着実に進めた。"
JSON = {"Accept": "application/json"}


@pytest.fixture
def officer(ministry) -> User:
    return ministry.people["officer"]


class Desk:
    """A browser with the sheet's page open in it."""

    def __init__(self, sheet, person, **options):
        self.client = Client(headers=JSON, **options)
        self.client.force_login(person)
        self.person = person
        self.url = f"/sheets/{sheet.pk}/entries/plan/autosave/"

    def save(self, text, version, **fields):
        return self.client.post(
            self.url, {"text": text, "version": version, "person": self.person.pk} | fields
        )


@pytest.fixture
def desk(ministry, officer) -> Desk:
    return Desk(ministry.sheet, officer)


@pytest.fixture
def plan(ministry):
    def stored():
        entry = PdcaEntry.objects.get(sheet=ministry.sheet, key="plan")
        return entry.text, entry.version

    return stored


# --- saved -----------------------------------------------------------------------------------
def test_the_page_is_told_what_has_changed_on_it(desk, plan):
    answer = desk.save("・計画。\n", 1)
    told = answer.json()
    assert (answer.status_code, plan()) == (200, ("・計画。", 2))
    assert set(told) == {"version", "saved_at", "characters", "findings", "steps"}
    assert (told["version"], told["characters"]) == (2, 4)
    assert re.fullmatch(r"\d\d:\d\d", told["saved_at"])
    assert "この欄の点検結果" in told["findings"]
    assert 'aria-current="step"' in told["steps"]
    assert "no-store" in desk.client.get("/accounts/token/")["Cache-Control"]


def test_the_findings_are_those_of_the_new_text(desk):
    assert "PLAN" in desk.save("", 1).json()["findings"]
    assert "PLAN" not in desk.save(WORDS, 2).json()["findings"]


def test_no_versions_of_the_sheet_are_made_and_the_record_is(desk):
    before = AuditEntry.objects.count()
    for version in (1, 2, 3):
        assert desk.save(f"・第{version}稿。", version).json()["version"] == version + 1
    assert Revision.objects.count() == 0
    assert AuditEntry.objects.count() == before + 3


def test_the_same_text_once_more_is_no_conflict_and_no_change(desk, plan):
    desk.save("・計画。", 1)
    again = desk.save("・計画。", 1)
    assert (again.status_code, again.json()["version"], plan()) == (200, 2, ("・計画。", 2))


# --- an answer that was lost on the way --------------------------------------------------------
def test_what_was_stored_without_an_answer_is_not_in_its_own_way(desk, plan):
    desk.save("・計画。 ", 1)  # the answer is lost, and she writes on
    answer = desk.save("・計画。続き。", 1, unanswered=["・別の文。", "・計画。 "])
    assert (answer.status_code, plan()) == (200, ("・計画。続き。", 3))


def test_a_text_emptied_without_an_answer_is_known_too(desk, plan):
    desk.save("", 1)
    assert desk.save("・計画。", 1, unanswered=[""]).status_code == 200
    assert desk.save("・新計画。", 1).status_code == 409


def test_unanswered_texts_open_no_way_over_somebody_elses(desk, ministry, officer, plan):
    colleague = ministry.people["colleague"] = User.objects.create(username="taro")
    colleague.memberships.create(
        role="officer", division=ministry.sheet.division, valid_from="2000-01-01"
    )
    Desk(ministry.sheet, colleague).save("・太郎の計画。", 1)
    answer = desk.save("・計画。", 1, unanswered=["・太郎の計画。"])
    assert (answer.status_code, plan()) == (409, ("・太郎の計画。", 2))


# --- both texts --------------------------------------------------------------------------------
def test_a_conflict_brings_what_is_stored_and_the_differences(desk, plan):
    answer = desk.save("・私の取組を着実に進めた。", 0)
    told = answer.json()
    assert (answer.status_code, plan()) == (409, (WORDS, 1))
    assert (told["version"], told["text"]) == (1, WORDS)
    assert re.findall(r"<(del|ins)><span[^>]*>(.*?)</span>(.*?)<span", told["html"]) == [
        ("del", "［保存されている文章のみ：", "期間中"),
        ("ins", "［あなたの文章のみ：", "私"),
    ]
    assert "編集中にほかの人が保存しました。" in told["message"]  # the example has no author
    assert desk.save("・私の計画。", told["version"]).status_code == 200


def test_two_pages_of_one_person_are_told_so(desk):
    desk.save("・こちらの計画。", 1)
    told = desk.save("・あちらの計画。", 1)
    assert (told.status_code, "あなたが別の画面で保存しました。" in told.json()["message"]) == (
        409,
        True,
    )


# --- refused -----------------------------------------------------------------------------------
def test_a_text_beyond_the_limits_is_refused_with_the_reason(desk, plan):
    answer = desk.save("あ" * 5001, 1)
    assert (answer.status_code, plan()) == (422, (WORDS, 1))
    assert "5,001字の段落があります" in answer.json()["message"]


@pytest.mark.parametrize("fields", [{"version": "x"}, {"person": ""}, {"person": "x"}])
def test_what_is_no_saving_is_refused(desk, plan, fields):
    answer = desk.client.post(
        desk.url, {"text": "・計画。", "version": 1, "person": desk.person.pk} | fields
    )
    assert (answer.status_code, bool(answer.json()["message"]), plan()) == (422, True, (WORDS, 1))


def test_a_sheet_handed_in_meanwhile_is_refused_with_the_reason(desk, ministry, plan):
    ministry.put(State.DIVISION_CHECK)
    answer = desk.save("・遅れた計画。", 1)
    assert (answer.status_code, plan()) == (403, (WORDS, 1))
    assert answer.json()["message"].startswith("提出済みのため編集できません。")
    assert "code" not in answer.json()


@pytest.mark.parametrize("key", ["nai", "staffing"])
def test_a_place_that_holds_no_text_is_not_found(desk, key):
    desk.url = desk.url.replace("/plan/", f"/{key}/")
    assert desk.save("x", 1).status_code == 404


# --- who is there ------------------------------------------------------------------------------
def test_a_page_whose_session_is_over_is_told_so(desk, plan):
    desk.client.logout()
    answer = desk.save("・計画。", 1)
    assert (answer.status_code, answer.json()["code"], plan()) == (401, "signed_out", (WORDS, 1))
    # A person is led to the sign-in as ever, a fragment for htmx is not.
    assert Client().get("/sheets/").status_code == 302
    assert Client().get("/sheets/", headers={"HX-Request": "true"}).status_code == 401


def test_the_text_of_one_person_is_never_stored_as_another_persons(desk, ministry, plan):
    page = desk.person
    desk.client.force_login(ministry.people["other_officer"])
    assert desk.save("・計画。", 1).status_code == 404  # not even the sheet is there
    desk.client.force_login(ministry.people["reviewer"])
    answer = desk.save("・計画。", 1)
    assert (answer.status_code, answer.json()["code"]) == (403, "another_person")
    assert f"今は{ministry.people['reviewer']}さんとしてログイン" in answer.json()["message"]
    assert (page != ministry.people["reviewer"], plan()) == (True, (WORDS, 1))


def test_an_old_token_is_said_to_be_one_and_a_fresh_one_is_given(ministry, officer, plan):
    desk = Desk(ministry.sheet, officer, enforce_csrf_checks=True)
    answer = desk.save("・計画。", 1)
    assert (answer.status_code, answer.json()["code"], plan()) == (403, "csrf", (WORDS, 1))
    told = desk.client.get("/accounts/token/").json()
    assert told["person"] == {"id": officer.pk, "name": str(officer)}
    assert desk.save("・計画。", 1, csrfmiddlewaretoken=told["csrf"]).status_code == 200


def test_who_comes_back_signs_in_and_saves_without_a_page(ministry, officer, plan):
    client = Client(headers=JSON, enforce_csrf_checks=True)
    told = client.get("/accounts/token/").json()
    assert told["person"] is None
    fields = {"login": officer.username, "password": "chigau"}
    refused = client.post("/accounts/login/", fields, headers={"X-CSRFToken": told["csrf"]})
    assert (refused.status_code, refused.json()["form"]["errors"]) == (
        400,
        ["入力されたユーザー名もしくはパスワードが正しくありません。"],
    )
    fields["password"] = PASSWORD
    answer = client.post("/accounts/login/", fields, headers={"X-CSRFToken": told["csrf"]})
    assert answer.status_code == 200
    told = client.get("/accounts/token/").json()
    assert told["person"]["id"] == officer.pk
    answer = client.post(
        f"/sheets/{ministry.sheet.pk}/entries/plan/autosave/",
        {"text": "・計画。", "version": 1, "person": officer.pk},
        headers={"X-CSRFToken": told["csrf"]},
    )
    assert (answer.status_code, plan()) == (200, ("・計画。", 2))
