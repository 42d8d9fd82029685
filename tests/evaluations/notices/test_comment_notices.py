"""Who is told of each comment, written out.

    ・ told, and mailed with the day's digest    － not told

Columns: the officer; a colleague of hers; the head; somebody who spoke in the thread as an officer
and has moved to another division; the reviewer; a second reviewer; somebody who spoke in the thread
as a reviewer and is one no longer; coordinator; officer of another division; viewer; auditor; the
administrator.
"""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Deputyship, Membership
from evaluations.domain.comment_notices import COMMENT_NOTICES
from evaluations.domain.comments import add_remark
from evaluations.domain.digests import send_digests
from evaluations.enums import CommentAudience, CommentKind, State
from evaluations.models import Comment
from notices.models import Message, OutgoingMail
from tests.evaluations.review import comment
from tests.evaluations.scene import make_ministry
from tests.factories import UserFactory, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

COLUMNS = (
    "officer",
    "colleague",
    "head",
    "moved",
    "reviewer",
    "second_reviewer",
    "ex_reviewer",
    "coordinator",
    "other_officer",
    "viewer",
    "auditor",
    "superuser",
)

# fmt: off
#                                            offi coll      mo  revi sec ex coor oth vie aud sup
# for whom   what      by        in          cer  eag  head ved ewer ond re  din off wer ito er
TABLE = """
division  opening   reviewer  review          ・   ・   －   －  －   －  －  －  －  －  －  －
division  opening   head      division_check  ・   ・   －   －  －   －  －  －  －  －  －  －
division  answer    officer   review          －   ・   －   －  ・   －  －  －  －  －  －  －
division  addressed officer   returned        －   ・   －   －  ・   －  －  －  －  －  －  －
division  answer    head      review          ・   ・   －   －  ・   －  －  －  －  －  －  －
division  resolved  reviewer  review          ・   ・   －   －  －   －  －  －  －  －  －  －
division  resolved  second_reviewer review    ・   ・   －   －  ・   －  －  －  －  －  －  －
division  withdrawn reviewer  review          ・   ・   －   －  －   －  －  －  －  －  －  －
reviewers opening   reviewer  review          －   －   －   －  －   ・  －  －  －  －  －  －
reviewers answer    second_reviewer review    －   －   －   －  ・   －  －  －  －  －  －  －
reviewers resolved  second_reviewer review    －   －   －   －  ・   －  －  －  －  －  －  －
reviewers withdrawn reviewer  review          －   －   －   －  －   ・  －  －  －  －  －  －
"""
# fmt: on
ROWS = [line.split() for line in TABLE.strip().splitlines()]
WORDS = "非公開の交渉に触れている。"


@pytest.fixture
def ministry():
    ministry = make_ministry()
    people, division = ministry.people, ministry.sheet.division
    people["colleague"] = make_person(Role.OFFICER, division, display_name="同僚 六実")
    people["moved"] = make_person(Role.OFFICER, ministry.other_sheet.division)
    people["second_reviewer"] = make_person(Role.REVIEWER, display_name="審査 八重")
    people["ex_reviewer"] = UserFactory(display_name="元の審査担当")
    ministry.reach_everybody_by_mail()
    return ministry


def thread_of(ministry, audience):
    """Open a thread, in which people have spoken who may hear no more of it."""
    thread = comment(ministry.sheet, ministry.people["reviewer"], WORDS, audience=audience)
    for name in ("moved", "ex_reviewer"):
        Comment.objects.create(
            thread=thread, kind=CommentKind.ANSWER, text=WORDS, author=ministry.people[name]
        )
    Message.objects.all().delete()
    return thread


def told(ministry):
    """Return what each person of the table was told."""
    listed = set(Message.objects.values_list("recipient", flat=True))
    return {name: "・" if ministry.people[name].pk in listed else "－" for name in COLUMNS}


@pytest.mark.parametrize(
    ("audience", "kind", "by", "state", "cells"), [(*row[:4], row[4:]) for row in ROWS]
)
def test_who_is_told(ministry, audience, kind, by, state, cells):
    sheet, actor = ministry.put(State.REVIEW), ministry.people[by]
    if kind == CommentKind.OPENING:
        ministry.put(State(state))
        comment(sheet, actor, WORDS, audience=CommentAudience(audience))
    else:
        thread = thread_of(ministry, CommentAudience(audience))
        ministry.put(State(state))
        add_remark(sheet, thread.pk, CommentKind(kind), WORDS, actor=actor)
    assert told(ministry) == dict(zip(COLUMNS, cells, strict=True))
    assert Message.objects.values("recipient").distinct().count() == Message.objects.count()
    # Nothing goes at once, and the words stay in the thread.
    assert not OutgoingMail.objects.exists()
    assert not Message.objects.exclude(note="").exists()


