"""The outbox: each mail once, again after a failure, and whole through every trouble."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from smtplib import SMTPNotSupportedError

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command

from audit.models import AuditEntry
from notices.domain.outbox import (
    MOST_ATTEMPTS,
    RetryResult,
    SendResult,
    retry,
    retry_delay,
    send_due,
)
from notices.models import CLAIM_TIMEOUT, OutgoingMail
from tests.factories import UserFactory
from tests.notices.mail_server import MailServer
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def queue(number=1):
    """Put this many mails into the outbox, the first one first."""
    return [
        OutgoingMail.objects.create(
            address=f"person{n}@example.jp",
            subject=f"【拠出金評価シート】第{n}報",
            body=f"職員 {n}号 様\n\n「差戻し」がありました。\n",
            key=f"letter:{n}",
        )
        for n in range(number)
    ]


@pytest.fixture
def server(settings):
    """A real mail server, to which the mails go."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.DEFAULT_FROM_EMAIL = "noreply@sheets.example.jp"
        yield server


def words(header):
    return str(make_header(decode_header(header)))


def test_what_is_sent_can_be_read_and_answers_to_its_reference(server):
    [row] = queue()
    assert send_due() == SendResult(sent=1)
    [letter] = server.received
    assert {name: words(letter[name]) for name in ("From", "To", "Subject", "Message-ID")} == {
        "From": "noreply@sheets.example.jp",
        "To": "person0@example.jp",
        "Subject": "【拠出金評価シート】第0報",
        "Message-ID": f"<{row.reference}@sheets.example.jp>",
    }
    assert letter["Auto-Submitted"] == "auto-generated"
    assert (letter.get_content_type(), letter.get_content_charset()) == ("text/plain", "utf-8")
    assert letter.get_payload(decode=True).decode().replace("\r\n", "\n") == row.body
    row.refresh_from_db()
    assert (row.attempts, row.sent_at is not None, row.last_error) == (1, True, "")


def header_lines(letter):
    """Return the lines of the headers, as they came over the line."""
    return letter.split(b"\r\n\r\n", 1)[0].split(b"\r\n")


@pytest.mark.parametrize(
    "subject",
    [
        "【拠出金評価シート】差戻し",
        "【拠出金評価シート】差戻し：平成30年度 国際移住機関（IOM）拠出金",
        f"【拠出金評価シート】{'長い名称の拠出金' * 50}",
        "【拠出金評価シート】確認：平成30年度 UN Trust Fund for Human Security (UNTFHS) 拠出金",
    ],
)
def test_no_line_of_a_header_is_empty_or_long(server, settings, subject):
    """However long the subject and the name of the sender; nothing of them is lost."""
    sender = "外務省国際協力局拠出金評価シート運用管理担当"
    settings.DEFAULT_FROM_EMAIL = f"{sender} <noreply@sheets.example.jp>"
    queue()
    OutgoingMail.objects.update(subject=subject)
    assert send_due() == SendResult(sent=1)
    lines = header_lines(server.letters[0])
    starts = [line for line in lines if not line.startswith(b" ")]
    assert [line for line in starts if line.endswith(b": ")] == []
    assert max(map(len, lines)) <= 78
    [letter] = server.received
    assert words(letter["Subject"]) == subject
    assert words(letter["From"]) == settings.DEFAULT_FROM_EMAIL


def test_the_mail_of_a_new_password_is_folded_as_well(server, client):
    UserFactory(email="person@example.jp")
    client.post("/accounts/password/reset/", {"email": "person@example.jp"})
    lines = header_lines(server.letters[0])
    assert any(line.startswith(b"Subject: =?utf-8?") for line in lines)
    [letter] = server.received
    assert "http" in letter.get_payload(decode=True).decode()


def test_many_go_over_one_connection_and_none_goes_twice(server):
    queue(5)
    assert send_due() == SendResult(sent=5)
    assert send_due() == SendResult()
    assert (len(server.received), server.connections) == (5, 1)


def test_what_is_not_due_waits(server):
    [row] = queue()
    with time_machine.travel(row.not_before - timedelta(seconds=1), tick=False):
        assert send_due() == SendResult()
    with time_machine.travel(row.not_before, tick=False):
        assert send_due() == SendResult(sent=1)


