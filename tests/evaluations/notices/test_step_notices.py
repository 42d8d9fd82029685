"""Who is told of each step, written out.

    ！ told, and mailed at once    ・ told, and mailed with the day's digest    － not told

Columns: the officer who submits; a colleague of hers who wrote; the head who confirms; a second
head; somebody who wrote and has moved to another division; the reviewer who decides; the one who
approved before; coordinator and a second one; officer and head of another division; viewer; the
administrator.
"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from evaluations.domain.step_notices import NOTICES
from evaluations.enums import Action, State
from evaluations.models import Authorship, Cycle, Sheet, Transition
from evaluations.workflow import perform
from notices.models import Message, OutgoingMail
from tests.evaluations.scene import make_ministry
from tests.factories import make_person, put_in_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

COLUMNS = (
    "officer",
    "colleague",
    "head",
    "second_head",
    "moved",
    "reviewer",
    "approver",
    "coordinator",
    "second_coordinator",
    "other_officer",
    "other_head",
    "viewer",
    "superuser",
)

# fmt: off
#                                             of coll he 2nd mov rev app coo 2nd oth oth vie sup
# action    from            by          due   fi eag  ad hea ed  iew rov rd  coo off hea wer er
TABLE = """
submit    draft           officer     later   －  ・   ！ ！  －  －  －  －  －  －  －  －  －
submit    returned        officer     later   －  ・   ！ ！  －  －  －  －  －  －  －  －  －
withdraw  division_check  officer     later   －  ・   ・ ・  －  －  －  －  －  －  －  －  －
confirm   division_check  head        later   ・  ・   － ・  －  ・  ・  －  －  －  －  －  －
confirm   division_check  head        today   ・  ・   － ・  －  ！  ！  －  －  －  －  －  －
confirm   division_check  head        past    ・  ・   － ・  －  ！  ！  －  －  －  －  －  －
return    division_check  head        later   ！  ！   － ・  －  －  －  －  －  －  －  －  －
return    review          reviewer    later   ！  ！   ！ ！  －  －  －  －  －  －  －  －  －
approve   review          reviewer    later   ・  ・   ・ ・  －  －  －  ・  ・  －  －  －  －
approve   review          reviewer    today   ・  ・   ・ ・  －  －  －  ！  ！  －  －  －  －
undo_return returned      reviewer    later   ！  ！   ！ ！  －  －  ・  －  －  －  －  －  －
undo_return returned      reviewer    past    ！  ！   ！ ！  －  －  ！  －  －  －  －  －  －
undo_approve approved     reviewer    later   ・  ・   ・ ・  －  －  ・  ・  ・  －  －  －  －
publish   approved        coordinator later   ・  ・   ・ ・  －  －  ・  －  －  －  －  －  －
reopen    approved        coordinator later   ！  ！   ・ ・  －  －  ・  －  －  －  －  －  －
reopen    published       coordinator later   ！  ！   ・ ・  －  －  ・  －  －  －  －  －  －
exclude   draft           coordinator later   ・  ・   ・ ・  －  －  －  －  －  －  －  －  －
include   excluded        coordinator later   ・  ・   ・ ・  －  －  －  －  －  －  －  －  －
"""
# fmt: on
ROWS = [line.split() for line in TABLE.strip().splitlines()]
DUE = {"later": 1, "today": 0, "past": -1}
REASON = "非公開の交渉に触れているため、外務大臣の発言を除いてください。"


@pytest.fixture
def ministry():
    ministry = make_ministry()
    people, division = ministry.people, ministry.sheet.division
    people["colleague"] = make_person(Role.OFFICER, division, display_name="同僚 六実")
    people["second_head"] = make_person(Role.HEAD, division, display_name="課室 七海")
    people["moved"] = make_person(Role.OFFICER, ministry.other_sheet.division)
    people["approver"] = make_person(Role.REVIEWER, display_name="審査 八重")
    people["second_coordinator"] = make_person(Role.COORDINATOR, display_name="取纏 九郎")
    for author in ("colleague", "moved"):
        Authorship.objects.create(sheet=ministry.sheet, user=people[author])
    ministry.reach_everybody_by_mail()
    return ministry


def put(ministry, state):
    """Put the sheet into ``state``, signed by the people of the table."""
    sheet, people = ministry.sheet, ministry.people
    put_in_state(
        sheet,
        State(state),
        submitter=people["officer"],
        confirmer=people["head"],
        approver=people["approver"],
    )
    if sheet.is_final:
        ministry.issue(sheet, b"%PDF-1.7")
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B", overall_grade_reason="着実。")
    return Sheet.objects.get(pk=sheet.pk)


def deadlines_in(days):
    day = timezone.localdate() + timedelta(days=days)
    Cycle.objects.update(submission_deadline=day, review_deadline=day, publication_date=day)


def told(ministry):
    """Return what each person of the table was told."""
    mailed = set(OutgoingMail.objects.values_list("address", flat=True))
    listed = set(Message.objects.values_list("recipient", flat=True))
    return {
        name: "！"
        if f"{name}@example.jp" in mailed
        else "・"
        if ministry.people[name].pk in listed
        else "－"
        for name in COLUMNS
    }


@pytest.mark.parametrize(("action", "state", "by", "due", "cells"), [(*r[:4], r[4:]) for r in ROWS])
def test_who_is_told(ministry, action, state, by, due, cells):
    deadlines_in(DUE[due])
    sheet = put(ministry, state)
    if action in TO_BE_UNDONE:
        take_what_is_undone(ministry, sheet, *TO_BE_UNDONE[action])
    perform(sheet, action, actor=ministry.people[by], comment=REASON, version=sheet.version)
    assert told(ministry) == dict(zip(COLUMNS, cells, strict=True))
    assert Message.objects.values("recipient").distinct().count() == Message.objects.count()


TO_BE_UNDONE = {"undo_return": ("return", "reviewer"), "undo_approve": ("approve", "approver")}


def take_what_is_undone(ministry, sheet, action, by):
    """Let the step be taken that is to be undone, and forget who was told of that."""
    put(ministry, "review")
    sheet.refresh_from_db()
    actor = ministry.people[by]
    perform(sheet, action, actor=actor, comment=REASON, version=sheet.version)
    Message.objects.all().delete()
    OutgoingMail.objects.all().delete()


def test_what_returns_to_the_head_is_none_of_the_reviewers_business(ministry):
    sheet = put(ministry, "division_check")
    for action in ("return", "undo_return"):
        perform(sheet, action, actor=ministry.people["head"], comment=REASON, version=sheet.version)
    assert (told(ministry)["reviewer"], told(ministry)["second_head"]) == ("－", "！")


def test_every_step_is_in_both_tables():
    assert {row[0] for row in ROWS} == {notice.action for notice in NOTICES} == set(Action)


def test_a_return_tells_the_reason_in_here_and_by_mail_only_that_it_was_returned(ministry):
    sheet = put(ministry, "review")
    reviewer = ministry.people["reviewer"]
    perform(sheet, "return", actor=reviewer, comment=REASON, version=sheet.version)
    message = Message.objects.get(recipient=ministry.people["officer"])
    assert (message.subject, message.body, message.note, message.path) == (
        "差戻し：平成30年度 国際移住機関（IOM）拠出金",
        "審査 一郎さん（審査担当）が「差戻し」をしました。理由を読み、直して再提出してください。",
        REASON,
        f"/sheets/{sheet.pk}/",
    )
    mail = OutgoingMail.objects.get(address="officer@example.jp")
    assert "審査 一郎さん（審査担当）が「差戻し」をしました。" in mail.body
    assert f"/sheets/{sheet.pk}/" in mail.body


def test_no_mail_holds_a_reason_or_a_text_of_the_sheet(ministry):
    sheet = put(ministry, "draft")
    steps = (("submit", "officer"), ("return", "head"), ("submit", "officer"), ("confirm", "head"))
    for action, by in (*steps, ("return", "reviewer")):
        perform(sheet, action, actor=ministry.people[by], comment=REASON, version=sheet.version)
    written = [mail.subject + mail.body for mail in OutgoingMail.objects.all()]
    assert len(written) > 5
    for secret in (REASON, "期間中の取組を着実に進めた"):
        assert [text for text in written if secret in text] == []


def test_a_step_that_fails_at_its_end_tells_nobody(ministry, monkeypatch):
    def fail(*args, **kwargs):
        assert Message.objects.exists()
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("audit.trail.record", fail)
    sheet = put(ministry, "draft")
    with pytest.raises(DatabaseError), transaction.atomic():
        perform(sheet, "submit", actor=ministry.people["officer"], version=sheet.version)
    assert (Message.objects.count(), OutgoingMail.objects.count()) == (0, 0)
    assert not Transition.objects.exists()


def test_a_blocked_account_is_told_nothing(ministry):
    User.objects.filter(pk=ministry.people["second_head"].pk).update(is_active=False)
    sheet = put(ministry, "draft")
    perform(sheet, "submit", actor=ministry.people["officer"], version=sheet.version)
    assert told(ministry)["second_head"] == "－"


def test_a_role_that_is_over_is_told_nothing(ministry):
    membership = ministry.people["second_head"].memberships.get()
    membership.valid_until = timezone.localdate() - timedelta(days=1)
    membership.save()
    sheet = put(ministry, "draft")
    perform(sheet, "submit", actor=ministry.people["officer"], version=sheet.version)
    assert told(ministry)["second_head"] == "－"


def test_telling_forty_reviewers_asks_as_often_as_telling_two(ministry):
    asked = []
    for more in (0, 38):
        for _ in range(more):
            make_person(Role.REVIEWER, email="many@example.jp")
        sheet = put(ministry, "division_check")
        with CaptureQueriesContext(transaction.get_connection()) as queries:
            perform(sheet, "confirm", actor=ministry.people["head"], version=sheet.version)
        asked.append(len(queries))
        Sheet.objects.filter(pk=sheet.pk).update(state="draft")
    assert Message.objects.filter(subject__startswith="確認").count() > 40
    assert asked[0] == asked[1]


def test_the_page_on_the_workflow_shows_the_table(ministry, client):
    client.force_login(ministry.people["officer"])
    page = client.get("/workflow/").content.decode()
    assert page.count('<th scope="row">') >= len(NOTICES)
    for words in (
        "差戻し（審査中から）",
        "差戻しの取消し（審査中に戻るとき）",
        "一日一回のまとめで",
        "14日前、3日前、当日、3日後",
    ):
        assert words in page
