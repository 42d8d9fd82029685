"""Writing: every save is kept or explained, and no text is ever lost on the way."""

import html
import re
import unicodedata
from urllib.parse import quote

import pytest
from django.db import transaction

from accounts.audit import Verification, verify
from accounts.models import AuditEntry
from evaluations.domain import entries as verbs
from evaluations.domain.entries import create_entries, fill_entries, save_entry
from evaluations.enums import State
from evaluations.models import Authorship, PdcaEntry, Sheet
from evaluations.queries.content import entries_of, texts_of
from evaluations.refusals import EntryConflict, Invalid, NotAllowed
from evaluations.text import parse
from tests.factories import make_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

WORDS = "・期間中の取組を着実に進めた。"


@pytest.fixture
def officer(ministry):
    return ministry.people["officer"]


@pytest.fixture
def plan(ministry):
    """Return a function that tells what is stored of PLAN: text and version."""

    def stored():
        entry = PdcaEntry.objects.get(sheet=ministry.sheet, key="plan")
        return entry.text, entry.version

    assert stored() == (WORDS, 1)
    return stored


# --- the verb --------------------------------------------------------------------------------
def test_a_text_is_kept_with_who_wrote_it_and_counted(ministry, officer, plan):
    entry = save_entry(ministry.sheet, "plan", "・新しい計画。", version=1, actor=officer)
    assert (entry.text, entry.version, entry.updated_by) == ("・新しい計画。", 2, officer)
    assert plan() == ("・新しい計画。", 2)
    assert [a.user for a in Authorship.objects.filter(sheet=ministry.sheet)] == [officer]
    assert Sheet.objects.get(pk=ministry.sheet.pk).version == 1


def test_what_is_on_record_is_how_long_a_text_is_and_not_its_words(ministry, officer, plan):
    before = AuditEntry.objects.count()
    save_entry(ministry.sheet, "plan", "・内密の計画。", version=1, actor=officer)
    assert AuditEntry.objects.count() == before + 1
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.actor, entry.role) == (
        "entry.save",
        officer,
        "人の安全協力室 担当官",
    )
    for told, version, length in ((entry.before, 1, len(WORDS)), (entry.after, 2, 7)):
        digest = told.pop("sha256")
        assert (told, len(digest)) == ({"key": "plan", "version": version, "length": length}, 64)
    assert "内密" not in str((entry.before, entry.after))
    assert verify() == Verification(before + 1)


@pytest.mark.parametrize("same", [WORDS, WORDS + "\r\n", f"\n{WORDS}  "])
@pytest.mark.parametrize("version", [0, 1, 999])
def test_the_same_text_again_is_no_change(ministry, officer, plan, same, version):
    before = AuditEntry.objects.count()
    entry = save_entry(ministry.sheet, "plan", same, version=version, actor=officer)
    assert (entry.text, entry.version) == (WORDS, 1)
    assert (plan(), AuditEntry.objects.count()) == ((WORDS, 1), before)


def test_a_text_can_be_emptied(ministry, officer, plan):
    save_entry(ministry.sheet, "plan", "　\n", version=1, actor=officer)
    assert plan() == ("", 2)


@pytest.mark.parametrize("version", [0, 2, -1, 10**30])
def test_whoever_writes_on_an_old_version_gets_both_texts(ministry, officer, plan, version):
    with pytest.raises(EntryConflict) as conflict:
        save_entry(ministry.sheet, "plan", "・私の計画。", version=version, actor=officer)
    assert (conflict.value.current.text, conflict.value.current.version) == (WORDS, 1)
    assert (conflict.value.status, plan()) == (409, (WORDS, 1))


def test_a_conflict_names_who_was_first(ministry, officer, plan):
    colleague = ministry.people["other_officer"]
    PdcaEntry.objects.filter(sheet=ministry.sheet, key="plan").update(updated_by=colleague)
    with pytest.raises(EntryConflict) as conflict:
        save_entry(ministry.sheet, "plan", "・私の計画。", version=0, actor=officer)
    assert conflict.value.message == (
        "この項目は、編集中に環境 三郎さんが保存しました。二つの文章を見比べて、"
        "残す文章を保存してください。あなたの文章は失われていません。"
    )


def test_two_people_in_two_entries_never_meet(ministry, officer):
    sheet = ministry.sheet
    keys = [item.key for item in sheet.edition.definition.text_items]
    for key in keys:
        save_entry(sheet, key, f"・{key}", version=1, actor=officer)
    assert {key: entry.text for key, entry in entries_of(sheet).items()} == {
        key: f"・{key}" for key in keys
    }