def test_a_dead_server_is_asked_once_and_everything_waits(server):
    server.shutdown()
    server.server_close()
    first, second = queue(2)
    with pytest.raises(CommandError, match="メールサーバーを使えないため、残りは後で送ります。"):
        call_command("send_mails")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attempts, second.attempts) == (1, 0)
    assert first.last_error.startswith("ConnectionRefusedError")
    assert {first.sent_at, second.sent_at, first.given_up_at, second.given_up_at} == {None}


def test_a_mailbox_that_is_not_there_keeps_nobody_else_waiting(server):
    server.unknown = {b"person1@"}
    rows = queue(3)
    assert send_due() == SendResult(sent=2, failed=1)
    assert [letter["To"] for letter in server.received] == [
        "person0@example.jp",
        "person2@example.jp",
    ]
    rows[1].refresh_from_db()
    assert "550" in rows[1].last_error


def test_the_command_says_that_a_mail_was_not_sent_and_fails(server, capsys):
    server.unknown = {b"person1@"}
    queue(3)
    with pytest.raises(CommandError, match="送れなかったメールが1通あります。"):
        call_command("send_mails")
    assert capsys.readouterr().out == "送信2件、失敗1件。\n"
    call_command("send_mails")  # nothing is due, nothing has failed


def test_a_server_that_dies_after_accepting_gets_the_same_letter_again(server):
    """Nobody can know whether it was delivered; by its Message-ID the second is the first."""
    [row] = queue()
    server.dies_after_accepting = True
    assert send_due().trouble.startswith("SMTPServerDisconnected")
    row.refresh_from_db()
    assert (row.attempts, row.sent_at) == (1, None)

    server.dies_after_accepting = False
    with time_machine.travel(row.not_before):
        assert send_due() == SendResult(sent=1)
    assert len(server.received) == 2
    assert len({letter["Message-ID"] for letter in server.received}) == 1


def test_a_sender_that_dies_after_the_server_accepted_leaves_the_letter_due_again(
    server, monkeypatch
):
    def die(row):
        raise KeyboardInterrupt

    [row] = queue()
    with monkeypatch.context() as context:
        context.setattr("notices.domain.outbox._note_success", die)
        with pytest.raises(KeyboardInterrupt):
            send_due()
    assert send_due() == SendResult()  # not at once: the other sender may still be at work
    row.refresh_from_db()
    with time_machine.travel(row.not_before):
        assert send_due() == SendResult(sent=1)
    assert len({letter["Message-ID"] for letter in server.received}) == 1


def test_a_letter_that_cannot_be_written_keeps_nobody_else_waiting():
    rows = queue(2)
    OutgoingMail.objects.filter(pk=rows[0].pk).update(subject="件名\r\nBcc: x@example.jp")
    assert send_due() == SendResult(sent=1, failed=1)
    assert [letter.to for letter in mail.outbox] == [["person1@example.jp"]]
    rows[0].refresh_from_db()
    assert rows[0].last_error.startswith("BadHeaderError")


WAITS = """
after attempt   wait
1               0:05:00
2               0:10:00
3               0:20:00
6               2:40:00
7               4:00:00
22              4:00:00
"""


def test_each_wait_is_twice_as_long_up_to_four_hours():
    expected = dict(line.split() for line in WAITS.strip().splitlines()[1:])
    assert {n: str(retry_delay(int(n))) for n in expected} == expected


def test_after_about_three_days_it_is_given_up_and_the_administrator_may_try_again(server, client):
    [row] = queue()
    server.unknown = {b"person0@"}
    started = row.created_at
    while not row.given_up_at:
        with time_machine.travel(row.not_before, tick=False):
            assert send_due() == SendResult(failed=1)
        row.refresh_from_db()
    assert row.attempts == MOST_ATTEMPTS
    assert timedelta(days=2, hours=12) < row.given_up_at - started < timedelta(days=3)
    with time_machine.travel(row.not_before):
        assert send_due() == SendResult()

    server.unknown = set()
    administrator = UserFactory(is_superuser=True)
    client.force_login(administrator)
    page = client.get("/admin/notices/outgoingmail/?state=given_up").content.decode()
    assert row.subject in page
    client.post(
        "/admin/notices/outgoingmail/",
        {"action": "send_again", "_selected_action": [row.pk]},
    )
    assert send_due() == SendResult(sent=1)
    entry = AuditEntry.objects.get(action="mail.retry")
    assert (entry.actor, entry.object_id, entry.before) == (
        administrator,
        str(row.pk),
        {"attempts": MOST_ATTEMPTS},
    )


