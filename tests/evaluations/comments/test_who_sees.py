"""Who sees what of the comments, in every state and on every page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from evaluations.domain.comments import add_remark
from evaluations.enums import CommentAudience, CommentKind, State
from evaluations.models import CommentThread
from evaluations.queries.comments import counts_for
from tests.browser.actions import words_of
from tests.evaluations.review import comment, wording
from tests.evaluations.scene import ROLES

pytestmark = pytest.mark.django_db

INSIDE, OUTSIDE = "内輪の疑問である。", "課室への質問である。"
WORDING, REASON = "・内々に改めた計画。", "修正案の理由である。"
SHOWS_NOTHING: set[str] = set()
ALL = {INSIDE, OUTSIDE, REASON}
THE_DIVISIONS = {OUTSIDE, REASON}

# fmt: off
#                 offi      other other revi  coor  view  no   super
#                 cer  head offic head  ewer  dinat er    body user
SEEN = dict(zip(ROLES, (
    THE_DIVISIONS, THE_DIVISIONS, SHOWS_NOTHING, SHOWS_NOTHING, ALL, ALL,
    SHOWS_NOTHING, SHOWS_NOTHING, SHOWS_NOTHING,
), strict=True))
# fmt: on


@pytest.fixture
def reviewed(ministry):
    """A sheet in review on which everything has been said that can be."""
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    inside = comment(sheet, reviewer, INSIDE, audience=CommentAudience.REVIEWERS, quote="取組")
    outside = comment(sheet, reviewer, OUTSIDE, is_blocking=True, quote="着実に")
    suggestion = wording(sheet, reviewer, WORDING, reason=REASON)
    return sheet, inside, outside, suggestion


def addresses(sheet, inside, outside, suggestion):
    """Return every address at which something of the review might be shown."""
    pk = sheet.pk
    return [
        reverse("sheet_detail", args=[pk]),
        reverse("sheet_section", args=[pk, "pdca"]),
        reverse("sheet_comments", args=[pk]),
        reverse("entry_comments", args=[pk, "plan"]),
        reverse("comment_thread", args=[pk, inside.pk]),
        reverse("comment_thread", args=[pk, outside.pk]),
        reverse("suggestion_decide", args=[pk, suggestion.pk]),
        reverse("sheet_act", args=[pk, "approve"]),
        reverse("sheet_preview", args=[pk]),
        reverse("sheet_printed", args=[pk]),
        f"/sheets/?q={INSIDE}",
        f"/admin/evaluations/sheet/{pk}/change/",
        "/",
    ]


def told(client, urls):
    """Return which of the words any of the pages shows, besides those that were asked for."""
    shown = set()
    for url in urls:
        page = re.sub(r'<input[^>]*>|href="[^"]*"', "", client.get(url).content.decode())
        shown |= {words for words in ALL if words in page}
    return shown


@pytest.mark.sweep
@pytest.mark.parametrize("state", State)
def test_what_everybody_sees_of_it_in_every_state(ministry, reviewed, fake_pdf, state):
    sheet, *_ = reviewed
    ministry.put(state)
    seen = {}
    for role in ROLES:
        client = Client(raise_request_exception=False)
        client.force_login(ministry.people[role])
        seen[role] = told(client, addresses(*reviewed))
    assert seen == SEEN
    assert told(Client(), addresses(*reviewed)) == SHOWS_NOTHING
    assert sheet.pk


@pytest.mark.parametrize("role", ROLES)
def test_the_annex_holds_what_its_reader_may_see(ministry, reviewed, role):
    client = Client(raise_request_exception=False)
    client.force_login(ministry.people[role])
    answer = client.get(reverse("comments_pdf", args=[reviewed[0].pk]))
    if not SEEN[role]:
        assert answer.status_code == 404
        return
    words = words_of(answer.content)
    assert {said for said in ALL if said in words} == SEEN[role]
    assert ("渡さないでください" in words) == (INSIDE in SEEN[role])


def test_whoever_may_not_see_a_thread_is_told_what_of_no_thread(ministry, reviewed, client):
    sheet, inside, *_ = reviewed
    client.force_login(ministry.people["officer"])
    for url in (reverse("comment_thread", args=[sheet.pk, pk]) for pk in (inside.pk, 999_999)):
        assert client.get(url).status_code == 404
        assert client.post(url, {"kind": "answer", "text": "読めている。"}).status_code == 404
    with pytest.raises(CommentThread.DoesNotExist):
        add_remark(sheet, inside.pk, CommentKind.ANSWER, "あ", actor=ministry.people["officer"])


def test_the_counts_tell_the_division_nothing_of_what_it_does_not_see(ministry, reviewed, client):
    sheet = reviewed[0]
    counts = {role: counts_for(ministry.people[role].roles, sheet) for role in ROLES}
    inside, outside = (2, 1, 1), (1, 1, 1)
    found = {role: (c.unsettled, c.blocking, c.suggestions) for role, c in counts.items()}
    assert found == dict.fromkeys(ROLES, (0, 0, 0)) | {
        "officer": outside,
        "head": outside,
        "reviewer": inside,
        "coordinator": inside,
    }
    client.force_login(ministry.people["officer"])
    page = client.get(reverse("sheet_detail", args=[sheet.pk])).content.decode()
    assert (
        "未解決のコメントが1件（うち確定を止めるもの1件）、採否が未定の修正案が1件あります。"
        in page
    )


def test_a_page_of_the_division_is_the_same_with_and_without_the_reviewers_own(ministry, client):
    """Not a mark, not a number, not a blank: what they keep to themselves leaves no trace."""
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    client.force_login(ministry.people["officer"])
    urls = [
        reverse("sheet_section", args=[sheet.pk, "pdca"]),
        reverse("sheet_comments", args=[sheet.pk]),
        reverse("sheet_detail", args=[sheet.pk]),
    ]
    before = [without_tokens(client.get(url)) for url in urls]
    thread = comment(sheet, reviewer, INSIDE, audience=CommentAudience.REVIEWERS, quote="取組")
    add_remark(sheet, thread.pk, CommentKind.ANSWER, "続き。", actor=reviewer)
    assert [without_tokens(client.get(url)) for url in urls] == before


def without_tokens(answer):
    return re.sub(r"\b\w{64}\b", "", answer.content.decode())


def test_the_record_keeps_no_words_and_does_not_say_for_whom(ministry):
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    for audience in CommentAudience:
        comment(sheet, reviewer, f"{audience.label}の発言。", audience=audience)
    one, other = AuditEntry.objects.filter(action="comment.opening").order_by("sequence")
    assert set(one.after) == set(other.after) == {"key", "thread", "length", "sha256"}
    assert (one.object_type, one.object_label) == (other.object_type, other.object_label)
