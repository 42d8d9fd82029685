"""How much a text may hold, and the one form in which it is stored."""

import unicodedata

import pytest
from django.db import transaction

from core.refusals import Invalid
from evaluations.domain import entries as verbs
from evaluations.domain.entries import create_entries, fill_entries, save_entry
from evaluations.models import Sheet
from evaluations.queries.content import entries_of, texts_of
from evaluations.queries.search import find_sheets
from tests.evaluations.entries.conftest import WORDS
from tests.factories import make_sheet
from texts.notation import parse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


# --- how much ------------------------------------------------------------------------------------
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
    assert found["plan"].search_text == "がいむ"
    assert set(find_sheets(Sheet.objects.all(), "ガイム")) == {sheet}


# --- how it is stored ----------------------------------------------------------------------------
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
    """Each word in any of the entries, whichever kind it is, or in a name."""
    sheet = ministry.sheet
    organization = sheet.contribution.organization

    def found(words):
        return set(find_sheets(Sheet.objects.all(), words))

    save_entry(sheet, "plan", "ﾀﾞﾑの建設", version=1, actor=officer)
    save_entry(sheet, "diplomatic_relevance", "・水路の外交。", version=1, actor=officer)
    assert found("ダムの建設") == found("ダム 水路") == {sheet}
    assert found(f"ダム {organization.name_ja} 水路 {sheet.division.name}") == {sheet}
    assert found("ダム どこにもない") == set()
    save_entry(sheet, "plan", "橋の建設", version=2, actor=officer)
    assert found("ダム") == set()
    assert found("橋の建設") == {sheet}


def test_brackets_that_never_close_do_not_hold_up_the_page(ministry, officer, client):
    """Each of these was once searched to the end of its line, for over a second a sheet."""
    text = "\n".join(["[[" * 2400] * 10)
    save_entry(ministry.sheet, "plan", text, version=1, actor=officer)
    client.force_login(officer)
    assert client.get(f"/sheets/{ministry.sheet.pk}/sections/pdca/").status_code == 200
