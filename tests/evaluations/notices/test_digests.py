"""One mail a day, reminders of deadlines, and the command that makes both."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Division, User
from contributions.models import Contribution
from evaluations.domain.digests import send_digests
from evaluations.domain.reminders import DAYS, REMINDERS, remind
from evaluations.enums import State
from evaluations.models import Cycle
from evaluations.workflow import perform
from notices.domain.messages import mark_read
from notices.models import Message, OutgoingMail
from tests.evaluations.scene import make_ministry
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

DEADLINE = datetime(2018, 9, 30, 9, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def ministry():
    ministry = make_ministry()
    ministry.reach_everybody_by_mail()
    return ministry


@pytest.fixture
def quiet_year(ministry):
    """A year without deadlines, in which nobody is reminded of anything."""
    Cycle.objects.update(submission_deadline=None, review_deadline=None, publication_date=None)
    return ministry


def daily(day):
    with time_machine.travel(day):
        call_command("daily")


def take(ministry, action, by):
    sheet = ministry.sheet
    perform(sheet, action, actor=ministry.people[by], comment="至急。", version=sheet.version)


def digests():
    """Return the digests by address."""
    mails = OutgoingMail.objects.filter(key__startswith="digest:").order_by("pk")
    return [(mail.address.split("@")[0], mail.subject) for mail in mails]


# --- the digest ----------------------------------------------------------------------------------
def test_everything_new_of_a_day_comes_in_one_mail(quiet_year, settings):
    settings.SITE_URL = "https://sheets.example.jp"
    with time_machine.travel(DEADLINE):
        take(quiet_year, "submit", "officer")
        take(quiet_year, "withdraw", "officer")
        take(quiet_year, "submit", "officer")
        take(quiet_year, "confirm", "head")
    daily(DEADLINE + timedelta(hours=9))
    assert sorted(digests()) == [
        ("head", "【拠出金評価シート】9月30日のお知らせ（1件）"),
        ("officer", "【拠出金評価シート】9月30日のお知らせ（1件）"),
        ("reviewer", "【拠出金評価シート】9月30日のお知らせ（1件）"),
    ]
    assert OutgoingMail.objects.get(address="reviewer@example.jp").body == (
        "審査 一郎 様\n"
        "\n"
        "■ 新しいお知らせ（1件）\n"
        "\n"
        "・確認：平成30年度 国際移住機関（IOM）拠出金（9月30日 09:00）\n"
        "　課室 太郎さん（人の安全協力室 課室長）が「確認」をしました。審査をお願いします。\n"
        f"　https://sheets.example.jp/sheets/{quiet_year.sheet.pk}/\n"
        "\n"
        "■ あなたの対応を待っているもの\n"
        "\n"
        "・審査待ち　1件　評価を付け、確定又は差戻しをします。\n"
        "\n"
        "----\n"
        "お知らせの一覧：https://sheets.example.jp/messages/\n"
        "このメールは自動でお送りしています。返信はお受けできません。\n"
        "シートの文章や差戻しの理由は、メールには記載しません。ログインしてお読みください。\n"
    )


def test_a_second_run_adds_nothing_and_what_came_meanwhile_waits_for_tomorrow(quiet_year):
    with time_machine.travel(DEADLINE):
        take(quiet_year, "submit", "officer")
        take(quiet_year, "withdraw", "officer")  # the head learns of it by digest
    daily(DEADLINE)
    with time_machine.travel(DEADLINE):
        take(quiet_year, "submit", "officer")
        take(quiet_year, "withdraw", "officer")
    daily(DEADLINE)
    assert [who for who, _ in digests()] == ["head"]
    daily(DEADLINE + timedelta(days=1))
    daily(DEADLINE + timedelta(days=2))
    assert digests() == [
        ("head", "【拠出金評価シート】9月30日のお知らせ（1件）"),
        ("head", "【拠出金評価シート】10月1日のお知らせ（1件）"),
    ]


def test_what_was_mailed_at_once_or_read_is_not_mailed_again(quiet_year):
    with time_machine.travel(DEADLINE):
        take(quiet_year, "submit", "officer")  # the head is mailed at once
        take(quiet_year, "confirm", "head")  # officer and reviewer wait for the digest
        mark_read(Message.objects.get(recipient=quiet_year.people["officer"]))
    daily(DEADLINE)
    assert [who for who, _ in digests()] == ["reviewer"]


def test_a_day_without_news_brings_no_mail_however_much_waits(quiet_year):
    quiet_year.put(State.REVIEW)
    daily(DEADLINE)
    assert digests() == []


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_nobody_is_written_to_without_an_address_or_an_account(quiet_year, change):
    take(quiet_year, "submit", "officer")
    take(quiet_year, "confirm", "head")
    User.objects.filter(pk=quiet_year.people["reviewer"].pk).update(**change)
    daily(DEADLINE)
    assert [who for who, _ in digests()] == ["officer"]


@pytest.mark.django_db(transaction=True)
def test_the_command_run_many_times_at_once_makes_one_mail_each(quiet_year):
    take(quiet_year, "submit", "officer")
    take(quiet_year, "confirm", "head")
    assert sum(at_once(5, lambda place: send_digests(DEADLINE.date()))) == 2
    assert sorted(who for who, _ in digests()) == ["officer", "reviewer"]


# --- the reminders -------------------------------------------------------------------------------
RUNS = """
the daily command ran on           told
-15 -14 -13 -4 -3 -2 -1 0 1 2 3 4  まであと14日です まであと3日です は今日です を3日過ぎました
-15                                －
-13 -12                            まであと13日です
-5 -4 -3                           まであと5日です まであと3日です
-14 -2 -1 0                        まであと14日です まであと2日です は今日です
-3 1 2 3                           まであと3日です を1日過ぎました を3日過ぎました
-14 0                              まであと14日です は今日です
2 3                                を2日過ぎました を3日過ぎました
-3 13                              まであと3日です を13日過ぎました
0 14                               は今日です
400                                －
"""
RUN_ROWS = re.findall(r"^([-\d ]*\d) +(\D.*)$", RUNS, re.MULTILINE)

# fmt: off
WHO = """
state           deadline             offic head rev  coo other_officer
draft           submission_deadline  ○     －   －   －   ○
returned        submission_deadline  ○     －   －   －   ○
division_check  submission_deadline  －    ○    －   －   ○
review          submission_deadline  －    －   －   －   ○
draft           review_deadline      ○     －   －   －   ○
returned        review_deadline      ○     －   －   －   ○
division_check  review_deadline      －    ○    －   －   ○
review          review_deadline      －    －   ○    －   ○
approved        review_deadline      －    －   －   －   ○
published       submission_deadline  －    －   －   －   ○
excluded        submission_deadline  －    －   －   －   ○
draft           publication_date     －    －   －   －   －
"""
# fmt: on
WHO_ROWS = [line.split() for line in WHO.strip().splitlines()[1:]]
WHO_COLUMNS = ("officer", "head", "reviewer", "coordinator", "other_officer")


def only_deadline(name):
    none = dict.fromkeys(("submission_deadline", "review_deadline", "publication_date"))
    Cycle.objects.update(**none | {name: DEADLINE.date()})


@pytest.mark.parametrize(("days", "told"), RUN_ROWS)
def test_a_run_that_was_missed_is_made_up_for_once_and_by_the_latest(ministry, days, told):
    """Each day twice; what a later reminder has overtaken is not sent any more."""
    only_deadline("submission_deadline")
    for day in days.split():
        daily(DEADLINE + timedelta(days=int(day)))
        daily(DEADLINE + timedelta(days=int(day), hours=12))
    messages = Message.objects.filter(recipient=ministry.people["officer"]).order_by("pk")
    expected = [] if told == "－" else [f"提出期限（9月30日）{words}" for words in told.split()]
    assert [message.subject for message in messages] == expected


def test_a_sheet_or_a_person_that_comes_later_waits_for_the_next_reminder(ministry):
    """A reminder is about a day; what comes in between is told of by the step itself."""
    only_deadline("submission_deadline")
    daily(DEADLINE - timedelta(days=14))
    ministry.put(State.DIVISION_CHECK)
    daily(DEADLINE - timedelta(days=13))
    heads = Message.objects.filter(recipient=ministry.people["head"])
    assert not heads.exists()
    daily(DEADLINE - timedelta(days=2))
    assert [message.subject for message in heads] == ["提出期限（9月30日）まであと2日です"]


@pytest.mark.django_db(transaction=True)
def test_runs_at_once_remind_once(ministry):
    only_deadline("submission_deadline")
    at_once(5, lambda place: remind(DEADLINE.date()))
    assert Message.objects.filter(recipient=ministry.people["officer"]).count() == 1


@pytest.mark.parametrize(("state", "deadline", "cells"), [(*r[:2], r[2:]) for r in WHO_ROWS])
def test_who_is_reminded(ministry, state, deadline, cells):
    """The other division's sheet is a draft all the while."""
    only_deadline(deadline)
    ministry.put(State(state))
    remind(DEADLINE.date())
    reminded = set(Message.objects.values_list("recipient", flat=True))
    assert {
        name: "○" if ministry.people[name].pk in reminded else "－" for name in WHO_COLUMNS
    } == dict(zip(WHO_COLUMNS, cells, strict=True))


