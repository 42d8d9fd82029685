"""A comment on words follows them through what becomes of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.passages import places_of, relocate, stretches

SENTENCE = "・理事会において、日本の意見が行動計画に反映された。"
OTHER = "・年次会合では、事務局の改革を支持した。"


def words_now(old, quote, new):
    start = old.index(quote)
    place = relocate(old, (start, start + len(quote)), new)
    return None if place is None else new[slice(*place)]


CORPUS = [
    # what became of the text, the words, the text now, the words now
    ("nothing", "日本の意見", SENTENCE, "日本の意見"),
    ("a line before", "日本の意見", f"{OTHER}\n{SENTENCE}", "日本の意見"),
    ("a line behind", "日本の意見", f"{SENTENCE}\n{OTHER}", "日本の意見"),
    (
        "words before it",
        "日本の意見",
        "・2018年の理事会において、日本の意見が行動計画に反映された。",
        "日本の意見",
    ),
    (
        "words behind it",
        "行動計画",
        "・理事会において、日本の意見が行動計画及び予算に反映された。",
        "行動計画",
    ),
    (
        "a word put into it",
        "日本の意見が行動計画に",
        "・理事会において、日本の意見が新しい行動計画に反映された。",
        "日本の意見が新しい行動計画に",
    ),
    (
        "a word of it replaced",
        "日本の意見が行動計画に",
        "・理事会において、日本の提案が行動計画に反映された。",
        "日本の提案が行動計画に",
    ),
    (
        "its first word replaced",
        "理事会において、日本の意見が",
        "・総会において、日本の意見が行動計画に反映された。",
        "総会において、日本の意見が",
    ),
    (
        "half of it left out",
        "日本の意見が行動計画に反映された。",
        "・理事会において、日本の意見が反映された。",
        "日本の意見が反映された。",
    ),
    (
        "moved behind another line",
        "日本の意見が行動計画に反映された",
        f"{OTHER}\n・報告によれば、日本の意見が行動計画に反映された。",
        "日本の意見が行動計画に反映された",
    ),
    (
        "the words themselves left out",
        "日本の意見が",
        "・理事会において、行動計画に反映された。",
        None,
    ),
    ("all written again", "日本の意見", OTHER, None),
    ("all left out", "日本の意見", "", None),
]


@pytest.mark.parametrize(
    ("quote", "new", "found"), [row[1:] for row in CORPUS], ids=[row[0] for row in CORPUS]
)
def test_a_passage_is_found_again_or_gone(quote, new, found):
    assert words_now(SENTENCE, quote, new) == found


def test_the_same_word_elsewhere_is_another_passage():
    old = "・会合で支援を表明した。\n・現地で支援を行った。"
    start = old.index("支援")
    assert (
        relocate(old, (start, start + 2), "・会合で賛意を表明した。\n・現地で支援を行った。")
        is None
    )


def test_of_two_alike_the_one_commented_on_is_followed():
    old = "・井戸を掘った。\n・道を直した。\n・井戸を掘った。"
    start = old.rindex("井戸")
    new = f"・橋を架けた。\n{old}"
    assert relocate(old, (start, start + 2), new) == (new.rindex("井戸"), new.rindex("井戸") + 2)


def test_a_sentence_that_changed_places_is_found_where_it_went():
    first, second = "・日本の提案により監査の仕組みが改められた。", "・邦人職員が増えた。"
    old, new = f"{first}\n{second}\n{OTHER}", f"{second}\n{OTHER}\n{first}"
    assert words_now(old, "監査の仕組みが改められた", new) == "監査の仕組みが改められた"


TEXT = st.text(alphabet="国際会議のをはが、。\n12ABé𠮷", max_size=40)
SOME = st.text(alphabet="国際会議のをは、\n1𠮷", min_size=1, max_size=12)


@given(TEXT, SOME, TEXT, TEXT)
def test_wherever_a_passage_is_found_there_is_something(before, quote, behind, new):
    old = before + quote + behind
    place = relocate(old, (len(before), len(before) + len(quote)), new)
    assert place is None or 0 <= place[0] < place[1] <= len(new)


@given(TEXT, SOME, TEXT)
def test_a_text_that_has_not_changed_has_its_passage_where_it_was(before, quote, behind):
    text = before + quote + behind
    passage = (len(before), len(before) + len(quote))
    assert relocate(text, passage, text) == passage


@given(st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), unique=True, min_size=2), st.data())
def test_lines_put_between_others_move_a_passage_and_never_lose_it(names, data):
    """Every line tells of something of its own, as the lines of a sheet do."""
    lines = [f"・{name}国において{name}の計画を支援した。" for name in names]
    old = "\n".join(lines)
    chosen = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines)))
    new = "\n".join([*lines[:place], OTHER, *lines[place:]])
    assert words_now(old, lines[chosen][1:], new) == lines[chosen][1:]


@given(TEXT, SOME)
def test_places_are_all_there_are(text, quote):
    assert places_of(text, quote) == [n for n in range(len(text)) if text.startswith(quote, n)]


@given(TEXT, st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=5))
def test_stretches_are_the_text_and_say_what_they_belong_to(text, ranges):
    passages = [
        (name, (min(a, len(text)), min(b, len(text)))) for name, (a, b) in enumerate(ranges)
    ]
    divided = stretches(text, passages)
    assert "".join(stretch.text for stretch in divided) == text
    for name, (start, end) in passages:
        marked = "".join(stretch.text for stretch in divided if name in stretch.passages)
        assert marked == (text[start:end] if start < end else "")
        assert sum(name in stretch.ends for stretch in divided) == (1 if start < end else 0)
