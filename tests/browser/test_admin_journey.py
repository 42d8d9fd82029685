"""The same story through the admin: the register, the open year, and one step with many sheets."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.enums import Role
from contributions.models import Contribution
from evaluations.enums import State
from evaluations.models import Publication, Sheet
from tests.browser.actions import expect_saved, section, write
from tests.browser.conftest import Desk
from tests.factories import (
    ContributionFactory,
    DivisionFactory,
    complete,
    h30,
    make_person,
)

pytestmark = pytest.mark.django_db(transaction=True)

ORGANIZATION = "国際試験機関"
NAME = "国際試験機関（ITO）拠出金（帰国支援事業）"
EMPTY = "国際試験基金拠出金"
REASON = "成果目標の期限を書き加えてください。"


def test_the_year_is_run_from_the_admin(at_desk: Desk) -> None:
    division = DivisionFactory(name="協力第一課")
    ContributionFactory(name=EMPTY, responsible_division=division)
    h30()
    coordinator = at_desk(make_person(Role.COORDINATOR))
    officer = at_desk(make_person(Role.OFFICER, division))
    head = at_desk(make_person(Role.HEAD, division))
    reviewer = at_desk(make_person(Role.REVIEWER))

    # The coordinator enters what is paid in the register, and opens the year.
    add_organization(coordinator)
    add_contribution(coordinator)
    open_the_year(coordinator)
    sheet = Sheet.objects.get(contribution__name=NAME)
    empty = Sheet.objects.get(contribution__name=EMPTY)
    assert sheet.division == division

    # The officer writes on the pages and submits in the admin; what is empty stays behind.
    complete(sheet)
    officer.goto(f"/sheets/{sheet.pk}/")
    section(officer, "国際機関等の概要及び成果目標")
    write(officer, "（2）拠出の概要及び成果目標", "・条約の締結国からの50名の帰国を支援する。")
    expect_saved(officer, "（2）拠出の概要及び成果目標")
    choose_in_bulk(officer, "提出", NAME)
    expect(row(officer, NAME)).to_contain_text("未回答の指摘：「締結国」は、")
    officer.goto(f"/sheets/{sheet.pk}/answers/")
    officer.get_by_label("回答：「締結国」は、").fill("署名した国を指している。")
    officer.get_by_role("button", name="回答を保存").click()
    expect(officer.get_by_text("指摘への回答を1件保存しました。")).to_be_visible()
    choose_in_bulk(officer, "提出", NAME, EMPTY)
    expect(officer.get_by_text("選んだ2件のうち1件で「提出」を実行できます。")).to_be_visible()
    expect(row(officer, NAME)).to_contain_text("可：実行できます。")
    expect(row(officer, EMPTY)).to_contain_text("不可：先に直すところがあります。")
    officer.get_by_role("button", name="1件を提出する").click()
    expect_result(officer, "提出", NAME, "完了", "課室長確認")
    expect_result(officer, "提出", EMPTY, "実行しませんでした", "作成中")
    expect(row(officer, EMPTY)).to_contain_text("PLAN」が未記入です。")
    assert states() == {NAME: State.DIVISION_CHECK, EMPTY: State.DRAFT}

    # The head confirms; the reviewer returns, not without a reason.
    take_in_bulk(head, "確認", "1件を確認する", NAME)
    choose_in_bulk(reviewer, "差戻し", NAME, EMPTY)
    expect(row(reviewer, EMPTY)).to_contain_text("不可：「作成中」のため対象になりません。")
    reviewer.get_by_role("button", name="1件を差し戻す").click()
    expect(reviewer.get_by_text("＊理由を記入してください。")).to_be_visible()
    assert states() == {NAME: State.REVIEW, EMPTY: State.DRAFT}
    reviewer.get_by_label("理由・連絡事項").fill(REASON)
    reviewer.get_by_role("button", name="1件を差し戻す").click()
    expect_result(reviewer, "差戻し", NAME, "完了", "差戻し")
    expect_result(reviewer, "差戻し", EMPTY, "実行しませんでした", "作成中")

    # The officer mends and submits again, the head confirms again.
    officer.goto(f"/sheets/{sheet.pk}/")
    expect(officer.get_by_role("region", name="差戻しの理由")).to_contain_text(REASON)
    section(officer, "国際機関等の概要及び成果目標")
    write(officer, "（2）拠出の概要及び成果目標", "・2018年度末までに50名の帰国を支援する。")
    expect_saved(officer, "（2）拠出の概要及び成果目標")
    take_in_bulk(officer, "提出", "1件を提出する", NAME)
    take_in_bulk(head, "確認", "1件を確認する", NAME)

    # The reviewer cannot approve before the grade, to whose page the sheet's own leads.
    choose_in_bulk(reviewer, "確定", NAME)
    expect(row(reviewer, NAME)).to_contain_text("総合評価が付いていません。")
    expect(reviewer.get_by_role("button", name="確定する")).to_have_count(0)
    grade(reviewer)
    take_in_bulk(reviewer, "確定", "1件を確定する", NAME)

    # The coordinator publishes, and sets aside what will not be evaluated.
    take_in_bulk(coordinator, "公表", "1件を公表する", NAME)
    assert Publication.objects.get(is_current=True).sheet == sheet
    choose_in_bulk(coordinator, "評価対象外とする", EMPTY)
    coordinator.get_by_label("理由・連絡事項").fill("事業が前年度で終わったため。")
    coordinator.get_by_role("button", name="1件を評価対象外とする").click()
    expect_result(coordinator, "評価対象外とする", EMPTY, "完了", "評価対象外")
    assert states() == {NAME: State.PUBLISHED, EMPTY: State.EXCLUDED}
    assert empty.transitions.get().comment == "事業が前年度で終わったため。"

    # The record of it all is in words.
    coordinator.goto("/admin/audit/auditentry/")
    record = coordinator.locator("#changelist")
    for words in ("差戻し", "確定", "公表", "文章の保存", "年度の開始", "台帳への追加"):
        expect(record).to_contain_text(words)
    assert re.findall(r"[a-z]+\.[a-z]+", record.inner_text()) == []


def test_no_field_of_the_admin_changes_the_state(at_desk: Desk) -> None:
    division = DivisionFactory()
    contribution = ContributionFactory(name=NAME, responsible_division=division)
    h30()
    coordinator = at_desk(make_person(Role.COORDINATOR))
    open_the_year(coordinator)
    sheet = complete(contribution.sheets.get())
    for role, where in ((Role.OFFICER, division), (Role.HEAD, division), (Role.COORDINATOR, None)):
        page = at_desk(make_person(role, where))
        page.goto(f"/admin/evaluations/sheet/{sheet.pk}/change/")
        expect(page.get_by_role("heading", name="評価シートを表示")).to_be_visible()
        assert named_fields(page) == set()

    take_in_bulk(at_desk(make_person(Role.OFFICER, division)), "提出", "1件を提出する", NAME)
    take_in_bulk(at_desk(make_person(Role.HEAD, division)), "確認", "1件を確認する", NAME)
    reviewer = at_desk(make_person(Role.REVIEWER))
    reviewer.goto(f"/admin/evaluations/sheet/{sheet.pk}/change/")
    assert named_fields(reviewer) == set()
    grade(reviewer)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.overall_grade) == (State.REVIEW, "B")


def add_organization(page: Page) -> None:
    page.goto("/admin/contributions/organization/add/")
    page.get_by_label("機関名").fill(ORGANIZATION)
    page.get_by_label("略称").fill("ITO")
    page.get_by_label("よみ（ひらがな）").fill("こくさいしけんきかん")
    page.get_by_role("button", name="保存", exact=True).click()
    search(page, "しけんきかん")
    expect(page.get_by_role("link", name=ORGANIZATION, exact=True)).to_be_visible()


def add_contribution(page: Page) -> None:
    page.goto("/admin/contributions/contribution/add/")
    page.get_by_label("分担金・拠出金名").fill(NAME)
    pick(page, "id_organization", f"{ORGANIZATION}（ITO）")
    page.get_by_label("種別").select_option(label="任意拠出金")
    pick(page, "id_responsible_division", "協力第一課")
    page.get_by_role("button", name="保存", exact=True).click()
    search(page, "ITO")
    expect(page.get_by_role("link", name=NAME)).to_be_visible()


def pick(page: Page, field: str, choice: str) -> None:
    """Choose from a list that is searched on the server."""
    page.locator(f"[aria-labelledby=select2-{field}-container]").click()
    page.locator(".select2-search__field").fill(choice.split("（")[0])
    page.get_by_role("option", name=choice, exact=True).click()


def search(page: Page, words: str) -> None:
    page.locator("#searchbar").fill(words)
    page.get_by_role("button", name="検索").click()


def open_the_year(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="年度を開始する").click()
    page.get_by_label("年度（西暦）").fill("2018")
    page.get_by_label("様式:", exact=True).select_option(label="平成30年度シート")
    page.get_by_label("評価対象期間の始め").fill("2017-07-01")
    page.get_by_label("評価対象期間の終わり").fill("2018-06-30")
    page.get_by_label("課室からの提出期限").fill("2018-08-31")
    page.get_by_role("button", name="保存", exact=True).click()
    receipt = page.get_by_text("平成30年度評価を開始し、シート")
    expect(receipt).to_contain_text(f"シート{Contribution.objects.count()}件を")


def choose_in_bulk(page: Page, action: str, *names: str) -> None:
    """Select the sheets called ``names`` in the list, and the action; stop at the question."""
    page.goto("/admin/evaluations/sheet/")
    for name in names:
        row(page, name).get_by_role("checkbox").check()
    action_name = page.get_by_label("操作").locator("option").filter(has_text=f"{action}（")
    page.get_by_label("操作").select_option(value=action_name.get_attribute("value"))
    page.get_by_role("button", name="実行").click()
    expect(page.get_by_role("heading", name=f"「{action}」：確認")).to_be_visible()


def take_in_bulk(page: Page, action: str, button: str, *names: str) -> None:
    choose_in_bulk(page, action, *names)
    page.get_by_role("button", name=button, exact=True).click()
    for name in names:
        expect(row(page, name)).to_contain_text(f"完了：「{action}」を実行しました。")


def expect_result(page: Page, action: str, name: str, result: str, state: str) -> None:
    expect(page.get_by_role("heading", name=f"まとめて「{action}」", exact=True)).to_be_visible()
    expect(row(page, name)).to_contain_text(f"{result}：")
    expect(row(page, name).get_by_role("cell", name=state, exact=True)).to_be_visible()


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=name))


def grade(page: Page) -> None:
    page.goto("/admin/evaluations/sheet/")
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("link", name="総合評価を記入する画面を開く").click()
    page.get_by_role("radio", name="B：成果が着実にあがっている").check()
    page.get_by_label("評価の理由").fill("帰国支援の実績が積み上がっている。")
    page.get_by_role("button", name="評価を記録").click()
    expect(page.get_by_text("総合評価「B」を記録しました。")).to_be_visible()


def named_fields(page: Page) -> set[str]:
    """Return the names of the fields a person can change on a change form."""
    names = page.locator("#sheet_form").locator(
        "input:not([type=hidden], [type=submit]), select, textarea"
    )
    return set(names.evaluate_all("fields => fields.map(field => field.name)"))


def states() -> dict[str, str]:
    return dict(Sheet.objects.values_list("contribution__name", "state"))
