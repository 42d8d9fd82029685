"""Writing on the page: what is refused comes back whole, and hostile text is only text."""

import html
import re
from urllib.parse import quote

import pytest

from evaluations.domain.entries import save_entry
from evaluations.enums import State
from evaluations.models import PdcaEntry, Sheet
from tests.evaluations.entries.conftest import REASONS, WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


# --- the page ------------------------------------------------------------------------------------
@pytest.fixture
def desk(client, ministry, officer):
    """The officer's browser, and where PLAN is saved."""
    client.force_login(officer)
    client.url = f"/sheets/{ministry.sheet.pk}/entries/plan/"
    return client


def save(desk, text, version, **fields):
    return desk.post(desk.url, {"text": text, "version": version} | fields)


def text_in_box(answer, key="plan"):
    """Return what stands in the box of an entry, as the person sees it."""
    page = answer.content.decode()
    found = re.search(
        rf'<textarea[^>]*id="id_{key}_text"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL
    )
    return html.unescape(found[1]).removeprefix("\r\n").removeprefix("\n")


def test_saving_leads_back_to_the_box_with_a_receipt(desk, ministry, plan):
    answer = save(desk, "・計画。", 1)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/sheets/{ministry.sheet.pk}/sections/pdca/#entry-plan",
    )
    page = desk.get(answer["Location"])
    assert "「PLAN」を保存しました。" in page.content.decode()
    assert (text_in_box(page), plan()) == ("・計画。", ("・計画。", 2))


def test_a_conflict_shows_both_texts_and_keeps_both(desk, plan):
    answer = save(desk, "・私の取組を着実に進めた。", 0)
    page = answer.content.decode()
    assert (answer.status_code, plan()) == (409, (WORDS, 1))
    assert text_in_box(answer) == "・私の取組を着実に進めた。"
    assert re.findall(r"<(del|ins)><span[^>]*>(.*?)</span>(.*?)<span", page) == [
        ("del", "［保存されている文章のみ：", "期間中"),
        ("ins", "［あなたの文章のみ：", "私"),
    ]
    # Saving once more from there is deliberate, and knows what it replaces.
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert save(desk, "・私の計画。", version).status_code == 302
    assert plan() == ("・私の計画。", 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("あ" * 5001, "5,001字の段落があります"),
        ("・\n" * 400 + "・", "段落になります"),
        ("ながい。\n" * 15000, "字になります"),
    ],
)
def test_a_text_beyond_the_limits_comes_back_whole_with_the_reason(desk, plan, text, message):
    answer = save(desk, text, 1)
    assert (answer.status_code, message in answer.content.decode()) == (422, True)
    assert (text_in_box(answer), plan()) == (text, (WORDS, 1))


def test_a_text_for_a_submitted_sheet_comes_back_whole_with_the_reason(desk, ministry, plan):
    ministry.put(State.DIVISION_CHECK)
    answer = save(desk, "・遅れた計画。", 1)
    assert answer.status_code == 403
    assert REASONS[State.DIVISION_CHECK] in answer.content.decode()
    assert (text_in_box(answer), plan()) == ("・遅れた計画。", (WORDS, 1))


@pytest.mark.parametrize("version", ["-1", "abc", "", "1.5", "１", "1e3", "9" * 5000, "0x1"])
def test_a_version_that_is_none_changes_nothing_and_loses_nothing(desk, plan, version):
    answer = save(desk, "・計画。", version)
    if version == "１":  # a full-width 1 is a 1
        assert (answer.status_code, plan()) == (302, ("・計画。", 2))
        return
    assert (answer.status_code, text_in_box(answer), plan()) == (422, "・計画。", (WORDS, 1))


def test_no_field_but_the_text_is_heard(desk, ministry, plan):
    answer = save(
        desk,
        "・計画。",
        1,
        state="published",
        overall_grade="A",
        overall_grade_reason="自分で付けた",
        division=ministry.other_sheet.division_id,
        key="do",
        sheet=ministry.other_sheet.pk,
        updated_by=ministry.people["head"].pk,
        approved_by=ministry.people["head"].pk,
    )
    assert answer.status_code == 302
    sheet = Sheet.objects.get(pk=ministry.sheet.pk)
    assert (sheet.state, sheet.version, sheet.overall_grade, sheet.overall_grade_reason) == (
        "draft",
        1,
        "",
        "",
    )
    assert (sheet.division, sheet.approved_by) == (ministry.sheet.division, None)
    assert PdcaEntry.objects.get(sheet=sheet, key="do").text == WORDS
    assert PdcaEntry.objects.get(sheet=sheet, key="plan").updated_by == ministry.people["officer"]


