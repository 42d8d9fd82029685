"""Scripts for the pictures: users of the demonstration do what the help pages describe."""

import io

import pypdfium2
from PIL import Image
from playwright.sync_api import Page

from scripts.pictures.studio import (
    PASSWORD,
    README,
    SIZE,
    Studio,
    entry,
    form_of,
    keep,
    link,
    main_of,
    open_section,
    open_sheet,
    picture,
    write,
)

FORM = 780  # the width of a form, in pixels

DRAFT_SHEET = "見本防災教育基金（MBK）拠出金"
RETURNED_SHEET = "見本海洋観測機構（MKK）義務的拠出金"
SUBMITTED_SHEET = "見本海洋観測機構（MKK）拠出金（海況予測事業）"
IN_REVIEW_SHEET = "国際移住機関（IOM）分担金"
PUBLISHED_SHEET = "国際移住機関（IOM）拠出金（人身取引被害者の帰国支援事業）"

NOTATION = """（1）背景
・基金は、[[学校での防災教育]]を広めるために設けられた。
　・教材は12の言語で公開されている。
　　・うち3言語は、日本の提案による。
（注）数は2018年3月末時点。"""

FROM_WORD = """<html><body><ul>
<li>教材を12の言語で公開した。<ul><li>うち3言語は、日本の提案による。</li></ul></li>
<li><u>教員向けの研修</u>を、2018年3月までに24か国で行った。</li>
</ul></body></html>"""

PASTE = """(box, html) => {
  const clipboard = new DataTransfer();
  clipboard.setData("text/html", html);
  const words = new DOMParser().parseFromString(html, "text/html").body.innerText;
  clipboard.setData("text/plain", words);
  box.focus();
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true }));
}"""


# --- the stories ---------------------------------------------------------------------------------
def administrator_adds_an_officer(studio: Studio) -> None:
    """An administrator makes an account for a second officer, and assigns a role."""
    with studio.desk_of("kanri") as page:
        page.goto("/admin/accounts/user/add/")
        page.get_by_label("ユーザー名").fill("tantokan-2")
        page.get_by_label("氏名").fill("見本 次郎")
        page.locator("#id_password1").fill(PASSWORD)
        page.locator("#id_password2").fill(PASSWORD)
        page.get_by_role("button", name="役割の割当てを追加").click()
        row = page.locator("tr.dynamic-memberships").first
        row.locator("select[name$=role]").select_option(label="担当官")
        row.locator(".field-division .select2-selection").click()
        page.locator(".select2-search__field").fill("人の安全")
        page.locator(".select2-results__option", has_text="人の安全協力室（見本）").click()
        roles = page.locator("#memberships-group")
        picture("administrator_role", roles, page.locator(".submit-row"))
        page.get_by_role("button", name="保存", exact=True).click()
        page.goto("/admin/audit/auditentry/")
        picture("administrator_audit", page.locator("#changelist"), height=520)


def officer_writes_a_sheet(studio: Studio) -> None:
    """Officers write in a sheet, one of them with a colleague in the same entry."""
    with studio.desk_of("kankyo-tantokan") as page:
        open_sheet(page, RETURNED_SHEET)
        picture("officer_returned", main_of(page), height=620)
        open_section(page, RETURNED_SHEET, "5 PDCAサイクルの確保等")
        page.set_viewport_size({"width": 1280, "height": 1000})
        keep(Image.open(io.BytesIO(page.screenshot())), README / "section.png")
        page.set_viewport_size(SIZE)
        write(page, "PLAN", "加盟国の合意に基づき予算を要求した。")
    with studio.desk_of("tantokan") as page:
        picture("officer_home", page.locator("body"), height=620)
        open_sheet(page, DRAFT_SHEET)
        picture("officer_sheet", main_of(page), height=620, ring=link(page, "記入する"))
        open_section(page, DRAFT_SHEET, "国際機関等の概要及び成果目標")
        write_entries(page)
    with studio.desk_of("tantokan") as page, studio.desk_of("tantokan-2") as other:
        write_at_the_same_time(page, other)