def test_what_has_been_sent_is_not_sent_again_by_trying_again(server):
    [row] = queue()
    send_due()
    assert retry(row, actor=UserFactory(is_superuser=True)) is RetryResult.SENT
    assert send_due() == SendResult()
    assert not AuditEntry.objects.filter(action="mail.retry").exists()


def test_what_is_being_sent_is_not_sent_a_second_time_by_trying_again(server, client, monkeypatch):
    """An administrator presses while the mail server is still thinking."""
    [row] = queue()
    client.force_login(UserFactory(is_superuser=True))
    url = "/admin/notices/outgoingmail/"
    said, send = [], EmailMessage.send

    def press_meanwhile(letter, *args):
        assert "送信中" in client.get(url).content.decode()
        answer = client.post(
            url, {"action": "send_again", "_selected_action": [row.pk]}, follow=True
        )
        said.append(
            "1通：今送っているところのため、そのままにしました。" in answer.content.decode()
        )
        said.append(send_due() == SendResult())
        return send(letter, *args)

    monkeypatch.setattr(EmailMessage, "send", press_meanwhile)
    assert send_due() == SendResult(sent=1)
    assert said == [True, True]
    assert len(server.received) == 1
    assert not AuditEntry.objects.filter(action="mail.retry").exists()


def test_what_a_dead_sender_left_may_be_tried_again(server, monkeypatch):
    def die(*args):
        raise KeyboardInterrupt

    [row] = queue()
    with monkeypatch.context() as context:
        context.setattr(EmailMessage, "send", die)
        with pytest.raises(KeyboardInterrupt):
            send_due()
    administrator = UserFactory(is_superuser=True)
    assert retry(row, actor=administrator) is RetryResult.UNDER_WAY
    with time_machine.travel(datetime.now(UTC) + CLAIM_TIMEOUT):
        assert retry(row, actor=administrator) is RetryResult.DUE
        assert send_due() == SendResult(sent=1)


def test_a_mail_that_failed_may_be_tried_again_at_once(server):
    [row] = queue()
    server.unknown = {b"person0@"}
    assert send_due() == SendResult(failed=1)
    assert retry(row, actor=UserFactory(is_superuser=True)) is RetryResult.DUE


def test_a_letter_the_server_has_no_means_for_keeps_nobody_else_waiting(server, monkeypatch):
    send = EmailMessage.send

    def refuse_the_first(letter, *args):
        if letter.to == ["person0@example.jp"]:
            raise SMTPNotSupportedError("SMTPUTF8 not supported by server")
        return send(letter, *args)

    rows = queue(2)
    monkeypatch.setattr(EmailMessage, "send", refuse_the_first)
    assert send_due() == SendResult(sent=1, failed=1)
    rows[0].refresh_from_db()
    assert rows[0].last_error.startswith("SMTPNotSupportedError")


def test_a_server_without_the_encryption_asked_for_is_in_trouble_itself(server, settings):
    """No letter is to blame: the first is tried, the others wait."""
    settings.EMAIL_USE_TLS = True
    first, second = queue(2)
    assert "STARTTLS" in send_due().trouble
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attempts, second.attempts) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_each_letter_once(server):
    queue(30)
    rounds = at_once(4, lambda place: send_due())
    assert sum(each.sent for each in rounds) == 30
    assert Counter(letter["To"] for letter in server.received) == Counter(
        {f"person{n}@example.jp": 1 for n in range(30)}
    )
    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_sending_holds_no_lock_while_the_server_thinks(server, monkeypatch):
    """On SQLite a transaction that writes would keep everybody's entry from being saved."""
    from django.db import connection  # noqa: PLC0415 -- of use here alone

    queue()
    seen = []
    send = EmailMessage.send

    def watched(letter, *args):
        seen.append(connection.in_atomic_block)
        return send(letter, *args)

    monkeypatch.setattr(EmailMessage, "send", watched)
    assert send_due() == SendResult(sent=1)
    assert seen == [False]
