"""One step with many sheets on its pages: shown first, then taken, with a result for each."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership
from audit.models import AuditEntry
from audit.trail import Verification, verify
from bulk_steps.domain.requests import FEW_SHEETS, MOST_SHEETS
from bulk_steps.domain.retention import RETENTION
from bulk_steps.models import BulkStep, BulkStepResult
from evaluations.enums import State
from evaluations.models import Sheet, Transition
from tests.bulk_steps.conftest import (
    DONE,
    NEW,
    again,
    ask,
    choose,
    confirm,
    outcome,
    page_of,
    states,
)
from tests.factories import ContributionFactory, UserFactory, make_person, make_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

STALE = "画面を開いた後にシートが更新されました。最新の内容を確かめて、もう一度操作してください。"


def lines(page):
    return {line.sheet: (line.ok, line.message) for line in page.context["lines"]}


def shown_results(page):
    """Return the cells of the results as a person reads them."""
    tables = "".join(re.findall(r"<tbody>.*?</tbody>", page.content.decode(), re.DOTALL))
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", tables, re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]
    return [tuple(words[n : n + 4]) for n in range(0, len(words), 4)]


# --- before anything is done -------------------------------------------------------------------
def test_a_step_with_many_is_shown_before_it_is_taken(ministry, sign_in):
    both = [ministry.put(State.APPROVED, s) for s in (ministry.sheet, ministry.other_sheet)]
    client = sign_in("coordinator")
    page = choose(client, "publish", both)
    assert lines(page) == dict.fromkeys(both, (True, "実行できます。"))
    assert "2件を公表する" in page.content.decode()
    assert not Transition.objects.exists()
    assert not BulkStep.objects.exists()
    done = confirm(client, page)
    assert outcome(BulkStep.objects.get()) == dict.fromkeys(both, DONE["publish"])
    assert "2件のうち2件で「公表」を実行しました。" in done.content.decode()
    assert states(both) == ["published", "published"]
    assert AuditEntry.objects.filter(action="bulk_step.ask").count() == 1
    assert AuditEntry.objects.filter(action="sheet.publish").count() == 2
    assert verify() == Verification(AuditEntry.objects.count())


@pytest.mark.parametrize(
    "sent",
    [{}, {"sheet": "1"}, {"action": "submit"}, {"action": "dance", "sheet": "1"},
     {"action": "submit", "sheet": "1" * 30}, {"action": "submit", "sheet": "②"}],
)  # fmt: skip
def test_nothing_chosen_is_told(client, sent):
    client.force_login(make_person(Role.REVIEWER))
    for answer in (client.get(NEW, sent, follow=True), client.post(NEW, sent, follow=True)):
        assert answer.redirect_chain == [("/queue/", 302)]
        assert "選んでから進んでください" in answer.content.decode()


def test_somebody_elses_sheet_is_neither_named_nor_taken(ministry, sign_in):
    own, other = ministry.sheet, ministry.other_sheet
    client = sign_in("officer")
    page = choose(client, "submit", [own, other])
    assert list(lines(page)) == [own]
    assert "極秘" not in page.content.decode()
    both, versions = f"{own.pk} {other.pk}", f"{own.pk}:{own.version} {other.pk}:{other.version}"
    confirm(client, page, sheet=both, versions=versions)
    assert outcome(BulkStep.objects.get()) == {own: DONE["submit"]}
    assert states([own, other]) == ["division_check", "draft"]
    for answer in (choose(client, "submit", [other]), confirm(client, page, sheet=other.pk)):
        assert answer.status_code == 422
        assert "選んだシートは、今の役割では見られません。" in answer.content.decode()


def test_a_reason_that_is_missing_stops_all_and_says_so(ministry, sign_in):
    sheet, client = ministry.put(State.REVIEW), sign_in("reviewer")
    answer = confirm(client, choose(client, "return", [sheet]), comment=" ")
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"comment": ["理由を記入してください。"]}
    assert not BulkStep.objects.exists()
    confirm(client, answer, comment="直してください。")
    assert sheet.transitions.get().comment == "直してください。"


def test_more_than_one_bulk_step_may_have_are_refused_and_the_reason_given_back(client):
    client.force_login(make_person(Role.REVIEWER))
    keys = " ".join(str(n) for n in range(1, MOST_SHEETS + 2))
    sent = {"action": "return", "sheet": keys, "confirmed": "yes", "version": 0}
    for answer in (
        client.post(NEW, sent | {"comment": "書いた理由"}),
        client.post(NEW, {"action": "return", "sheet": keys, "comment": "書いた理由"}),
    ):
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "一度にまとめて行えるのは500件までです（選んだのは501件）。" in html
        assert "書いた理由" in html


def test_the_confirmation_has_as_many_fields_for_many_as_for_one(ministry, sign_in):
    both = [ministry.put(State.APPROVED, s) for s in (ministry.sheet, ministry.other_sheet)]
    client = sign_in("coordinator")
    one, two = (fields_of(choose(client, "publish", both[:n])) for n in (1, 2))
    assert one == two
    assert len(one) == len(set(one))


def fields_of(page):
    forms = re.findall(r"<form method=\"post\".*?</form>", page.content.decode(), re.DOTALL)
    [form] = [form for form in forms if "confirmed" in form]
    return re.findall(r'<(?:input|textarea)[^>]*\sname="([^"]+)"', form)


# --- one result for each -----------------------------------------------------------------------
def test_few_sheets_have_their_results_at_once_and_twice_the_same(ministry, sign_in):
    good = ministry.sheet
    empty = make_sheet(ContributionFactory(responsible_division=good.division))
    client = sign_in("officer")
    page = choose(client, "submit", [good, empty])
    assert lines(page) == {
        good: (True, "実行できます。"),
        empty: (False, "先に直すところがあります。"),
    }
    for answer in (confirm(client, page), confirm(client, page)):
        refused, done = shown_results(answer)  # what one has to see to comes first
        assert done == (
            str(good),
            "完了 ：「提出」を実行しました。",
            "課室長確認",
            str(good.division),
        )
        assert refused[1].startswith("実行しませんでした ：「提出」の前に直すところが")
        assert "が未記入です。" in refused[1]
        assert refused[2] == "作成中"
    assert good.transitions.count() == 1
    assert states([good, empty]) == ["division_check", "draft"]


@pytest.mark.parametrize("seen", ["0", "", "x", "-1", "9" * 5000, "１"])
def test_what_changed_since_it_was_shown_is_refused_by_itself(ministry, sign_in, seen):
    fresh, stale = ministry.put(State.APPROVED), ministry.put(State.APPROVED, ministry.other_sheet)
    client = sign_in("coordinator")
    page = choose(client, "publish", [fresh, stale])
    confirm(client, page, versions=f"{fresh.pk}:{fresh.version} {stale.pk}:{seen}")
    expected = {fresh: DONE["publish"], stale: ("refused", STALE)}
    assert outcome(BulkStep.objects.get()) == expected
    assert states([fresh, stale]) == ["published", "approved"]


@pytest.mark.parametrize("role", ["officer", "head", "reviewer"])
def test_a_step_that_is_somebody_elses_is_refused_in_bulk_too(ministry, sign_in, role):
    sheet, client = ministry.put(State.APPROVED), sign_in(role)
    page = choose(client, "publish", [sheet])
    why = "取りまとめの担当が行います。"
    assert lines(page) == {sheet: (False, why)}
    # The page has no such button; sent by hand it is refused as well.
    confirm(client, page)
    assert outcome(BulkStep.objects.get()) == {sheet: ("refused", why)}
    assert states([sheet]) == ["approved"]


def test_what_was_refused_goes_back_to_the_confirmation_with_its_reason(ministry, sign_in):
    sheet, client = ministry.put(State.REVIEW), sign_in("reviewer")
    page = choose(client, "return", [sheet])
    Sheet.objects.filter(pk=sheet.pk).update(version=sheet.version + 1)
    words = "一行目の理由。\n二行目の<b>理由</b>。"
    result = confirm(client, page, comment=words.replace("\n", "\r\n"))
    assert "実行しなかった1件の確認へ進む" in result.content.decode()
    assert "二行目の&lt;b&gt;理由&lt;/b&gt;。</p>" in result.content.decode()
    shown = again(client, result)
    assert shown.context["form"]["comment"].value() == words
    confirm(client, shown, comment=shown.context["form"]["comment"].value())
    assert sheet.transitions.get().comment == words


def test_a_reason_is_shown_where_nothing_can_be_done_any_more(ministry, sign_in):
    sheet, client = ministry.put(State.REVIEW), sign_in("reviewer")
    page = choose(client, "return", [sheet])
    ministry.put(State.DRAFT)
    shown = again(client, confirm(client, page, comment="長い理由"))
    assert lines(shown) == {sheet: (False, "「作成中」のため対象になりません。")}
    assert "長い理由</textarea>" in shown.content.decode()
    assert 'name="confirmed"' not in shown.content.decode()


# --- whose it is -------------------------------------------------------------------------------
def test_somebody_elses_bulk_step_looks_like_none(ministry, sign_in):
    bulk_step = ask(ministry.people["reviewer"], "return", [ministry.sheet], "極秘の理由")
    client = sign_in("coordinator")
    for path in ("", "progress/"):
        assert client.get(f"{page_of(bulk_step)}{path}").status_code == 404
    assert str(bulk_step) not in client.get("/bulk-steps/").content.decode()
    assert "まとめて行った操作はありません" in client.get("/bulk-steps/").content.decode()


def test_of_a_sheet_out_of_sight_the_page_no_longer_tells(ministry, sign_in):
    sheet, officer = ministry.sheet, ministry.people["officer"]
    Sheet.objects.filter(pk=sheet.pk).update(version=sheet.version + 1)
    bulk_step = ask(officer, "submit", [sheet])
    assert outcome(bulk_step) == {sheet: ("refused", STALE)}
    client = sign_in("officer")
    assert "確認へ進む" in client.get(page_of(bulk_step)).content.decode()
    Membership.objects.filter(user=officer).update(valid_until=timezone.localdate() - timedelta(1))
    page = client.get(page_of(bulk_step))
    why = "実行しませんでした ：今の役割では、このシートを見られません。"
    assert shown_results(page) == [(str(sheet), why, "―", "―")]
    assert "確認へ進む" not in page.content.decode()


def test_ones_own_are_listed_newest_first(ministry, sign_in):
    client = sign_in("coordinator")
    first, second = (
        ask(ministry.people["coordinator"], action, [ministry.sheet], "理由")
        for action in ("exclude", "include")
    )
    Sheet.objects.filter(pk=ministry.sheet.pk).update(state=State.DRAFT)
    rows = re.findall(r"<tr>.*?</tr>", client.get("/bulk-steps/").content.decode(), re.DOTALL)[1:]
    words = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
    assert [each.split(" 20")[0] for each in words] == [
        "まとめて「対象に戻す」 終了 1 0 1",
        "まとめて「評価対象外とする」 終了 1 1 0",
    ]
    assert page_of(second) in rows[0]
    assert page_of(first) in rows[1]


# --- watched while the worker takes it ---------------------------------------------------------
def test_watching_it_being_taken(eight, ministry, sign_in):
    client = sign_in("reviewer")
    answer = confirm(client, choose(client, "approve", eight), comment="よくできています。")
    bulk_step = BulkStep.objects.get()
    assert answer.redirect_chain == [(page_of(bulk_step), 302)]
    page = answer.content.decode()
    assert "一件ずつ処理しています。" in page
    assert "0／8件" in page
    assert f'hx-get="{page_of(bulk_step)}progress/?said=running-0" hx-trigger="every 2s"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert states(eight) == ["review"] * 8

    some = bulk_step.results.values("pk")[:3]
    BulkStepResult.objects.filter(pk__in=list(some.values_list("pk", flat=True))).update(
        status="refused", message="理由。"
    )
    page = client.get(f"{page_of(bulk_step)}progress/?said=running-0").content.decode()
    assert '<progress aria-label="まとめて「確定」" max="8" value="3"></progress>' in page
    assert "3／8件（うち3件は実行しませんでした）" in page
    assert "8件のうち3件を処理しました。" in page
    # The same is not said twice.
    page = client.get(f"{page_of(bulk_step)}progress/?said=running-1").content.decode()
    assert "bulk-step-said" not in page


def test_without_a_worker_the_page_says_so_and_whom_to_ask(eight, ministry, sign_in):
    bulk_step = ask(ministry.people["reviewer"], "approve", eight)
    UserFactory(display_name="去年 管理", is_superuser=True, is_active=False)
    client = sign_in("reviewer")
    assert "ワーカー" not in client.get(page_of(bulk_step)).content.decode()
    BulkStep.objects.update(requested_at=timezone.now() - timedelta(minutes=2))
    page = client.get(page_of(bulk_step)).content.decode()
    assert "ワーカー）が動いていないようです" in page
    assert "管理 五月さん" in page
    assert "去年 管理" not in page
    one = bulk_step.results.first()
    BulkStepResult.objects.filter(pk=one.pk).update(
        claimed_until=timezone.now() + timedelta(minutes=1)
    )
    assert "ワーカー" not in client.get(page_of(bulk_step)).content.decode()


def test_the_help_tells_the_limits_as_they_are(client):
    page = client.get("/help/reviewer/").content.decode()
    assert f"一度に{MOST_SHEETS}件まで" in page
    assert f"{FEW_SHEETS + 1}件以上のときは一件ずつ順に" in page
    assert f"{RETENTION.days}日間見られます" in page
