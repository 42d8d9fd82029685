"""The pages of 冊子: choosing, watching, downloading."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from accounts.models import Membership
from booklets.domain.lease import acquire_lease
from booklets.domain.requests import MOST_SHEETS, MOST_UNFINISHED
from booklets.domain.retention import FILE_RETENTION, FILES_PER_PERSON
from booklets.enums import BookletKind, BookletStatus
from booklets.models import Booklet, BookletPart
from evaluations.enums import State
from evaluations.models import Sheet
from tests.booklets.conftest import ask, file_of, made
from tests.factories import ContributionFactory, UserFactory, make_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paper")]


@pytest.fixture
def coordinator(client, ministry):
    client.force_login(ministry.people["coordinator"])
    return ministry.people["coordinator"]


def shown(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    html = answer.content.decode()
    return html[html.index("<main") : html.index("</main>")] if "<main" in html else html


def test_the_filters_of_the_list_go_along_to_the_booklet(ministry, client, coordinator):
    division = ministry.sheet.division
    link = re.search(
        r'href="(/booklets/new/\?[^"]*)"', shown(client, f"/sheets/?division={division.pk}")
    )
    assert link[1] == f"/booklets/new/?division={division.pk}"
    assert "この条件のシートは1件です。" in shown(client, link[1])
    answer = client.post(link[1], {"kind": "zip"})
    booklet = Booklet.objects.get()
    assert answer["Location"] == f"/booklets/{booklet.pk}/"
    assert booklet.sheet_ids == [ministry.sheet.pk]
    assert booklet.selection == [f"担当課室：{division}"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"own", "other", "third"}),
        ("organization={organization}", {"own", "third"}),
        ("state=draft", {"own", "other", "third"}),
        ("state=excluded", {"out"}),
        ("q=ゼータ計画", {"other"}),
    ],
)
def test_any_selection(ministry, client, coordinator, query, expected):
    organization = ministry.sheet.contribution.organization
    sheets = {
        "own": ministry.sheet,
        "other": ministry.other_sheet,
        "third": make_sheet(ContributionFactory(organization=organization)),
        "out": make_sheet(),
    }
    Sheet.objects.filter(pk=sheets["out"].pk).update(state=State.EXCLUDED)
    query = query.format(organization=organization.pk)
    client.post(f"/booklets/new/?{query}", {"kind": "list"})
    names = {sheet.pk: name for name, sheet in sheets.items()}
    assert {names[pk] for pk in Booklet.objects.get().sheet_ids} == expected


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("organization=abc", "「拠出先国際機関」"),
        ("organization=999999&state=draft", "「拠出先国際機関」"),
        ("division=nai&cycle=999999", "「年度」「担当課室」"),
        ("state=drafty", "「状態」"),
        (f"q={'水' * 201}", "「検索語」"),
    ],
)
def test_a_condition_that_cannot_be_read_is_named_and_selects_nothing(
    ministry, client, coordinator, query, named
):
    for answer in (
        client.get(f"/booklets/new/?{query}"),
        client.post(f"/booklets/new/?{query}", {"kind": "pdf"}),
    ):
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f"{named}の条件を読み取れません" in page
        assert "この条件のシートは" not in page
        assert "作成を始める" not in page
    assert not Booklet.objects.exists()


def test_nothing_to_make_is_said_on_the_page(ministry, client, coordinator):
    answer = client.post("/booklets/new/?q=どこにもない", {"kind": "pdf"})
    assert answer.status_code == 422
    assert "この条件のシートはありません。条件を変えてください。" in answer.content.decode()
    answer = client.post("/booklets/new/", {"kind": "nai"})
    assert answer.status_code == 422
    assert not Booklet.objects.exists()


def test_watching_it_being_made(ministry, client, coordinator):
    booklet = ask(coordinator)
    page = shown(client, f"/booklets/{booklet.pk}/")
    assert "順番を待っています。" in page
    assert 'hx-trigger="every 2s"' in page
    assert "0／2件" in page
    assert "ワーカー" not in page

    acquire_lease(booklet.pk)
    past = timezone.now() - timedelta(seconds=25)
    Booklet.objects.filter(pk=booklet.pk).update(done=1, resumed_at=past)
    page = shown(client, f"/booklets/{booklet.pk}/progress/?said=running-0")
    assert '<progress aria-label="冊子の作成" max="2" value="1">' in page
    assert "1／2件（残り約30秒）" in page
    assert "2件のうち1件を作成しました。" in page
    # The same is not said twice.
    page = shown(client, f"/booklets/{booklet.pk}/progress/?said=running-2")
    assert "booklet-said" not in page

    Booklet.objects.update(lease_until=timezone.now())
    assert "作成が途中で止まりました" in shown(client, f"/booklets/{booklet.pk}/")
    booklet = made(booklet)
    page = shown(client, f"/booklets/{booklet.pk}/")
    assert "出来上がりました。" in page
    assert "hx-trigger" not in page


def test_without_a_worker_the_page_says_so_and_whom_to_ask(ministry, client, coordinator):
    booklet = ask(coordinator)
    UserFactory(display_name="去年 管理", is_superuser=True, is_active=False)
    Booklet.objects.update(requested_at=timezone.now() - timedelta(minutes=2))
    page = shown(client, f"/booklets/{booklet.pk}/")
    assert "ワーカー）が動いていないようです" in page
    assert "管理 五月さん" in page
    assert "去年 管理" not in page
    # Somebody else's is being made: this one waits its turn.
    first = ask(ministry.people["reviewer"])
    Booklet.objects.filter(pk=first.pk).update(requested_at=timezone.now() - timedelta(minutes=3))
    acquire_lease(first.pk)
    page = shown(client, f"/booklets/{booklet.pk}/")
    assert "先に1件の冊子があります。" in page
    assert "ワーカー" not in page


def test_the_file_is_sent_whole_under_its_name(ministry, client, coordinator, monkeypatch):
    monkeypatch.setattr("booklets.domain.production.PIECE_BYTES", 10_000)
    booklet = made(ask(coordinator, BookletKind.ZIP))
    assert BookletPart.objects.count() > 3
    answer = client.get(f"/booklets/{booklet.pk}/file/")
    content = b"".join(answer.streaming_content)
    assert content == file_of(booklet)
    assert answer["Content-Length"] == str(len(content))
    assert answer["Content-Type"] == "application/zip"
    assert "%E5%86%8A%E5%AD%90" in answer["Content-Disposition"]


def test_somebody_elses_booklet_looks_like_none(ministry, client, coordinator):
    booklet = made(ask(ministry.people["reviewer"]))
    for path in ("", "progress/", "file/"):
        assert client.get(f"/booklets/{booklet.pk}/{path}").status_code == 404
    assert client.post(f"/booklets/{booklet.pk}/cancel/").status_code == 404
    assert str(booklet) not in shown(client, "/booklets/")


def test_the_file_is_refused_once_a_sheet_in_it_is_out_of_sight(ministry, client):
    person = ministry.people["reviewer"]
    client.force_login(person)
    booklet = made(ask(person))
    assert client.get(f"/booklets/{booklet.pk}/file/").status_code == 200
    Membership.objects.filter(user=person).update(valid_until=timezone.localdate() - timedelta(1))
    answer = client.get(f"/booklets/{booklet.pk}/file/")
    assert answer.status_code == 403
    assert "見られなくなったシート" in answer.content.decode()
    assert "今は保存できません" in shown(client, f"/booklets/{booklet.pk}/")


def test_a_file_out_of_time_is_refused_before_it_is_cleared_away(ministry, client, coordinator):
    booklet = made(ask(coordinator))
    Booklet.objects.update(expires_at=timezone.now())
    answer = client.get(f"/booklets/{booklet.pk}/file/")
    assert answer.status_code == 403
    assert "保存期間が終わりました" in answer.content.decode()
    assert "保存期間終了" in shown(client, "/booklets/")


def test_cancelling_and_too_late(ministry, client, coordinator):
    booklet = ask(coordinator)
    client.post(f"/booklets/{booklet.pk}/cancel/")
    assert Booklet.objects.get().status == BookletStatus.CANCELLED
    assert "作成を取り消しました。" in shown(client, f"/booklets/{booklet.pk}/")
    assert client.post(f"/booklets/{booklet.pk}/cancel/").status_code == 409


def test_the_help_tells_the_limits_as_they_are(client):
    page = shown(client, "/help/coordinator/")
    assert f"{MOST_SHEETS}件まで" in page
    assert f"一人{MOST_UNFINISHED}件まで" in page
    assert f"{FILE_RETENTION.days}日間" in page
    assert f"新しいものから{FILES_PER_PERSON}件まで" in page
    assert all(f">{escape(kind.label)}</b>" in page for kind in BookletKind)