def test_a_nul_is_left_out(desk, plan):
    save(desk, "計\x00画", 1)
    assert plan() == ("計画", 2)


def test_a_post_of_several_megabytes_is_turned_away_politely(desk, plan):
    answer = save(desk, "あ" * 1_000_000, 1)
    assert (answer.status_code, plan()) == (400, (WORDS, 1))
    assert "<h1>一度に送れる量を超えました</h1>" in answer.content.decode()


def test_hundreds_of_fields_too_many_are_turned_away_politely(desk, plan):
    answer = desk.post(desk.url, {f"field{n}": "x" for n in range(3000)})
    assert (answer.status_code, plan()) == (400, (WORDS, 1))


# --- hostile text --------------------------------------------------------------------------------
HOSTILE = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }}{% now 'Y' %}"
    "</textarea></div>&lt;b&gt;[[<marquee>下線</marquee>]]"
)


def test_hostile_text_is_only_text_wherever_it_is_shown(ministry, client):
    officer, sheet = ministry.people["officer"], ministry.sheet
    for key in ("plan", "contribution_summary", "remarks"):
        save_entry(sheet, key, f"・{HOSTILE}", version=1, actor=officer)
    for record, field in (
        (sheet.contribution, "name"),
        (sheet.contribution.organization, "name_ja"),
        (sheet.division, "name"),
        (officer, "display_name"),
    ):
        setattr(record, field, HOSTILE[:50])
        record.save()
    client.force_login(officer)
    base = f"/sheets/{sheet.pk}"
    pages = [
        client.get(url)
        for url in (
            "/",
            "/sheets/",
            f"/sheets/?q={quote(HOSTILE[:190])}",
            f"{base}/",
            *(f"{base}/sections/{s.key}/" for s in sheet.edition.definition.sections),
            f"{base}/preview/",
            f"{base}/act/submit/",
            f"{base}/staffing/",
            f"/admin/evaluations/sheet/{sheet.pk}/change/",
            f"/admin/evaluations/sheet/?q={quote(HOSTILE[:190])}",
            "/admin/contributions/contribution/",
            "/admin/contributions/organization/",
            "/admin/accounts/division/",
        )
    ]
    fields = {"text": f"・私の{HOSTILE}", "version": 0}
    pages.append(client.post(f"{base}/entries/plan/", fields))
    autosaved = client.post(f"{base}/entries/plan/autosave/", fields | {"person": officer.pk})
    assert "<script>" not in autosaved.json()["html"]
    fields = {"text": HOSTILE * 200, "version": 2}
    pages.append(client.post(f"{base}/entries/plan/", fields))
    ministry.put(State.REVIEW)
    client.force_login(ministry.people["reviewer"])
    pages += [client.get(f"{base}/sections/pdca/"), client.get(f"{base}/grade/")]
    ministry.put(State.PUBLISHED)
    pages.append(client.get("/published/"))

    assert [answer.status_code for answer in pages] == [200] * (len(pages) - 5) + [
        409,
        422,
        200,
        200,
        200,
    ]
    for answer in pages:
        page = answer.content.decode()
        assert [tag for tag in ("<script>", "<img src=x", "<marquee>") if tag in page] == []
        assert "&gt;14" not in page  # no template ran
    assert sum("&lt;script&gt;alert(1)" in answer.content.decode() for answer in pages) > 12


def test_hostile_reasons_are_only_text_too(ministry, client):
    ministry.put(State.DIVISION_CHECK)
    client.force_login(ministry.people["head"])
    answer = client.post(
        f"/sheets/{ministry.sheet.pk}/act/return/", {"comment": HOSTILE, "version": 1}, follow=True
    )
    page = answer.content.decode()
    assert ("&lt;script&gt;" in page, "<script>" in page) == (True, False)
