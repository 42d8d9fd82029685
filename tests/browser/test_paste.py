"""What officers paste or drop from Word, Excel, mail and the like arrives as structured plain text.

Each case in ``paste/`` is a clipboard: ``.html`` and ``.plain`` are what the other program puts
on it, ``.txt`` is the text that has to arrive.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.enums import Role
from evaluations.models import PdcaEntry, Sheet
from tests.browser.actions import entry
from tests.browser.conftest import Desk
from tests.factories import make_person, make_sheet
from texts.notation import normalize

# What arrives is the browser's work; that it is saved on both databases, writing/ shows.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]

CORPUS = Path(__file__).parent / "paste"
BEFORE = "・書いてあった文章。\n選んだ所\n　・続き。"
CHOSEN = "選んだ所"
WORD_LIST = "<p>前書き</p><ul><li>一つ目<ul><li>その下</li></ul></li></ul>"

# What a program does on Ctrl+C: the browser hands it on unchanged, as it does with Word's.
PUT_ON_CLIPBOARD = """({html, plain}) => {
  document.addEventListener("copy", (event) => {
    if (html) event.clipboardData.setData("text/html", html);
    if (plain) event.clipboardData.setData("text/plain", plain);
    event.preventDefault();
  }, {once: true});
}"""


@dataclass(frozen=True)
class Clipboard:
    """What another program puts on the clipboard, and what has to arrive of it."""

    html: str
    plain: str
    expected: str


def read_case(path: Path) -> Clipboard:
    def text_of(suffix: str) -> str:
        file = path.with_suffix(suffix)
        return file.read_bytes().decode() if file.exists() else ""

    return Clipboard(text_of(".html"), text_of(".plain"), text_of(".txt").removesuffix("\n"))


CASES = {path.stem: read_case(path) for path in sorted(CORPUS.glob("*.txt"))}


@pytest.fixture
def sheet() -> Sheet:
    return make_sheet()


@pytest.fixture
def page(at_desk: Desk, sheet: Sheet) -> Page:
    page = at_desk(make_person(Role.OFFICER, sheet.division))
    page.goto(f"/sheets/{sheet.pk}/sections/pdca/")
    return page


@pytest.fixture
def box(page: Page) -> Locator:
    return entry(page, "PLAN").get_by_role("textbox")


def copy(page: Page, html: str = "", plain: str = "") -> None:
    page.evaluate(PUT_ON_CLIPBOARD, {"html": html, "plain": plain})
    page.keyboard.press("Control+c")


def paste(box: Locator, html: str = "", plain: str = "") -> str:
    """Paste at the caret, as by Ctrl+C elsewhere and Ctrl+V here, and return the whole text."""
    box.focus()
    copy(box.page, html, plain)
    box.page.keyboard.press("Control+v")
    return box.input_value()


SAVED = re.compile(r"^保存済み \d\d:\d\d$")


def choose(box: Locator, text: str) -> None:
    """Select ``text`` in the box; a "|" in it stands for the caret alone."""
    box.evaluate(
        """(box, text) => {
          const start = box.value.indexOf(text);
          box.focus();
          box.setSelectionRange(start, start + text.length);
        }""",
        text,
    )


def put_caret(box: Locator, text: str) -> None:
    """Fill the box with ``text``, the caret where its "|" stands."""
    box.fill(text.replace("|", ""))
    box.evaluate("(box, at) => box.setSelectionRange(at, at)", text.index("|"))


def test_the_corpus_is_stored_as_it_is() -> None:
    assert len(CASES) >= 30
    changed = {name for name, case in CASES.items() if normalize(case.expected) != case.expected}
    assert changed == set()


def test_every_clipboard_arrives_and_can_be_undone(page: Page, box: Locator) -> None:
    """For every case: the selection is replaced, the rest stays, and Ctrl+Z takes it back."""
    faults = []
    state = entry(page, "PLAN").locator(".entry__state")
    for name, case in CASES.items():
        box.fill(BEFORE)
        choose(box, CHOSEN)
        pasted = paste(box, case.html, case.plain)
        if pasted != (wanted := BEFORE.replace(CHOSEN, case.expected)):
            faults.append(f"── {name}\n{pasted}\n── and not\n{wanted}")
        expect(state).to_have_text(re.compile("未保存|保存中|保存済み"))
        expect(box).to_be_focused()
        page.keyboard.press("Control+z")
        if box.input_value() != BEFORE:
            faults.append(f"── {name}, undone\n{box.input_value()}")
        page.keyboard.press("Control+Shift+z")
        if box.input_value() != pasted:
            faults.append(f"── {name}, redone\n{box.input_value()}")
    assert not faults, "\n".join(faults)


def test_what_is_pasted_is_what_is_stored(page: Page, box: Locator, sheet: Sheet) -> None:
    button = entry(page, "PLAN").get_by_role("button", name="保存")
    stored = {}
    for name, case in CASES.items():
        box.fill("")
        paste(box, case.html, case.plain)
        with page.expect_response(lambda response: response.request.method == "POST"):
            button.click()
        expect(entry(page, "PLAN").locator(".entry__state")).to_have_text(SAVED)
        stored[name] = PdcaEntry.objects.get(sheet=sheet, key="plan").text
    assert stored == {name: case.expected for name, case in CASES.items()}


def test_what_was_typed_before_is_undone_on_its_own(page: Page, box: Locator) -> None:
    box.press_sequentially("打った")
    paste(box, "<p>貼った<u>文</u></p>")
    expect(box).to_have_value("打った貼った[[文]]")
    page.keyboard.press("Control+z")
    expect(box).to_have_value("打った")


def test_a_list_begins_on_a_line_of_its_own(box: Locator) -> None:
    one, two = "<ul><li>一</li></ul>", "<ul><li>一</li><li>二</li></ul>"
    wanted = {
        ("|", WORD_LIST): "前書き\n・一つ目\n　・その下",
        ("前|後", "<p>中の<u>語</u></p>"): "前中の[[語]]後",
        ("・前|後", "<p>中</p><p>次</p>"): "・前中\n次後",
        ("前|", one): "前\n・一",
        ("|後", one): "・一\n後",
        ("前|後", one): "前\n・一\n後",
        ("・前\n|\n・後", one): "・前\n・一\n・後",
        ("・前\n・|", two): "・前\n・一\n・二",
        ("・前\n　|", two): "・前\n　・一\n・二",
    }
    arrived = {}
    for before, html in wanted:
        put_caret(box, before)
        arrived[before, html] = paste(box, html)
    assert arrived == wanted


def test_the_caret_stands_behind_what_was_pasted(page: Page, box: Locator) -> None:
    put_caret(box, "前|後")
    paste(box, "<p>中の<u>語</u></p>")
    page.keyboard.type("だけ")
    expect(box).to_have_value("前中の[[語]]だけ後")


def test_what_our_own_pages_show_comes_back(page: Page, box: Locator, sheet: Sheet) -> None:
    text = (
        "成果は次のとおり。\n・研修員[[120名]]を受け入れた。\n　・うち女性は54名。\n"
        "　補足の行である。\n（1）見出し\n　①項目　空白\n（注1）暫定の値。\n※以上。"
    )
    box.fill(text)
    entry(page, "PLAN").get_by_role("button", name="保存").click()
    expect(entry(page, "PLAN").locator(".entry__state")).to_have_text(SAVED)
    page.goto(f"/sheets/{sheet.pk}/preview/")
    page.get_by_text("成果は次のとおり。").evaluate(
        "(first) => getSelection().selectAllChildren(first.parentElement)"
    )
    page.keyboard.press("Control+c")
    page.goto(f"/sheets/{sheet.pk}/sections/pdca/")
    other = entry(page, "DO").get_by_role("textbox")
    other.focus()
    page.keyboard.press("Control+v")
    expect(other).to_have_value(text)


def test_only_the_boxes_of_the_texts_are_concerned(page: Page) -> None:
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    other = page.locator("main > textarea")
    assert paste(other, WORD_LIST, "そのまま") == "そのまま"


@pytest.mark.parametrize("broken", ["DOMParser", "String.prototype.replaceAll"])
def test_what_fails_is_left_to_the_browser(
    page: Page, box: Locator, complaints: list[str], broken: str
) -> None:
    page.evaluate(f"() => {{ {broken} = () => {{ throw new TypeError('broken'); }}; }}")
    assert paste(box, WORD_LIST, "前書き\r\n一つ目") == "前書き\n一つ目"
    assert ["そのまま貼り付けました" in complaint for complaint in complaints] == [True]
    complaints.clear()


def test_an_image_alone_pastes_nothing(box: Locator) -> None:
    box.fill(BEFORE)
    assert paste(box, '<meta charset="utf-8"><img src="file:///C:/clip.png">') == BEFORE


# What the browser is handed when somebody drags from another program and lets go.
def drop(box: Locator, at: float, html: str = "", plain: str = "") -> str:
    """Drop on the first line of the box, ``at`` pixels from its edge; return the whole text."""
    corner = box.evaluate(
        "(box) => { const { x, y } = box.getBoundingClientRect(); return [x, y]; }"
    )
    kinds = {"text/html": html, "text/plain": plain}
    dragged = {
        "items": [{"mimeType": kind, "data": data} for kind, data in kinds.items() if data],
        "dragOperationsMask": 1,
    }
    session = box.page.context.new_cdp_session(box.page)
    for step in ("dragEnter", "dragOver", "drop"):
        session.send(
            "Input.dispatchDragEvent",
            {"type": step, "x": corner[0] + at, "y": corner[1] + 24, "data": dragged},
        )
    return box.input_value()


def test_what_is_dropped_arrives_like_what_is_pasted(page: Page, box: Locator) -> None:
    """At the place where it is let go, not where the caret was; Ctrl+Z takes it back."""
    box.scroll_into_view_if_needed()
    case = CASES["word-bullets"]
    assert drop(box, 100, case.html, case.plain) == case.expected
    expect(box).to_be_focused()
    page.keyboard.press("Control+z")
    expect(box).to_have_value("")
    box.fill("前")
    put_caret(box, "|前後")
    assert drop(box, 300, "<p>中の<u>語</u></p>", "中の語") == "前後中の[[語]]"
    assert drop(box, 300, plain="そのまま") == "前後中の[[語]]そのまま"


def test_words_moved_within_a_box_are_moved_and_not_doubled(page: Page, box: Locator) -> None:
    box.fill("運ぶ語\t・前の語。ここまで")
    choose(box, "運ぶ語")
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 30, place["y"] + 24)
    page.mouse.down()
    page.mouse.move(place["x"] + 200, place["y"] + 26, steps=5)
    page.mouse.move(place["x"] + 500, place["y"] + 24, steps=5)
    page.mouse.up()
    expect(box).to_have_value("\t・前の語。ここまで運ぶ語")


# Excel puts a cell between quotation marks that holds a line break, a tab or a quotation mark.
CELLS = {
    '"一行目\n二行目"\r\n': "一行目\n二行目\n",
    '"「""甲""」と\n乙"\r\n': '「"甲"」と\n乙\n',
    '前\t"一\n二"\t後\r\n次\t\t"""語"""\r\n': '前\u3000一\n二\u3000後\n次\u3000\u3000"語"\n',
    '"一\n"\r\n': "一\n\n",
    # Nobody's cells: what people write stays as it is.
    '"引用した語"\r\n': '"引用した語"\n',
    '"引用した語"という。\r\n': '"引用した語"という。\n',
    '"一行目\n二行目"': '"一行目\n二行目"',
    '"一行目\n二行目"と述べた。\r\n': '"一行目\n二行目"と述べた。\n',
    '"閉じない\r\n': '"閉じない\n',
    '"甲"\r\n"乙"\r\n': '"甲"\n"乙"\n',
    "「一\n二」\r\n": "「一\n二」\n",
    '5"の管\r\n': '5"の管\n',
}


def test_quotation_marks_of_cells_go_and_those_of_words_stay(box: Locator) -> None:
    arrived = {}
    for plain in CELLS:
        box.fill("")
        arrived[plain] = paste(box, plain=plain)
    assert arrived == CELLS


def long_word_list(size: int) -> Clipboard:
    """Return ``size`` bytes of HTML: a list of Word's, over and over."""
    case = CASES["word-bullets"]
    head, rest = case.html.split("<!--StartFragment-->")
    body, foot = rest.split("<!--EndFragment-->")
    times = size // len(body.encode()) + 1
    html = f"{head}<!--StartFragment-->{body * times}<!--EndFragment-->{foot}"
    return Clipboard(html, "", "\n".join([case.expected] * times))


def long_article(size: int) -> Clipboard:
    """Return ``size`` bytes of words, in paragraphs."""
    words = "国際機関の活動は広い分野に及ぶ。" * 6
    times = size // len(words.encode()) + 1
    return Clipboard(f"<p>{words}</p>" * times, "", "\n".join([words] * times))


@pytest.mark.parametrize("make", [long_word_list, long_article])
def test_a_long_paste_arrives_whole(box: Locator, make: Callable[[int], Clipboard]) -> None:
    case = make(60_000)
    assert paste(box, case.html) == case.expected