def write_entries(page: Page) -> None:
    background = entry(page, "設立経緯等・目的")
    box = background.get_by_role("textbox")
    box.fill(NOTATION)
    background.get_by_role("button", name="保存", exact=True).click()
    background.locator(".entry__state--saved").wait_for()
    page.get_by_role("button", name="印刷の姿を横に表示").click()
    page.locator(".printed-pane [data-item]").first.wait_for()
    picture("officer_printed", page.locator(".sheet-layout"), height=760)
    picture("notation", background, page.locator("#printed"), height=620)
    page.get_by_role("button", name="印刷の姿を閉じる").click()

    summary = entry(page, "拠出の概要及び成果目標")
    box = summary.get_by_role("textbox")
    box.evaluate(PASTE, FROM_WORD)
    summary.locator(".entry__state--saved").wait_for()
    picture("officer_pasted", summary)
    box.fill("研修をアジア12か国、アフリカ8か国、中南米5か国の計24か国で行い、定着率は95％である。")
    summary.get_by_role("button", name="保存", exact=True).click()
    summary.locator(".entry__state--saved").wait_for()
    page.locator("#findings .finding").first.wait_for()
    page.wait_for_timeout(500)
    picture("officer_findings", page.locator(".sheet-layout"), height=760)


def write_at_the_same_time(page: Page, other: Page) -> None:
    for each in (page, other):
        open_section(each, DRAFT_SHEET, "1 専門分野における活動の成果・影響力")
    name = "専門分野における活動の成果・影響力"
    entry(page, name).get_by_role("textbox").focus()
    entry(page, name).get_by_role("textbox").fill("・研修を24か国で行った。")
    entry(page, name).locator(".entry__state--saved").wait_for()
    entry(other, name).get_by_role("textbox").fill("・研修を24か国で行い、900名が受けた。")
    entry(other, name).locator(".conflict").wait_for()
    picture("officer_conflict", entry(other, name))


def officer_is_signed_out(studio: Studio) -> None:
    """The session of an officer ends while she writes."""
    with studio.desk_of("tantokan") as page:
        open_section(page, DRAFT_SHEET, "2 組織・財政マネジメント")
        page.context.clear_cookies()
        entry(page, "組織・財政マネジメント").get_by_role("textbox").fill(
            "・2017年の決算は監査で適正と認められた。"
        )
        page.get_by_role("button", name="ログインし直す").click()
        page.get_by_role("dialog").wait_for()
        picture(
            "officer_signed_out",
            page.get_by_role("dialog"),
            page.locator(".sheet-layout"),
            height=560,
        )


def officer_answers_and_submits(studio: Studio) -> None:
    with studio.desk_of("kankyo-tantokan") as page:
        open_section(page, RETURNED_SHEET, "3 日本の外交課題遂行における有用性・重要性")
        write(
            page,
            "日本の外交課題遂行における有用性・重要性",
            "・海洋の安全は日本の重要な課題である。\n"
            "・日本は2018年2月の会合で公開の期限の明記を求め、工程表に反映された。\n"
            "・公開された記録の利用率は92％である。",
        )
        open_sheet(page, RETURNED_SHEET)
        page.get_by_role("link", name="回答する").first.click()
        page.get_by_label("回答").first.fill(
            "機関の年次報告（2018年3月）の値をそのまま引用したものです。母数は公表されていません。"
        )
        picture("officer_answer", *form_of(page), width=FORM)
        page.get_by_role("button", name="回答を保存").click()
        page.get_by_text("件保存しました").wait_for()
        link(page, "提出").click()
        picture("officer_submit", *form_of(page))
        page.get_by_role("button", name="提出する").click()
        page.get_by_text("を受け付けました").wait_for()
        picture("officer_receipt", main_of(page), width=900, height=330)


def head_returns_and_confirms(studio: Studio) -> None:
    with studio.desk_of("kankyo-kacho") as page:
        picture("head_home", main_of(page), height=620)
        open_sheet(page, SUBMITTED_SHEET)
        picture("head_sheet", main_of(page), height=520)
        link(page, "差戻し").click()
        page.get_by_label("理由・連絡事項").fill(
            "「1 専門分野における活動の成果・影響力」に、予測が使われた例を一つ書き加えてください。"
        )
        picture("head_return", *form_of(page), width=FORM)
        open_sheet(page, SUBMITTED_SHEET)
        link(page, "印刷プレビュー").click()
        picture("head_preview", main_of(page), height=700)
        open_sheet(page, SUBMITTED_SHEET)
        link(page, "確認").click()
        page.get_by_role("button", name="確認する").click()
        page.get_by_text("を受け付けました").wait_for()


