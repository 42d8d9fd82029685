"""The way in: accounts that are given, a door that closes, passwords on record."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from audit.models import AuditEntry
from audit.trail import Verification, verify
from tests.factories import PASSWORD, UserFactory, make_person

pytestmark = pytest.mark.django_db

NEW = "ao-ni-shizumu-1984"


def sign_in(client, username, password=PASSWORD, **fields):
    return client.post("/accounts/login/", {"login": username, "password": password, **fields})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_person_signs_in_and_is_home(client):
    person = make_person(Role.VIEWER)
    answer = sign_in(client, person.username)
    assert (answer.status_code, answer["Location"], signed_in(client)) == (302, "/", True)
    assert client.get("/").status_code == 200


FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in map(chr, range(0x21, 0x7F))}


@pytest.mark.parametrize("is_script", [False, True])
def test_a_name_in_full_width_letters_is_the_same_name(client, is_script):
    """On the sign-in page, to which the admin leads as well, and on the page that is written in."""
    person = UserFactory(username="hanako.sato@2")
    answer = client.post(
        client.get("/admin/login/")["Location"],
        {"login": f"　{person.username.translate(FULL_WIDTH)} ", "password": PASSWORD},
        headers={"x-requested-with": "XMLHttpRequest"} if is_script else {},
    )
    assert (answer.status_code, signed_in(client)) == (200 if is_script else 302, True)


def test_a_name_in_full_width_letters_has_no_other_count_of_failures(client):
    person = UserFactory(username="hanako")
    for _ in range(5):
        sign_in(client, person.username, "chigau")
    sign_in(client, person.username.translate(FULL_WIDTH))
    assert not signed_in(client)


def test_an_account_made_with_a_full_width_name_is_stored_under_the_ordinary_one(client):
    client.force_login(UserFactory(is_superuser=True))
    passwords = {"usable_password": "true", "password1": NEW, "password2": NEW}
    inline = {f"memberships-{key}_FORMS": "0" for key in ("TOTAL", "INITIAL")}
    new = {"username": "ｈａｎａｋｏ２"} | passwords | inline
    assert client.post("/admin/accounts/user/add/", new).status_code == 302
    person = User.objects.get(username="hanako2")
    page = reverse("admin:accounts_user_change", args=[person.pk])
    changed = {"username": "ｔａｒｏ", "is_active": "on"} | inline
    client.post(page, changed | {"date_joined_0": "2026-04-01", "date_joined_1": "09:00"})
    person.refresh_from_db()
    assert person.username == "taro"
    other = Client()
    sign_in(other, "ｔａｒｏ", NEW)
    assert signed_in(other)


def test_the_session_is_a_new_one_and_ends_with_the_browser(client):
    client.get("/accounts/login/")
    before = client.cookies.get("sessionid")
    sign_in(client, UserFactory().username)
    cookie = client.cookies["sessionid"]
    assert cookie.value != (before.value if before else "")
    assert (cookie["max-age"], bool(cookie["httponly"]), cookie["samesite"]) == ("", True, "Lax")


def test_a_wrong_password_says_nothing_about_the_account(client):
    person = UserFactory()
    messages = set()
    for username in (person.username, "dare-demo-nai"):
        answer = sign_in(client, username, "chigau")
        messages.add(tuple(answer.context["form"].non_field_errors()))
    assert messages == {("入力されたユーザー名もしくはパスワードが正しくありません。",)}
    assert not signed_in(client)


def test_a_blocked_account_stays_outside(client):
    person = make_person(Role.REVIEWER, is_active=False)
    sign_in(client, person.username)
    assert not signed_in(client)


def test_an_account_blocked_today_is_out_at_its_next_click(client):
    person = make_person(Role.REVIEWER)
    client.force_login(person)
    assert client.get("/sheets/").status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/sheets/")["Location"] == "/accounts/login/?next=/sheets/"


def test_five_failures_close_the_account_for_a_while_and_say_so(client):
    person, colleague = UserFactory(), UserFactory()
    for _ in range(5):
        sign_in(client, person.username, "chigau")
    answer = sign_in(client, person.username)
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors() == [
        "ログイン失敗が連続しています。時間が経ってからやり直してください。"
    ]
    assert not signed_in(client)
    # Capital letters or another browser do not help; the colleague next door is not locked out.
    for username in (person.username.upper(), person.username):
        other = Client()
        sign_in(other, username)
        assert not signed_in(other)
    assert sign_in(client, colleague.username).status_code == 302


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/sheets/", "/sheets/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https:evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver@evil.example/", "/"),
        ("\x00//evil.example", "/"),
    ],
)
def test_the_way_on_after_signing_in_stays_on_the_site(client, wanted, led_to):
    answer = sign_in(client, UserFactory().username, next=wanted)
    assert (answer.status_code, answer["Location"]) == (302, led_to)


def test_nobody_makes_an_account_for_themselves(client):
    answer = client.get("/accounts/signup/")
    assert (answer.status_code, "この画面では利用登録できません" in answer.content.decode()) == (
        200,
        True,
    )
    client.post("/accounts/signup/", {"username": "x", "password1": NEW, "password2": NEW})
    assert list(User.objects.all()) == []


def test_looking_at_the_way_out_does_not_lead_out(client):
    client.force_login(UserFactory())
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in(client)
    assert client.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert not signed_in(client)


# --- every change of a password is on record -------------------------------------------------
def entry_on(person):
    """Return actor, action and fields of the one entry there is."""
    entry = AuditEntry.objects.get()
    assert (entry.object_type, entry.object_id) == ("accounts.user", str(person.pk))
    assert NEW not in str((entry.before, entry.after))
    assert verify() == Verification(1)
    return entry.actor, entry.action, set(entry.before), set(entry.after)


def test_ones_own_new_password_is_on_record(client):
    person = UserFactory()
    sign_in(client, person.username)
    answer = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert entry_on(person) == (person, "register.change", {"password"}, {"password"})


def test_a_person_without_a_password_sets_one_on_record(client):
    person = UserFactory()
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    answer = client.get("/accounts/password/change/", follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, "/accounts/password/set/")
    client.post("/accounts/password/set/", {"password1": NEW, "password2": NEW})
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert entry_on(person) == (person, "register.change", {"password"}, {"password"})


def test_a_password_asked_for_by_mail_is_on_record(client):
    person = UserFactory(email="hanako@example.jp")
    client.post("/accounts/password/reset/", {"email": person.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert entry_on(person) == (person, "register.change", {"password"}, {"password"})


def test_a_password_given_by_the_administrator_is_on_record(client):
    person, administrator = UserFactory(), UserFactory(is_superuser=True)
    client.force_login(administrator)
    page = reverse("admin:auth_user_password_change", args=[person.pk])
    assert client.get(page).status_code == 200
    assert AuditEntry.objects.count() == 0
    answer = client.post(
        page, {"password1": NEW, "password2": NEW, "usable_password": "true", "set-password": "1"}
    )
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert entry_on(person) == (administrator, "register.change", {"password"}, {"password"})


def test_a_weak_password_is_refused_and_leaves_nothing(client):
    person, administrator = UserFactory(), UserFactory(is_superuser=True)
    client.force_login(administrator)
    page = reverse("admin:auth_user_password_change", args=[person.pk])
    weak = {"password1": "12345678", "password2": "12345678", "usable_password": "true"}
    assert client.post(page, weak | {"set-password": "1"}).status_code == 200
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("pk", ["999999", "x", "-1"])
def test_the_password_of_nobody_cannot_be_changed(client, pk):
    client.force_login(UserFactory(is_superuser=True))
    answer = client.get(f"/admin/accounts/user/{pk}/password/")
    assert (answer.status_code, AuditEntry.objects.count()) in {(404, 0), (302, 0)}


def test_the_admin_has_no_password_page_of_its_own(client):
    client.force_login(make_person(Role.REVIEWER))
    for method in (client.get, client.post):
        answer = method(reverse("admin:password_change"))
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/password/change/")


def test_real_passwords_are_hashed_slowly_in_use():
    # The suite's own hasher is a quick one; an installation names none, and gets Django's.
    import config.settings as installed  # noqa: PLC0415 -- the settings of an installation

    assert not hasattr(installed, "PASSWORD_HASHERS")
    assert [v["NAME"].rpartition(".")[2] for v in settings.AUTH_PASSWORD_VALIDATORS] == [
        "MinimumLengthValidator",
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]
