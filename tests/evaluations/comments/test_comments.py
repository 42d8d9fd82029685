"""Comments: who may say what; they stay, and follow the words they are on."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.refusals import Invalid, NotAllowed, Stale
from evaluations.domain.comments import add_remark, open_thread
from evaluations.domain.entries import save_entry
from evaluations.enums import CommentAudience, CommentKind, State
from evaluations.models import Comment, CommentThread, Sheet
from evaluations.queries.comments import reviews_of, threads_visible_to
from evaluations.queries.content import texts_of
from evaluations.refusals import Blocked
from evaluations.workflow import perform
from tests.evaluations.review import assert_written_once, comment, rewrite
from tests.evaluations.scene import ROLES, also
from tests.factories import make_person

pytestmark = pytest.mark.django_db


# --- who may say what ----------------------------------------------------------------------------
# fmt: off
#                          offi      other other revi  coor  view  no   super
#                          cer  head offic head  ewer  dinat er    body user
MAY = """
draft           open       ×    ×    ×     ×     ×     ×     ×     ×    ×
division_check  open       ×    ○    ×     ×     ×     ×     ×     ×    ×
review          open       ×    ×    ×     ×     ○     ×     ×     ×    ×
returned        open       ×    ×    ×     ×     ×     ×     ×     ×    ×
approved        open       ×    ×    ×     ×     ×     ×     ×     ×    ×
draft           answer     ○    ○    ×     ×     ○     ×     ×     ×    ×
division_check  answer     ○    ○    ×     ×     ○     ×     ×     ×    ×
review          answer     ○    ○    ×     ×     ○     ×     ×     ×    ×
returned        answer     ○    ○    ×     ×     ○     ×     ×     ×    ×
approved        answer     ×    ×    ×     ×     ×     ×     ×     ×    ×
published       answer     ×    ×    ×     ×     ×     ×     ×     ×    ×
excluded        answer     ×    ×    ×     ×     ×     ×     ×     ×    ×
returned        addressed  ○    ○    ×     ×     ×     ×     ×     ×    ×
approved        addressed  ×    ×    ×     ×     ×     ×     ×     ×    ×
returned        resolved   ×    ×    ×     ×     ○     ×     ×     ×    ×
review          resolved   ×    ×    ×     ×     ○     ×     ×     ×    ×
approved        resolved   ×    ×    ×     ×     ×     ×     ×     ×    ×
review          withdrawn  ×    ×    ×     ×     ○     ×     ×     ×    ×
published       withdrawn  ×    ×    ×     ×     ×     ×     ×     ×    ×
"""
# fmt: on
ROWS = [
    (state, act, dict(zip(ROLES, cells, strict=True)))
    for state, act, *cells in map(str.split, MAY.strip().splitlines())
]  # fmt: skip


@pytest.mark.parametrize(("state", "act", "expected"), ROWS)
def test_who_may_say_what(ministry, state, act, expected):
    sheet = ministry.put(State.REVIEW)
    threads = {role: comment(sheet, ministry.people["reviewer"], f"{role}の分。") for role in ROLES}
    ministry.put(State(state))
    found = {}
    for role in ROLES:
        actor = ministry.people[role]
        try:
            if act == "open":
                comment(sheet, actor, "新しい話。")
            else:
                add_remark(sheet, threads[role].pk, CommentKind(act), "はい。", actor=actor)
            found[role] = "○"
        except (NotAllowed, CommentThread.DoesNotExist):
            found[role] = "×"
    assert found == expected


def test_a_heads_comment_is_settled_by_a_head(ministry):
    sheet, head = ministry.put(State.DIVISION_CHECK), ministry.people["head"]
    thread = comment(sheet, head)
    with pytest.raises(NotAllowed, match="課室長です"):
        add_remark(sheet, thread.pk, CommentKind.RESOLVED, "", actor=ministry.people["reviewer"])
    deputy = make_person(Role.HEAD, sheet.division)
    assert add_remark(sheet, thread.pk, CommentKind.RESOLVED, "", actor=deputy).role


def test_a_comment_is_taken_back_by_whoever_made_it_alone(ministry):
    sheet = ministry.put(State.REVIEW)
    thread = comment(sheet, ministry.people["reviewer"], "書き間違い。")
    with pytest.raises(NotAllowed, match="本人"):
        add_remark(sheet, thread.pk, CommentKind.WITHDRAWN, "", actor=make_person(Role.REVIEWER))
    add_remark(sheet, thread.pk, CommentKind.WITHDRAWN, "", actor=ministry.people["reviewer"])
    kept = CommentThread.objects.get()
    assert [(each.kind, each.text) for each in kept.remarks] == [
        ("opening", "書き間違い。"),
        ("withdrawn", ""),
    ]


def test_somebody_who_is_both_sees_as_a_reviewer(ministry):
    sheet = ministry.put(State.REVIEW)
    comment(
        sheet, ministry.people["reviewer"], "内輪の疑問である。", audience=CommentAudience.REVIEWERS
    )
    both = also(make_person(Role.OFFICER, sheet.division), Role.REVIEWER)
    assert threads_visible_to(both.roles, sheet).count() == 1


# --- what can be said ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "how", "message"),
    [
        ("", {}, "コメントを記入してください"),
        ("あ" * 2001, {}, "2,000字以内"),
        ("はい。", {"quote": "どこにもない語句"}, "この項目の文章にありません"),
        ("はい。", {"quote": "。"}, "2か所あります"),
        (
            "はい。",
            {"is_blocking": True, "audience": CommentAudience.REVIEWERS},
            "確定を止められません",
        ),
    ],
)
def test_a_comment_that_cannot_be_kept_is_refused_with_the_reason(ministry, text, how, message):
    sheet = ministry.put(State.REVIEW)
    rewrite(sheet, plan="・計画した。\n・改めた。")
    with pytest.raises(Invalid, match=message):
        comment(sheet, ministry.people["reviewer"], text, **how)
    assert not CommentThread.objects.exists()


def test_a_refused_comment_comes_back_in_its_form(ministry, client):
    sheet = ministry.put(State.REVIEW)
    client.force_login(ministry.people["reviewer"])
    url = reverse("entry_comments", args=[sheet.pk, "plan"])
    sent = {"quote": "ない語句", "text": "消えては困る。", "audience": "division"}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "消えては困る。" in page
    assert "この項目の文章にありません" in page


@pytest.mark.parametrize("how", [{"audience": CommentAudience.REVIEWERS}, {"is_blocking": True}])
def test_a_head_has_nothing_to_hide_and_nothing_to_block(ministry, how):
    sheet = ministry.put(State.DIVISION_CHECK)
    with pytest.raises(Invalid):
        comment(sheet, ministry.people["head"], **how)


def test_the_place_chosen_decides_between_words_that_are_alike(ministry):
    sheet = ministry.put(State.REVIEW)
    rewrite(sheet, plan="・井戸を掘った。\n・井戸を直した。")
    thread = comment(sheet, ministry.people["reviewer"], quote="井戸を", start=10)
    assert (thread.start, thread.quote) == (10, "井戸を")


def test_a_figure_can_be_commented_on_as_a_whole(ministry):
    sheet = ministry.put(State.REVIEW)
    reviewer = ministry.people["reviewer"]
    thread = open_thread(
        sheet, "staffing", "前年と違う。", audience=CommentAudience.DIVISION, actor=reviewer
    )
    assert (thread.key, thread.quote) == ("staffing", "")


def test_a_button_pressed_twice_says_it_once(ministry):
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    threads = [comment(sheet, reviewer) for _ in range(2)]
    for _ in range(2):
        add_remark(sheet, threads[0].pk, CommentKind.RESOLVED, "", actor=reviewer)
    assert threads[0].pk == threads[1].pk
    assert Comment.objects.count() == 2


def test_a_thread_that_somebody_closed_is_not_gone_on_with(ministry):
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    thread = comment(sheet, reviewer)
    add_remark(sheet, thread.pk, CommentKind.RESOLVED, "", actor=reviewer)
    with pytest.raises(Stale, match="審査 一郎さんが「解決」にしました"):
        add_remark(
            sheet, thread.pk, CommentKind.ANSWER, "待って。", actor=make_person(Role.REVIEWER)
        )


# --- it stays ------------------------------------------------------------------------------------
def test_what_was_said_can_be_neither_changed_nor_deleted(ministry):
    thread = comment(ministry.put(State.REVIEW), ministry.people["reviewer"])
    assert_written_once(thread, thread.opening)
    assert Comment.objects.count() == 1


def test_it_is_kept_through_all_that_comes_after(ministry):
    """The words are followed through the revisions; gone, they are shown as they were."""
    sheet, people = ministry.put(State.REVIEW), ministry.people
    rewrite(sheet, plan="・理事会で日本の意見を述べた。\n・予算を改めた。")
    comment(sheet, people["reviewer"], "どの理事会か。", quote="理事会で日本の意見を")
    sheet.refresh_from_db()
    perform(sheet, "return", actor=people["reviewer"], comment="直す。", version=sheet.version)

    def now(text, version):
        save_entry(sheet, "plan", text, version=version, actor=people["officer"])
        texts = texts_of([sheet.pk])[sheet.pk]
        (placed,) = reviews_of(people["officer"].roles, sheet, texts)["plan"].unsettled
        return placed.thread.quote, placed.words_now, placed.is_gone

    words = "理事会で日本の意見を"
    assert now("・前置き。\n・理事会で日本の意見を述べた。", 2) == (words, "", False)
    changed = "第3回理事会で日本の意見を強く述べた。"
    assert now(f"・{changed}", 3) == (words, "", False)
    assert now("・理事会で我が国の意見を述べた。", 4)[1:] == ("理事会で我が国の意見を", False)
    assert now("・井戸を掘った。", 5) == (words, "", True)


def test_a_comment_on_the_whole_entry_tells_that_the_entry_changed(ministry, client):
    sheet = ministry.put(State.REVIEW)
    comment(sheet, ministry.people["reviewer"])
    client.force_login(ministry.people["officer"])
    url = reverse("sheet_comments", args=[sheet.pk])
    told_so = "この項目の文章は、コメントの後に変わりました"
    assert told_so not in client.get(url).content.decode()
    rewrite(sheet, plan="・井戸を掘った。")
    assert told_so in client.get(url).content.decode()


def test_words_that_are_gone_are_shown_as_they_were(ministry, client):
    sheet = ministry.put(State.REVIEW)
    comment(sheet, ministry.people["reviewer"], quote="着実に")
    rewrite(sheet, plan="・井戸を掘った。")
    client.force_login(ministry.people["officer"])
    page = client.get(reverse("sheet_comments", args=[sheet.pk])).content.decode()
    assert "この語句は今の文章にありません" in page
    assert ">着実に</blockquote>" in page


# --- it stands against an approval ---------------------------------------------------------------
def test_a_blocking_comment_keeps_a_sheet_from_being_approved(ministry, fake_pdf, client):
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B", overall_grade_reason="着実。")
    thread = comment(sheet, reviewer, is_blocking=True)
    comment(sheet, reviewer, "急がない。")
    with pytest.raises(Blocked) as blocked:
        perform(sheet, "approve", actor=reviewer, version=sheet.version)
    (problem,) = blocked.value.problems
    assert problem.item == "plan"
    assert "「PLAN」に、確定を止めるコメントが残っています" in problem.message
    client.force_login(reviewer)
    page = client.get(reverse("sheet_act", args=[sheet.pk, "approve"])).content.decode()
    assert f'href="/sheets/{sheet.pk}/places/plan/"' in page
    add_remark(sheet, thread.pk, CommentKind.RESOLVED, "", actor=reviewer)
    perform(sheet, "approve", actor=reviewer, version=sheet.version)
    assert sheet.state == State.APPROVED


def test_commenting_moves_nothing(ministry):
    """Neither version nor state changes: people with the page open notice nothing."""
    sheet = ministry.put(State.REVIEW)
    before = Sheet.objects.filter(pk=sheet.pk).values().get()
    comment(sheet, ministry.people["reviewer"], audience=CommentAudience.REVIEWERS)
    assert Sheet.objects.filter(pk=sheet.pk).values().get() == before


def test_the_admin_shows_to_each_what_they_may_hear(ministry, client):
    sheet, people = ministry.put(State.REVIEW), ministry.people
    comment(sheet, people["reviewer"], "課室に聞こえる。")
    comment(sheet, people["reviewer"], "内々のこと。", audience=CommentAudience.REVIEWERS)
    url = reverse("admin:evaluations_sheet_change", args=[sheet.pk])
    heard = {}
    for who in ("officer", "head", "reviewer", "coordinator"):
        client.force_login(people[who])
        shown = client.get(url).content.decode()
        heard[who] = ("課室に聞こえる。" in shown, "内々のこと。" in shown)
    inside, division = (True, True), (True, False)
    assert heard == {
        "officer": division,
        "head": division,
        "reviewer": inside,
        "coordinator": inside,
    }


def test_the_admin_of_a_decided_sheet_tells_an_auditor_nothing_of_it(ministry, client):
    sheet, people = ministry.put(State.REVIEW), ministry.people
    comment(sheet, people["reviewer"], "課室に聞こえる。")
    ministry.put(State.PUBLISHED)
    client.force_login(people["auditor"])
    shown = client.get(reverse("admin:evaluations_sheet_change", args=[sheet.pk]))
    assert shown.status_code == 200
    assert "課室に聞こえる。" not in shown.content.decode()