def test_every_reminder_is_in_the_table():
    assert {row[1] for row in WHO_ROWS if "○" in row} == {r.deadline for r in REMINDERS}
    assert RUN_ROWS[0][1].count(" ") == len(DAYS) - 1
    assert len(RUN_ROWS) == len(RUNS.strip().splitlines()) - 1


def test_a_reminder_counts_the_sheets_of_ones_own_division_and_comes_by_digest(ministry):
    only_deadline("submission_deadline")
    daily(DEADLINE - timedelta(days=3))
    message = Message.objects.get(recipient=ministry.people["officer"])
    assert (message.body, message.path) == ("人の安全協力室：未提出のシートが1件あります。", "/")
    assert sorted(digests()) == [
        ("officer", "【拠出金評価シート】9月27日のお知らせ（1件）"),
        ("other_officer", "【拠出金評価シート】9月27日のお知らせ（1件）"),
    ]
    body = OutgoingMail.objects.get(address="officer@example.jp").body
    assert "・作成中　1件（期限：9月30日）　記入して提出します。" in body


def test_the_successors_of_a_division_are_reminded_of_the_sheets_it_left(ministry):
    """They are counted together with what is their own anyway."""
    only_deadline("submission_deadline")
    own, other = ministry.sheet.division, ministry.other_sheet.division
    Contribution.objects.update(responsible_division=other)
    Division.objects.filter(pk=own.pk).update(valid_until=DEADLINE.date() - timedelta(days=60))
    daily(DEADLINE)
    assert Message.objects.get().recipient == ministry.people["other_officer"]
    assert Message.objects.get().body == "地球環境協力課：未提出のシートが2件あります。"


