"""Blocks nest as they are indented."""

import sys
from typing import Any

from evaluations.paper.outline import DEEPEST, BlockGroup, outline
from texts.notation import parse


def shape(groups: tuple[BlockGroup, ...]) -> list[Any]:
    """Each group as a list (bullets) or a tuple (lines) of (text, indent, what is inside)."""
    return [
        (list if group.is_list else tuple)(
            (item.block.text, item.indent, *shape(item.groups)) for item in group.items
        )
        for group in groups
    ]


def test_neighbouring_bullets_make_one_list():
    assert shape(outline(parse("・一\n・二\n段落\n・三"))) == [
        [("一", 0), ("二", 0)],
        (("段落", 0),),
        [("三", 0)],
    ]


def test_what_is_deeper_than_a_bullet_belongs_to_it():
    assert shape(outline(parse("・一\n　・子\n　　・孫\n　（注）注\n・二"))) == [
        [("一", 0, [("子", 0, [("孫", 0)])], (("注", 0),)), ("二", 0)]
    ]


def test_what_stands_deeper_for_no_reason_is_set_in():
    assert shape(outline(parse("　　・一\n　字下げの段落"))) == [
        [("一", 2)],
        (("字下げの段落", 1),),
    ]


def test_nesting_ends_where_the_page_would_be_too_narrow():
    lines = [f"{'　' * depth}・{depth}" for depth in range(sys.getrecursionlimit())]

    def depth(groups: tuple[BlockGroup, ...]) -> int:
        return max((1 + depth(item.groups) for group in groups for item in group.items), default=0)

    assert depth(outline(parse("\n".join(lines)))) == DEEPEST + 1


def test_a_marker_hangs_by_its_own_width():
    (group,) = outline(parse("（注）一\n（注1）二\n(注)三\n※四\n※12五\n（注１２）六"))
    assert [item.hang for item in group.items] == [6, 7, 4, 2, 4, 10]