REASONS = {
    State.DIVISION_CHECK: "提出済みのため編集できません。直すときは、いったん取り下げてください。",
    State.REVIEW: "審査中のため編集できません。直すときは、審査担当に差戻しを依頼してください。",
    State.APPROVED: "確定済みのため編集できません。訂正は取りまとめの担当に依頼してください。",
    State.PUBLISHED: "公表済みのため編集できません。訂正は取りまとめの担当に依頼してください。",
    State.EXCLUDED: (
        "評価対象外のため編集できません。対象に戻すときは取りまとめの担当に依頼してください。"
    ),
}


@pytest.mark.parametrize("state", State)
def test_a_sheet_is_written_while_it_is_with_its_division(ministry, officer, plan, state):
    ministry.put(state)
    if state not in REASONS:
        save_entry(ministry.sheet, "plan", "・計画。", version=1, actor=officer)
        assert plan() == ("・計画。", 2)
        return
    with pytest.raises(NotAllowed) as refusal:
        save_entry(ministry.sheet, "plan", "・計画。", version=1, actor=officer)
    assert (refusal.value.message, plan()) == (REASONS[state], (WORDS, 1))


@pytest.mark.parametrize(
    "role",
    ["head", "other_officer", "other_head", "reviewer", "coordinator", "viewer", "superuser"],
)
def test_only_its_officers_write_it(ministry, plan, role):
    with pytest.raises(NotAllowed, match=r"^編集は人の安全協力室の担当官が行います。$"):
        save_entry(ministry.sheet, "plan", "・計", version=1, actor=ministry.people[role])
    assert plan() == (WORDS, 1)


def test_an_officer_whose_time_is_over_no_longer_writes(ministry, officer, plan):
    officer.memberships.update(valid_until="2020-03-31")
    with pytest.raises(NotAllowed):
        save_entry(ministry.sheet, "plan", "・計画。", version=1, actor=officer)
    assert plan() == (WORDS, 1)


@pytest.mark.parametrize("key", ["nai", "staffing", "overall_grade", "pdca", "", "plan "])
def test_a_place_that_the_form_does_not_have_is_refused(ministry, officer, key):
    with pytest.raises(Invalid) as refusal:
        save_entry(ministry.sheet, key, "x", version=0, actor=officer)
    assert refusal.value.message == (
        f"この様式に「{key}」という記入欄はありません。画面を開き直してください。"
    )


# --- how much ---------------------------------------------------------------------------------
PLAN = "5 PDCAサイクルの確保等「PLAN」"


def rest(sheet):
    """Return how many characters the other entries of ``sheet`` hold."""
    return sum(len(entry.text) for key, entry in entries_of(sheet).items() if key != "plan")


