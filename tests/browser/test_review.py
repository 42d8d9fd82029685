"""A whole round of comments and suggested wordings between two desks, with script and without."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.enums import Role
from evaluations.domain.grading import grade_sheet
from evaluations.enums import State
from evaluations.models import PdcaEntry, Sheet
from evaluations.workflow import perform
from tests.browser.actions import download, entry, expect_saved, take_step, words_of, write
from tests.browser.conftest import Desk
from tests.evaluations.review import rewrite
from tests.factories import complete, make_person, make_sheet, put_in_state

pytestmark = pytest.mark.django_db(transaction=True)

PLAN = "・理事会で日本の意見を述べた。\n・年次会合で予算の改革を支持した。"
BETTER = "・執行理事会で日本の意見を述べた。\n・年次会合で予算の透明化を支持した。"


@pytest.fixture
def people(transactional_db: None) -> dict[str, object]:
    sheet = complete(make_sheet())
    rewrite(sheet, plan=PLAN)
    people = {
        "officer": make_person(Role.OFFICER, sheet.division, display_name="国際 花子"),
        "head": make_person(Role.HEAD, sheet.division, display_name="課室 太郎"),
        "reviewer": make_person(Role.REVIEWER, display_name="審査 一郎"),
        "sheet": sheet,
    }
    put_in_state(
        sheet,
        State.REVIEW,
        submitter=people["officer"],
        confirmer=people["head"],
        approver=people["reviewer"],
    )
    return people


def review(page: Page, label: str) -> Locator:
    """Return what is said of one entry."""
    return page.get_by_role("region", name=f"{label}へのコメントと修正案")


def select_words(page: Page, words: str) -> None:
    """Select words in the text of PLAN as a mouse would."""
    page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(
            document.querySelector('[data-commentable="plan"]'), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const place = walker.currentNode.data.indexOf(words);
            if (place >= 0) {
              getSelection().setBaseAndExtent(
                walker.currentNode, place, walker.currentNode, place + words.length);
              return;
            }
          }
        }""",
        words,
    )


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_round_of_comments_and_suggestions(at_desk: Desk, people, javascript: bool) -> None:
    sheet = people["sheet"]
    reviewer = at_desk(people["reviewer"], java_script_enabled=javascript)
    officer = at_desk(people["officer"], java_script_enabled=javascript)
    section = f"/sheets/{sheet.pk}/sections/pdca/"

    # The reviewer asks about words of the text, and keeps a doubt to the reviewers.
    reviewer.goto(section)
    box = review(reviewer, "PLAN")
    if javascript:
        select_words(reviewer, "日本の意見")
        box.get_by_role("button", name="選んだ語句にコメント").click()
        expect(box.get_by_label("対象の語句")).to_have_value("日本の意見")
    else:
        box.get_by_text("コメントする").click()
        box.get_by_label("対象の語句").fill("日本の意見")
    box.get_by_label("コメント").fill("どのような意見か。")
    box.get_by_label("解決するまで確定しない").check()
    box.get_by_role("button", name="担当課室にも見えるコメントを残す").click()
    expect(reviewer.get_by_text("コメントを残しました（担当課室にも見える）。")).to_be_visible()
    expect(entry(reviewer, "PLAN").locator("mark")).to_have_text("日本の意見")
    box.get_by_text("コメントする").click()
    box.get_by_label("コメント").fill("評価はBか。")
    box.get_by_role("button", name="審査担当・取りまとめのみに見えるコメントを残す").click()
    expect(box.get_by_text("評価はBか。", exact=True)).to_be_visible()

    # And suggests a wording, and returns the sheet.
    box.get_by_role("link", name="修正案を示す").click()
    reviewer.get_by_label("修正案").fill(BETTER)
    reviewer.get_by_label("理由").fill("正式な名称に。")
    reviewer.get_by_role("button", name="担当課室と審査担当に見える修正案を示す").click()
    expect(reviewer.get_by_text("修正案を示しました。")).to_be_visible()
    reviewer.goto(f"/sheets/{sheet.pk}/")
    take_step(reviewer, "差戻し", "差し戻す", "コメントを見てください。")

    # The officer sees what is open, and nothing of the doubt.
    officer.goto(f"/sheets/{sheet.pk}/")
    expect(officer.get_by_text("未解決のコメントが1件")).to_be_visible()
    officer.goto(section)
    box = review(officer, "PLAN")
    expect(box.get_by_text("どのような意見か。", exact=True)).to_be_visible()
    expect(officer.get_by_text("評価はBか。", exact=True)).to_have_count(0)
    box.get_by_role("link", name="比べて採否を決める").click()

    # Takes in one part of the wording and leaves the other.
    deleted = officer.get_by_role("region", name="今の文章").locator("del")
    expect(deleted.last).to_have_text("［修正前のみ：改革］")
    officer.get_by_role("checkbox", name=re.compile("執行")).check()
    officer.get_by_role("button", name="選んだ箇所を採り入れる").click()
    expect(officer.get_by_text("修正案の2か所のうち1か所を採り入れました。")).to_be_visible()
    taken = PLAN.replace("理事会", "執行理事会")
    expect(entry(officer, "PLAN").get_by_role("textbox")).to_have_value(taken)

    # Answers the comment by changing its very words.
    answered = taken.replace("日本の意見を述べた", "難民に関する日本の意見を明確に述べた")
    write(officer, "PLAN", answered)
    if javascript:
        expect_saved(officer, "PLAN")
        officer.reload()
    box.get_by_text("返答・対応の報告").click()
    box.get_by_label("返答").fill("難民に関する意見である。")
    box.get_by_role("button", name="対応しましたと伝える").click()
    expect(box.get_by_text("対応の報告あり")).to_be_visible()

    # Back with the reviewer: the words are found again, the comment stands until it is settled.
    perform_steps(sheet, people)
    reviewer.goto(f"/sheets/{sheet.pk}/act/approve/")
    reviewer.get_by_role("link", name=re.compile("確定を止めるコメントが残っています")).click()
    expect(entry(reviewer, "PLAN").locator("mark")).to_have_text("日本の意見")
    box = review(reviewer, "PLAN")
    thread = box.get_by_role("listitem").filter(has_text="どのような意見か。").first
    thread.get_by_text("返答・解決").click()
    thread.get_by_role("button", name="解決にする").click()
    expect(reviewer.get_by_text("コメントを解決にしました。")).to_be_visible()
    reviewer.goto(f"/sheets/{sheet.pk}/")
    take_step(reviewer, "確定", "確定する")

    # All of it stays on record, for each as they may see it.
    for page, sees_doubt in ((reviewer, True), (officer, False)):
        page.goto(f"/sheets/{sheet.pk}/comments/")
        annex = words_of(download(page, "PDFを保存"))
        assert ("評価はBか。" in annex) is sees_doubt
        for said in ("どのような意見か。", "難民に関する意見である。", "2か所のうち1か所"):
            assert said in annex
    assert PdcaEntry.objects.get(sheet=sheet, key="plan").text == answered