def test_every_remark_is_in_the_table():
    assert {(row[0], row[1]) for row in ROWS} >= {
        (audience, kind)
        for audience in CommentAudience
        for kind in CommentKind
        # Only a division says that it has seen to something, and it hears no inner comment.
        if (audience, kind) != (CommentAudience.REVIEWERS, CommentKind.ADDRESSED)
    }
    assert {(each.audience, each.opens) for each in COMMENT_NOTICES} == {
        (audience, opens) for audience in CommentAudience for opens in (True, False)
    }


def test_an_inner_comment_never_reaches_the_division(ministry):
    """Whatever people of the division were before: what counts is what they are today."""
    sheet, people = ministry.put(State.REVIEW), ministry.people
    for name in ("officer", "head", "colleague"):
        Membership.objects.create(
            user=people[name],
            role=Role.REVIEWER,
            valid_from=date(2000, 1, 1),
            valid_until=date(2001, 3, 31),
        )
    thread = comment(sheet, people["reviewer"], WORDS, audience=CommentAudience.REVIEWERS)
    for name in ("officer", "head"):
        Comment.objects.create(
            thread=thread, kind=CommentKind.ANSWER, text="以前の発言。", author=people[name]
        )
    add_remark(sheet, thread.pk, CommentKind.ANSWER, WORDS, actor=people["second_reviewer"])
    add_remark(sheet, thread.pk, CommentKind.RESOLVED, WORDS, actor=people["reviewer"])
    recipients = set(Message.objects.values_list("recipient__display_name", flat=True))
    assert recipients == {"審査 一郎", "審査 八重"}


def test_a_deputy_is_told_like_the_one_they_stand_in_for(ministry):
    today, deputy = timezone.localdate(), UserFactory()
    Deputyship.objects.create(
        membership=ministry.people["officer"].memberships.get(),
        deputy=deputy,
        valid_from=today,
        valid_until=today,
        reason="出張のため",
    )
    comment(ministry.put(State.REVIEW), ministry.people["reviewer"], WORDS)
    assert Message.objects.filter(recipient=deputy).exists()


def test_the_message_says_who_and_where_and_leads_to_the_thread(ministry, client):
    sheet, people = ministry.put(State.REVIEW), ministry.people
    thread = comment(sheet, people["reviewer"], WORDS)
    message = Message.objects.get(recipient=people["officer"])
    assert (message.subject, message.body, message.path) == (
        "コメント：平成30年度 国際移住機関（IOM）拠出金",
        "審査 一郎さん（審査担当）が、5 PDCAサイクルの確保等「PLAN」にコメントを付けました"
        "（担当課室にも見える）。",
        f"/sheets/{sheet.pk}/comments/{thread.pk}/",
    )
    client.force_login(people["officer"])
    assert WORDS in client.get(message.path).content.decode()


def test_the_digest_has_a_line_and_no_word_of_it(ministry):
    sheet, people = ministry.put(State.REVIEW), ministry.people
    comment(sheet, people["reviewer"], WORDS)
    comment(sheet, people["reviewer"], f"内輪。{WORDS}", audience=CommentAudience.REVIEWERS)
    send_digests(timezone.localdate())
    mails = {mail.address: mail.subject + mail.body for mail in OutgoingMail.objects.all()}
    assert set(mails) == {
        f"{name}@example.jp" for name in ("officer", "colleague", "second_reviewer")
    }
    assert all(mail.count("コメント：平成30年度") == 1 for mail in mails.values())
    assert [mail for mail in mails.values() if WORDS in mail] == []


def test_a_button_pressed_twice_tells_once(ministry):
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    for _ in range(2):
        comment(sheet, reviewer, WORDS)
    assert Message.objects.filter(recipient=ministry.people["officer"]).count() == 1


def test_telling_many_asks_as_often_as_telling_a_few(ministry):
    sheet, asked = ministry.put(State.REVIEW), []
    for turn, more in enumerate((0, 30)):
        for _ in range(more):
            make_person(Role.OFFICER, sheet.division)
        with CaptureQueriesContext(connection) as queries:
            comment(sheet, ministry.people["reviewer"], f"{turn}回目。")
        asked.append(len(queries))
    assert Message.objects.count() > 30
    assert asked[0] == asked[1]


def test_the_page_on_the_workflow_shows_this_table_too(ministry, client):
    client.force_login(ministry.people["officer"])
    page = client.get("/workflow/").content.decode()
    for words in ("コメント（審査担当・取りまとめのみ）", "それまでに発言した人"):
        assert words in page