def paragraphs(characters):
    """Return a text of this many characters in paragraphs of at most 4,999."""
    lines = "あ" * (characters - (characters - 1) // 5000)
    text = "\n".join(lines[at : at + 4999] for at in range(0, len(lines), 4999))
    return text[:characters]


def test_a_sheet_holds_sixty_thousand_characters(ministry, officer, plan):
    room = verbs.MAX_CHARACTERS_PER_SHEET - rest(ministry.sheet)
    assert (verbs.MAX_CHARACTERS_PER_SHEET, len(paragraphs(room))) == (60_000, room)
    with pytest.raises(Invalid) as refusal:
        save_entry(ministry.sheet, "plan", paragraphs(room + 1), version=1, actor=officer)
    assert refusal.value.message == (
        f"{PLAN}を保存すると、シート全体が60,001字になります。60,000字までにしてください。"
    )
    assert plan() == (WORDS, 1)
    save_entry(ministry.sheet, "plan", paragraphs(room), version=1, actor=officer)
    assert plan() == (paragraphs(room), 2)


def test_a_paragraph_holds_five_thousand_characters(ministry, officer, plan):
    with pytest.raises(Invalid) as refusal:
        save_entry(ministry.sheet, "plan", "短い。\n" + "あ" * 5001, version=1, actor=officer)
    assert refusal.value.message == (
        f"{PLAN}に5,001字の段落があります。一つの段落は5,000字までです。"
        "改行で段落を分けてください。"
    )
    assert plan() == (WORDS, 1)
    save_entry(ministry.sheet, "plan", "短い。\n" + "あ" * 5000, version=1, actor=officer)
    assert plan()[1] == 2


def test_a_sheet_holds_four_hundred_paragraphs(ministry, officer, plan):
    written = texts_of([ministry.sheet.pk])[ministry.sheet.pk]
    room = 400 - sum(len(parse(text)) for key, text in written.items() if key != "plan")
    with pytest.raises(Invalid) as refusal:
        save_entry(ministry.sheet, "plan", "・\n" * room + "・", version=1, actor=officer)
    assert refusal.value.message == (
        f"{PLAN}を保存すると、シート全体が401段落になります。400段落までにしてください。"
    )
    assert plan() == (WORDS, 1)
    save_entry(ministry.sheet, "plan", "・\n" * (room - 1) + "・", version=1, actor=officer)
    assert plan()[1] == 2


def test_a_command_meets_the_same_limits(ministry, plan):
    with pytest.raises(Invalid), transaction.atomic():
        fill_entries(ministry.sheet, {"plan": "あ" * 5001})
    assert plan() == (WORDS, 1)


def test_a_new_sheet_gets_known_texts_as_they_are_stored(ministry):
    sheet = make_sheet()
    Sheet.objects.filter(pk=sheet.pk).update(search_text="")
    for model in {type(entry) for entry in entries_of(sheet).values()}:
        model.objects.filter(sheet=sheet).delete()
    create_entries(sheet, {"plan": "ｶﾞｲﾑ\r\n"})
    found = entries_of(sheet)
    assert (found["plan"].text, found["plan"].version, found["do"].text) == ("ガイム", 0, "")
    assert "がいむ" in Sheet.objects.get(pk=sheet.pk).search_text


# --- how it is stored --------------------------------------------------------------------------
# fmt: off
NORMALISED = [
    ("CRLF",               "一\r\n二\r三\u2028四",    "一\n二\n三\n四"),
    ("half-width kana",    "ｶﾞｲﾑｼｮｳ ﾊﾟﾘ",             "ガイムショウ パリ"),
    ("full-width digits",  "２０１８年①㈱",           "２０１８年①㈱"),
    ("NUL and controls",   "計\x00画\x07\x1b[0m",     "計画[0m"),
    ("zero width",         "計\u200b画\ufeff",        "計画"),
    ("NFD",                "か\u3099い\u3042e\u0301", "がいあé"),
    ("tabs",               "・一\t二",                "・一\u3000二"),
    ("trailing blanks",    "一　 \n二\u00a0",         "一\n二"),
    ("many blank lines",   "\n\n一\n\n\n\n二\n\n",    "一\n\n二"),
    ("leading indent",     "　・二段目",              "　・二段目"),
    ("lone surrogate",     "計\ud800画",              "計画"),
    ("beyond the BMP",     "𠮷野家",                  "𠮷野家"),
]
# fmt: on


@pytest.mark.parametrize(("typed", "stored"), [row[1:] for row in NORMALISED])
def test_a_text_is_stored_in_one_form(ministry, officer, plan, typed, stored):
    save_entry(ministry.sheet, "plan", typed, version=1, actor=officer)
    assert plan() == (stored, 2)
    assert unicodedata.is_normalized("NFC", plan()[0])
    # Stored once, it is the same for ever.
    assert save_entry(ministry.sheet, "plan", stored, version=0, actor=officer).version == 2


def test_what_is_written_can_be_found_and_what_was_cannot(ministry, officer):
    save_entry(ministry.sheet, "plan", "ﾀﾞﾑの建設", version=1, actor=officer)
    assert "だむの建設" in Sheet.objects.get(pk=ministry.sheet.pk).search_text
    save_entry(ministry.sheet, "plan", "橋の建設", version=2, actor=officer)
    assert "だむ" not in Sheet.objects.get(pk=ministry.sheet.pk).search_text


def test_brackets_that_never_close_do_not_hold_up_the_page(ministry, officer, client):
    """Each of these was once searched to the end of its line, for over a second a sheet."""
    text = "\n".join(["[[" * 2400] * 10)
    save_entry(ministry.sheet, "plan", text, version=1, actor=officer)
    client.force_login(officer)
    assert client.get(f"/sheets/{ministry.sheet.pk}/sections/pdca/").status_code == 200


# --- the page ----------------------------------------------------------------------------------
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


def test_a_nul_is_refused_by_the_form_and_the_text_comes_back(desk, plan):
    answer = save(desk, "計\x00画", 1)
    assert (answer.status_code, plan()) == (422, (WORDS, 1))
    assert "保存できませんでした" in answer.content.decode()


def test_a_post_of_several_megabytes_is_turned_away_politely(desk, plan):
    answer = save(desk, "あ" * 1_000_000, 1)
    assert (answer.status_code, plan()) == (400, (WORDS, 1))
    assert "<h1>送られた内容を処理できませんでした</h1>" in answer.content.decode()


def test_a_thousand_fields_too_many_are_turned_away_politely(desk, plan):
    answer = desk.post(desk.url, {f"field{n}": "x" for n in range(1500)})
    assert (answer.status_code, plan()) == (400, (WORDS, 1))


# --- hostile text ------------------------------------------------------------------------------
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