def test_a_deadline_is_reminded_of_once_a_day_and_again_where_it_is_moved(ministry):
    only_deadline("submission_deadline")
    officer = ministry.people["officer"]
    for _ in range(3):
        daily(DEADLINE)
    assert Message.objects.filter(recipient=officer).count() == 1
    Cycle.objects.update(submission_deadline=DEADLINE.date() + timedelta(days=14))
    daily(DEADLINE)
    subjects = Message.objects.filter(recipient=officer).order_by("pk")
    assert [message.subject for message in subjects] == [
        "提出期限（9月30日）は今日です",
        "提出期限（10月14日）まであと14日です",
    ]


@pytest.mark.parametrize(
    ("moved_by", "told"),
    [(-2, "（9月28日）まであと8日です"), (-14, "（9月16日）を4日過ぎました"), (30, None)],
)
def test_a_deadline_moved_to_where_its_days_are_past_is_told_of_by_the_next_run(
    ministry, moved_by, told
):
    only_deadline("submission_deadline")
    daily(DEADLINE - timedelta(days=11))
    Cycle.objects.update(submission_deadline=DEADLINE.date() + timedelta(days=moved_by))
    daily(DEADLINE - timedelta(days=10))
    daily(DEADLINE - timedelta(days=10))
    first, *rest = Message.objects.filter(recipient=ministry.people["officer"]).order_by("pk")
    assert first.subject == "提出期限（9月30日）まであと11日です"
    assert [message.subject for message in rest] == ([f"提出期限{told}"] if told else [])


def test_without_deadlines_nobody_is_reminded(quiet_year):
    daily(DEADLINE)
    assert not Message.objects.exists()
