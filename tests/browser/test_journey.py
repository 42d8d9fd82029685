"""The whole story through the pages: from the open year to the public reader."""

import hashlib
import re
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.enums import Role
from evaluations.enums import State
from evaluations.models import IssuedPdf, Publication, Sheet
from tests.browser.actions import download, entry, expect_saved, section, take_step, words_of, write
from tests.browser.conftest import Desk
from tests.factories import PASSWORD, ContributionFactory, make_person, open_year

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "国際試験機関（ITO）拠出金（帰国支援事業）"

TEXTS = {
    "国際機関等の概要及び成果目標": {
        "（1）設立経緯等・目的": "・1951年に発足した機関を前身とする。",
        "（2）拠出の概要及び成果目標": "・2018年度末までに50名の帰国を支援する。",
    },
    "1 専門分野における活動の成果・影響力": {
        "専門分野における活動の成果・影響力": "・2017年度は11名の帰国を支援した。"
    },
    "2 組織・財政マネジメント": {
        "組織・財政マネジメント": "・2017年の決算は監査で適正と認められた。"
    },
    "3 日本の外交課題遂行における有用性・重要性": {
        "日本の外交課題遂行における有用性・重要性": "・人間の安全保障は日本外交の柱の一つである。"
    },
    "4 日本人職員・ポストの状況等": {"その他特記事項": "・日本人職員が駐日代表を務めている。"},
    "5 PDCAサイクルの確保等": {
        "PLAN": "行動計画に照らして予算を要求した。",
        "DO": "拠出し、毎月の報告で状況を把握した。",
        "CHECK": "年次報告書により実績を点検した。",
        "ACT": "点検の結果に基づき、費用の見直しを求めた。",
    },
}
MENDED = "・日本の意見は2018年3月の執行理事会の決定に反映された。"
REASON = "日本の意見がどう反映されたかを、時期とともに書き加えてください。"


def test_from_the_open_year_to_the_public_reader(at_desk: Desk) -> None:
    contribution = ContributionFactory(name=NAME)
    division = contribution.responsible_division
    hanako = make_person(Role.OFFICER, division, username="hanako")
    taro = make_person(Role.HEAD, division)
    ichiro = make_person(Role.REVIEWER)
    yoshiko = make_person(Role.COORDINATOR)
    open_year()

    # The officer finds the sheet on her desk, fills it in, and reads it as it will print.
    officer = at_desk()
    sign_in(officer, hanako.username)
    draft = officer.get_by_role("region", name="作成中", exact=True)
    draft.get_by_role("link", name=NAME).click()
    expect(officer.get_by_text("作成中", exact=True)).to_be_visible()
    officer.get_by_role("link", name="記入する").click()
    fill_in_figures(officer)
    fill_in_texts(officer)
    read_preview(officer)

    # She submits; her division's head confirms.
    officer.get_by_role("link", name="シートの表紙に戻る").click()
    expect(officer.get_by_text("指摘はありません。")).to_be_visible()
    take_step(officer, "提出", "提出する")
    expect(officer.get_by_text("編集不可：提出済みのため")).to_be_visible()
    head = at_desk(taro)
    open_from_desk(head, "確認待ち")
    take_step(head, "確認", "確認する")

    # The reviewer returns it: not without a reason.
    reviewer = at_desk(ichiro)
    open_from_desk(reviewer, "審査待ち")
    reviewer.get_by_role("link", name="差戻し", exact=True).click()
    reviewer.get_by_role("button", name="差し戻す").click()
    expect(reviewer.get_by_role("link", name="理由を記入してください。")).to_be_visible()
    assert Sheet.objects.get().state == State.REVIEW
    reviewer.get_by_label("理由・連絡事項").fill(REASON)
    reviewer.get_by_role("button", name="差し戻す").click()
    expect(reviewer.get_by_text("「差戻し」を受け付けました。")).to_be_visible()

    # The officer reads the reason, mends, and submits again; the head confirms again.
    open_from_desk(officer, "差戻し")
    note = officer.get_by_role("region", name="差戻しの理由")
    expect(note).to_contain_text(REASON)
    expect(note).to_contain_text(str(ichiro))
    officer.get_by_role("link", name="記入する").click()
    section(officer, "3 日本の外交課題遂行における有用性・重要性")
    [(label, text)] = TEXTS["3 日本の外交課題遂行における有用性・重要性"].items()
    write(officer, label, f"{text}\n{MENDED}")
    expect_saved(officer, label)
    officer.get_by_role("link", name="シートの表紙に戻る").click()
    take_step(officer, "提出", "提出する")
    open_from_desk(head, "確認待ち")
    take_step(head, "確認", "確認する")

    # The reviewer grades it, with a reason, and approves it.
    open_from_desk(reviewer, "審査待ち")
    reviewer.get_by_role("link", name="総合評価を付ける").click()
    reviewer.get_by_label("B：成果が着実にあがっている").check()
    reviewer.get_by_label("評価の理由").fill("帰国支援の実績が積み上がっている。")
    reviewer.get_by_role("button", name="評価を記録").click()
    expect(reviewer.get_by_text("総合評価「B」を記録しました。")).to_be_visible()
    take_step(reviewer, "確定", "確定する")

    # Everybody has the same official PDF, with the very words and no mark of a draft.
    coordinator = at_desk(yoshiko)
    open_from_desk(coordinator, "公表待ち")
    viewer = at_desk(make_person(Role.VIEWER))
    viewer.goto("/sheets/")
    viewer.get_by_role("link", name=NAME).click()
    officer.reload()
    head.reload()
    everybody = (officer, head, reviewer, coordinator, viewer)
    pdfs = [download(page, re.compile("^PDFを保存$")) for page in everybody]
    assert len(set(pdfs)) == 1
    pdf = pdfs[0]
    assert pdf.startswith(b"%PDF-")
    printed = words_of(pdf)
    for text in (*all_texts(), MENDED, NAME, "1,467", "23,100千円", "2018年6月", "B"):
        assert re.sub(r"\s", "", text) in printed
    assert "案" not in printed

    # The coordinator publishes it, and a reader who is nobody here finds it.
    take_step(coordinator, "公表", "公表する")
    reader = at_desk()
    reader.goto("/published/")
    row = reader.get_by_role("row").filter(has_text=NAME)
    expect(row).to_contain_text("平成30年度")
    assert download(reader, re.compile(f"PDF.*{re.escape(NAME)}")) == pdf
    stored = IssuedPdf.objects.get()
    assert stored.sha256 == hashlib.sha256(pdf).hexdigest()
    assert Publication.objects.get(is_current=True).issued_pdf == stored

    # And all of it is on record.
    told = StringIO()
    call_command("verify_audit", stdout=told)
    assert "すべての検査に異状はありませんでした。" in told.getvalue()
    assert [t.action for t in Sheet.objects.get().transitions.order_by("pk")] == (
        ["submit", "confirm", "return", "submit", "confirm", "approve", "publish"]
    )