def perform_steps(sheet: Sheet, people) -> None:
    """Let the division submit and confirm again, and the reviewer grade."""
    for action, role in (("submit", "officer"), ("confirm", "head")):
        sheet.refresh_from_db()
        perform(sheet, action, actor=people[role], version=sheet.version)
    grade_sheet(sheet, grade="B", reason="着実。", actor=people["reviewer"], version=sheet.version)


def test_words_that_stand_twice_are_told_apart_by_where_they_were_chosen(
    at_desk: Desk, people
) -> None:
    rewrite(people["sheet"], plan="・𠮷田氏が会合に出た。\n・会合を開いた。")
    page = at_desk(people["reviewer"])
    page.goto(f"/sheets/{people['sheet'].pk}/sections/pdca/")
    box = review(page, "PLAN")
    box.get_by_role("button", name="選んだ語句にコメント").click()
    expect(box.get_by_role("status")).to_contain_text("語句を選んでから")
    page.evaluate(
        """() => {
          const text = document.querySelector('[data-commentable="plan"]').firstChild;
          const place = text.data.lastIndexOf("会合");
          getSelection().setBaseAndExtent(text, place, text, place + 2);
        }"""
    )
    box.get_by_role("button", name="選んだ語句にコメント").click()
    box.get_by_label("コメント").fill("いつ開いたか。")
    box.get_by_role("button", name="審査担当・取りまとめのみに見えるコメントを残す").click()
    expect(box.get_by_text("いつ開いたか。", exact=True)).to_be_visible()
    thread = people["sheet"].comment_threads.get()
    assert (thread.start, thread.quote) == (13, "会合")