def reviewer_grades_and_approves(studio: Studio) -> None:
    with studio.desk_of("shinsa") as page:
        picture("reviewer_home", main_of(page), height=620)
        open_sheet(page, IN_REVIEW_SHEET)
        link(page, "総合評価を付ける").click()
        page.get_by_label("B：").check()
        page.get_by_label("評価の理由").fill(
            "初動の調査を12か国で用いるなど、成果が着実にあがっている。"
        )
        picture("reviewer_grade", *form_of(page))
        page.get_by_role("button", name="評価を記録").click()
        page.get_by_text("を記録しました").wait_for()
        page.get_by_role("link", name="対応待ち").click()
        picture("reviewer_queue", main_of(page), height=620)
        page.get_by_role("link", name="管理画面").click()
        page.get_by_role("link", name="評価シート", exact=True).first.click()
        for number in range(3):
            page.locator("input.action-select").nth(number).check()
        page.locator("select[name=action]").select_option(value="approve")
        picture("reviewer_choose", page.locator("#changelist"), height=430)
        page.get_by_role("button", name="実行").click()
        picture("reviewer_bulk", main_of(page), height=760)
        page.get_by_role("button", name="件を確定する").click()
        page.get_by_text("を実行しました。").first.wait_for()


def coordinator_reopens_and_opens_a_year(studio: Studio) -> None:
    with studio.desk_of("torimatome") as page:
        picture("coordinator_home", main_of(page))
        open_sheet(page, PUBLISHED_SHEET)
        link(page, "訂正").click()
        page.get_by_label("理由・連絡事項").fill("帰国支援の人数に誤りがあったため。")
        picture("coordinator_reopen", *form_of(page), width=1000)
        page.goto("/admin/evaluations/cycle/add/")
        page.get_by_label("年度（西暦）").fill("2019")
        page.get_by_label("様式").select_option(label="令和元年度シート")
        for label, day in (
            ("評価対象期間の始め", "2018-07-01"),
            ("評価対象期間の終わり", "2019-06-30"),
        ):
            page.get_by_label(label).fill(day)
        picture("coordinator_cycle", page.locator("#content-main"))
        page.get_by_role("button", name="保存", exact=True).click()
        page.get_by_text("件を作成しました").wait_for()


def officer_reads_last_year(studio: Studio) -> None:
    with studio.desk_of("tantokan") as page:
        open_section(page, PUBLISHED_SHEET, "5 PDCAサイクルの確保等")
        picture("officer_last_year", entry(page, "PLAN"))


def viewer_reads_and_prints(studio: Studio) -> None:
    with studio.desk_of("etsuran") as page:
        page.goto("/sheets/")
        page.get_by_label("検索語").fill("人身取引")
        page.get_by_role("button", name="探す").click()
        picture("viewer_list", page.locator("main h1"), page.locator("main .table-scroll"))
        open_sheet(page, PUBLISHED_SHEET)
        picture("viewer_sheet", main_of(page), height=480)
        with page.expect_download() as download:
            page.get_by_role("link", name="PDFを保存").click()
        pdf = download.value.path().read_bytes()
        keep(pypdfium2.PdfDocument(pdf)[0].render(scale=96 / 72).to_pil(), README / "sheet.png")
        make_a_booklet(page)
    with studio.desk_of("") as page:
        page.goto("/verify/")
        file = {"name": "シート.pdf", "mimeType": "application/pdf", "buffer": pdf}
        page.get_by_label("PDFのファイル").set_input_files(file)
        page.get_by_role("button", name="確かめる").click()
        page.get_by_text("発行したPDFと一致しました").wait_for()
        picture("verified", main_of(page), width=900, height=560)
        page.goto("/published/")
        picture("viewer_published", page.locator("main h1"), page.locator("main .table-scroll"))


def make_a_booklet(page: Page) -> None:
    page.goto("/sheets/")
    page.get_by_role("link", name="この一覧を冊子・一覧表にする").click()
    picture("booklet_choose", main_of(page), height=960)
    page.get_by_role("button", name="作成を始める").click()
    page.get_by_text("出来上がりました。", exact=True).wait_for(timeout=60_000)
    picture("booklet_done", main_of(page), width=1000, height=410)


STORIES = (
    administrator_adds_an_officer,
    officer_writes_a_sheet,
    officer_is_signed_out,
    officer_answers_and_submits,
    head_returns_and_confirms,
    reviewer_grades_and_approves,
    coordinator_reopens_and_opens_a_year,
    officer_reads_last_year,
    viewer_reads_and_prints,
)