def sign_in(page: Page, username: str) -> None:
    page.goto("/")
    page.get_by_label("ユーザー名").fill(username)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="ログイン").click()
    expect(page.get_by_role("heading", name="あなたの対応を待っているもの")).to_be_visible()


def open_from_desk(page: Page, pile: str) -> None:
    page.goto("/")
    waiting = page.get_by_role("region", name=pile, exact=True)
    waiting.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", level=1, name=NAME)).to_be_visible()


def fill_in_figures(page: Page) -> None:
    """Register what the sheet takes from the register, typed as people type it."""
    page.get_by_role("link", name="予算額を登録・修正").click()
    page.get_by_label("予算額").fill("23,100")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(entry(page, "30年度予算額")).to_contain_text("23,100千円")

    section(page, "4 日本人職員・ポストの状況等")
    fill_in_staff(page, "2017年12月末", "１，４６７", "２５", "１")
    expect(entry(page, "職員数")).to_contain_text("1,467")
    expect(entry(page, "職員数")).to_contain_text("1.7")
    page.get_by_role("link", name="職員数を登録・修正").click()
    page.get_by_role("link", name="前年同時期（2016年12月31日時点）").click()
    fill_in_staff_form(page, "", "1,400", "23", "1")
    expect(entry(page, "職員数")).to_contain_text("23")

    section(page, "5 PDCAサイクルの確保等")
    page.get_by_role("link", name="財政状況の報告を登録・修正").click()
    page.get_by_label("受領済み").check()
    page.get_by_label("受領年月").fill("2018年6月")
    page.get_by_label("報告の対象年度").fill("２０１７")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(entry(page, "財政状況の報告")).to_contain_text("2018年6月")


def fill_in_staff(page: Page, *figures: str) -> None:
    page.get_by_role("link", name="職員数を登録・修正").click()
    fill_in_staff_form(page, *figures)


def fill_in_staff_form(page: Page, as_of: str, total: str, japanese: str, senior: str) -> None:
    if as_of:
        page.get_by_label("時点").fill(as_of)
    page.get_by_label("全職員数（専門職以上）").fill(total)
    page.get_by_label("日本人職員数").fill(japanese)
    page.get_by_label("日本人幹部職員数").fill(senior)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("日本人職員数を保存しました。")).to_be_visible()


def fill_in_texts(page: Page) -> None:
    """Write every entry, section by section; each is saved without leaving the page."""
    for name, texts in TEXTS.items():
        section(page, name)
        page.evaluate("window.stayed = true")
        for label, text in texts.items():
            write(page, label, text)
            expect_saved(page, label)
        assert page.evaluate("window.stayed")
        step = page.get_by_role("navigation", name="シートの構成").get_by_role("link", name=name)
        expect(step).to_contain_text("入力済み")


def read_preview(page: Page) -> None:
    page.get_by_role("link", name="印刷プレビュー").click()
    paper = page.get_by_role("region", name="印刷される様式")
    for text in all_texts():
        expect(paper).to_contain_text(text.removeprefix("・"))
    for figure in ("1,467", "23,100千円", "2018年6月", "案"):
        expect(paper).to_contain_text(figure)


def all_texts() -> list[str]:
    return [text for texts in TEXTS.values() for text in texts.values()]
