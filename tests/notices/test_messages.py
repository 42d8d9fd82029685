"""Telling people: with the act or not at all, once, and nobody else's business."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import DivisionSuccession, Membership
from notices.domain.messages import notify, queue_digest
from notices.enums import MessageKind
from notices.models import Message, OutgoingMail
from notices.views import MESSAGES_PER_PAGE
from tests.factories import DivisionFactory, UserFactory

pytestmark = pytest.mark.django_db


def say(*people, key="sheet:1", at_once=False, **words):
    told = {
        "kind": MessageKind.NEWS,
        "subject": "差戻し：平成30年度 国際移住機関（IOM）拠出金",
        "body": "課室 太郎さんが「差戻し」をしました。",
        "path": "/sheets/1/",
    }
    with transaction.atomic():
        notify(people, key=key, at_once=at_once, **(told | words))


@pytest.fixture
def person():
    return UserFactory(display_name="担当 花子", email="hanako@example.jp")


def test_a_message_is_told_once_however_often_it_is_told(person):
    for _ in range(3):
        say(person, at_once=True)
    assert Message.objects.count() == OutgoingMail.objects.count() == 1
    say(person, key="sheet:2", at_once=True)
    assert Message.objects.count() == OutgoingMail.objects.count() == 2


def test_a_mail_to_one_person_is_no_mail_to_another(person):
    say(person, UserFactory(email="taro@example.jp"), UserFactory(email=""), at_once=True)
    assert sorted(OutgoingMail.objects.values_list("address", flat=True)) == [
        "hanako@example.jp",
        "taro@example.jp",
    ]
    assert Message.objects.count() == 3
    assert Message.objects.filter(mailed_at=None).count() == 1


def test_the_mail_says_where_to_look_and_nothing_confidential(person, settings):
    settings.SITE_URL = "https://sheets.example.jp"
    say(person, at_once=True, note="非公開の交渉に触れているため。")
    mail = OutgoingMail.objects.get()
    assert mail.subject == "【拠出金評価シート】差戻し：平成30年度 国際移住機関（IOM）拠出金"
    assert mail.body == (
        "担当 花子 様\n"
        "\n"
        "差戻し：平成30年度 国際移住機関（IOM）拠出金\n"
        "\n"
        "課室 太郎さんが「差戻し」をしました。\n"
        "\n"
        "https://sheets.example.jp/sheets/1/\n"
        "\n"
        "----\n"
        "お知らせの一覧：https://sheets.example.jp/messages/\n"
        "このメールは自動でお送りしています。返信はお受けできません。\n"
        "シートの文章や差戻しの理由は、メールには記載しません。ログインしてお読みください。\n"
    )
    assert Message.objects.get().note == "非公開の交渉に触れているため。"


def test_a_name_with_line_breaks_makes_no_headers(person):
    say(person, at_once=True, subject="提出：拠出金\r\nBcc: spy@example.jp\n")
    assert OutgoingMail.objects.get().subject == (
        "【拠出金評価シート】提出：拠出金 Bcc: spy@example.jp"
    )


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "sheets/1/", ""])
def test_a_message_leads_nowhere_outside(person, path):
    with pytest.raises(ValueError, match="no path within the site"):
        say(person, path=path)


def test_an_act_that_is_rolled_back_has_told_nobody(person):
    def act():
        with transaction.atomic():
            say(person, at_once=True)
            assert OutgoingMail.objects.count() == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert Message.objects.count() == OutgoingMail.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_outside_a_transaction(person):
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError, match="belongs inside the transaction"):
        notify([person], kind=MessageKind.NEWS, subject="", body="", path="/", key="x")
    assert not Message.objects.exists()


def test_a_digest_is_queued_once_and_its_messages_are_mailed(person):
    say(person)
    news = list(Message.objects.all())
    assert queue_digest(person, "まとめ", "本文", messages=news, key="digest:1")
    say(person, key="sheet:2")
    later = Message.objects.filter(mailed_at=None)
    assert not queue_digest(person, "まとめ", "本文", messages=later, key="digest:1")
    assert (later.count(), OutgoingMail.objects.count()) == (1, 1)


# --- the list ------------------------------------------------------------------------------------
def keys_shown(client, query=""):
    """Return the subjects on the page, in order; those unread with a mark."""
    page = client.get(f"/messages/{query}").context["page"]
    return [f"{'*' if m.read_at is None else ''}{m.subject}" for m in page]


@pytest.fixture
def three(person, client):
    for n in (1, 2, 3):
        say(person, key=f"news:{n}", subject=f"第{n}報", path="/workflow/")
    say(UserFactory(), key="news:1", subject="他人の便り", note="他人の理由")
    client.force_login(person)
    return list(Message.objects.filter(recipient=person).order_by("pk"))


def test_unread_ones_come_first_then_the_newest(three, client):
    assert keys_shown(client) == ["*第3報", "*第2報", "*第1報"]
    client.post(f"/messages/{three[2].pk}/open/")
    assert keys_shown(client) == ["*第2報", "*第1報", "第3報"]


def test_opening_one_leads_to_its_page_and_marks_it_read_the_first_time(three, client):
    url = f"/messages/{three[0].pk}/open/"
    assert client.post(url)["Location"] == "/workflow/"
    read_at = Message.objects.get(pk=three[0].pk).read_at
    client.post(url)
    assert Message.objects.get(pk=three[0].pk).read_at == read_at is not None


def test_every_page_tells_how_many_are_unread(three, client):
    for path in ("/", "/messages/", "/workflow/"):
        assert '3<span class="visually-hidden">件未読</span>' in client.get(path).content.decode()
    client.post("/messages/read/", {"newest": three[2].pk})
    assert "件未読" not in client.get("/").content.decode()


def test_all_means_those_that_stood_on_the_list(three, client, person):
    newest = client.get("/messages/").context["newest"]
    say(person, key="news:4", subject="第4報")
    answer = client.post("/messages/read/", {"newest": newest}, follow=True)
    assert "3件を既読にしました。" in answer.content.decode()
    assert keys_shown(client) == ["*第4報", "第3報", "第2報", "第1報"]
    assert Message.objects.get(subject="他人の便り").read_at is None


@pytest.mark.parametrize("newest", ["", "abc", "-1", "٣", "9" * 40])
def test_a_number_that_is_none_does_no_harm(three, client, newest):
    assert client.post("/messages/read/", {"newest": newest}).status_code == 302
    unread = Message.objects.filter(recipient=three[0].recipient, read_at=None).count()
    assert unread == (0 if newest.startswith("9") else 3)


def test_somebody_elses_message_is_not_there(three, client):
    theirs = Message.objects.get(subject="他人の便り")
    assert client.post(f"/messages/{theirs.pk}/open/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None
    page = client.get("/messages/").content.decode()
    assert "第1報" in page
    assert "他人" not in page


def test_a_long_list_goes_over_pages(three, client, person):
    for n in range(MESSAGES_PER_PAGE):
        say(person, key=f"more:{n}", subject=f"続報{n}")
    assert len(keys_shown(client)) == MESSAGES_PER_PAGE
    assert keys_shown(client, "?page=2") == ["*第3報", "*第2報", "*第1報"]


def test_many_messages_are_listed_in_as_many_queries_as_one(client, person):
    client.force_login(person)
    asked = []
    for number in (1, 19):
        for n in range(number):
            say(person, key=f"batch:{number}:{n}", note="理由。")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/messages/").status_code == 200
        asked.append(len(queries))
    assert asked == [7, 7]


NOTE = "非公開の交渉に触れているため。"


# fmt: off
READERS = [
    (Role.OFFICER,     "own",       True),
    (Role.HEAD,        "own",       True),
    (Role.OFFICER,     "successor", True),
    (Role.OFFICER,     "elsewhere", False),
    (Role.REVIEWER,    None,        True),
    (Role.COORDINATOR, None,        True),
    (Role.VIEWER,      None,        False),
    (Role.AUDITOR,     None,        False),
    (None,             None,        False),
]
# fmt: on


@pytest.mark.parametrize(("role", "place", "reads"), READERS)
def test_a_note_is_read_by_those_who_still_have_to_do_with_its_division(
    client, person, role, place, reads
):
    divisions = {name: DivisionFactory() for name in ("own", "successor", "elsewhere")}
    old = divisions["own"]
    DivisionSuccession.objects.create(
        predecessor=old, successor=divisions["successor"], kind="rename", on=date(2019, 4, 1)
    )
    say(person, note=NOTE, division=old)
    if role:
        Membership.objects.create(
            user=person, role=role, division=divisions.get(place), valid_from=date(2000, 1, 1)
        )
    client.force_login(person)
    page = client.get("/messages/").content.decode()
    assert "課室 太郎さんが「差戻し」をしました。" in page
    assert (NOTE in page) is reads
    assert ("理由・連絡は、担当課室と" in page) is not reads


def test_without_messages_the_page_says_what_would_come(client):
    client.force_login(UserFactory(email=""))
    page = client.get("/messages/").content.decode()
    assert "お知らせはまだありません" in page
    assert "メールアドレスが登録されていないため" in page


def test_what_is_told_is_shown_as_text(client, person):
    division = DivisionFactory()
    Membership.objects.create(
        user=person, role=Role.HEAD, division=division, valid_from=date(2000, 1, 1)
    )
    told = {"note": "<script>alert(1)</script>", "subject": "<b>太字</b>"}
    say(person, division=division, **told)
    client.force_login(person)
    page = client.get("/messages/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;太字&lt;/b&gt;" in page