LINES = "初めの行には日本の語がある。\n次の行。\n最後の行に日本の成果がある。"
FIRST, *_, LAST = LINES.split("\n")


def test_what_is_selected_is_commented_on_however_it_was_selected(at_desk: Desk, people) -> None:
    """And nothing that was selected before; what lies beyond the text is no part of it."""
    rewrite(people["sheet"], plan=LINES)
    page = at_desk(people["reviewer"])
    page.goto(f"/sheets/{people['sheet'].pk}/sections/pdca/")
    text = page.locator('[data-commentable="plan"]')
    box = review(page, "PLAN")
    height = text.bounding_box()["height"]
    last_line, first_line = {"x": 40, "y": height - 12}, {"x": 20, "y": 12}
    select = """(text, [from, at, to, end]) => {
      const nodes = { text: text.firstChild, before: document.querySelector("h1, h2").firstChild,
                      after: document.querySelector("footer p").firstChild };
      getSelection().setBaseAndExtent(nodes[from], at, nodes[to], end);
    }"""

    def chosen() -> tuple[str, str]:
        box.get_by_role("button", name="選んだ語句にコメント").click()
        form = page.locator('[data-comment-form="plan"]')
        return form.get_by_label("対象の語句").input_value(), form.locator(
            '[name="start"]'
        ).input_value()

    text.dblclick(position=first_line)
    word, _ = chosen()
    assert word
    assert word in FIRST
    text.dblclick(position=first_line)
    text.click(position=last_line, click_count=3)
    assert chosen() == (LAST, str(LINES.index(LAST)))
    selections = {
        ("text", 8, "text", 6): ("日本", "6"),  # from right to left
        ("text", len(LINES) - 3, "after", 2): ("ある。", str(len(LINES) - 3)),
        ("after", 2, "text", len(LINES) - 3): ("ある。", str(len(LINES) - 3)),
        ("before", 0, "text", 3): ("初めの", "0"),
        ("before", 0, "after", 2): (LINES, "0"),
    }
    found = {}
    for each in selections:
        text.evaluate(select, list(each))
        found[each] = chosen()
    assert found == selections
    # By the keyboard: to the end of the text, and everything on the page.
    text.evaluate(select, ["text", len(LINES) - 4, "text", len(LINES) - 4])
    page.evaluate("document.activeElement.blur()")
    text.evaluate("() => getSelection().modify('extend', 'forward', 'character')")
    assert chosen() == (LINES[-4], str(len(LINES) - 4))
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+a")
    assert chosen() == (LINES, "0")


def test_without_a_selection_in_the_text_nothing_earlier_is_commented_on(
    at_desk: Desk, people
) -> None:
    page = at_desk(people["reviewer"])
    page.goto(f"/sheets/{people['sheet'].pk}/sections/pdca/")
    box = review(page, "PLAN")
    hint = page.get_by_text("上の文章の語句を選んでから、このボタンを押してください。")
    select_words(page, "日本の意見")
    page.get_by_role("heading", level=1).first.click()
    box.get_by_role("button", name="選んだ語句にコメント").click()
    expect(hint).to_be_visible()
    select_words(page, "日本の意見")
    page.get_by_role("heading", level=1).first.dblclick()
    box.get_by_role("button", name="選んだ語句にコメント").click()
    expect(hint).to_be_visible()
