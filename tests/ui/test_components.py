"""Every component, with what it needs and with all it takes."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator

Component = Callable[..., str]


@pytest.mark.parametrize(
    ("kind", "word", "role"),
    [
        ("info", "お知らせ", "status"),
        ("success", "完了", "status"),
        ("warning", "注意", "alert"),
        ("error", "エラー", "alert"),
        ("debug", "お知らせ", "status"),
    ],
)
def test_notification_says_its_kind_in_words(
    component: Component, kind: str, word: str, role: str
) -> None:
    html = component("notification", kind=kind, text="保存しました。")
    assert f"{word}</span>" in html
    assert f'role="{role}"' in html
    assert "期限" in component("notification", kind=kind, text="保存しました。", title="期限")


def test_breadcrumbs_end_with_this_page(component: Component) -> None:
    html = component("breadcrumbs", items=[("ホーム", "/"), ("一覧", "")])
    assert '<a href="/">ホーム</a>' in html
    assert '<span aria-current="page">一覧</span>' in html


def test_chip_shows_the_state_in_words(component: Component) -> None:
    assert 'chip--returned">差戻し<' in component("chip", state="returned", label="差戻し")


def test_step_nav_says_how_far_each_step_is(component: Component) -> None:
    steps = [
        {"url": "/1", "label": "概要", "status": status, "current": status == "editing"}
        for status in ("done", "editing", "error", "todo")
    ]
    html = component("step_nav", title="項目", steps=steps)
    for word in ("入力済み", "入力中", "要修正", "未入力"):
        assert f"{word}</span>" in html
    assert html.count('aria-current="step"') == 1
    assert "概要" in component("step_nav", title="項目", steps=[SimpleNamespace(**steps[0])])


def test_pagination_keeps_the_query(component: Component) -> None:
    html = component("pagination", page_obj=Paginator(range(1000), 10).page(2))
    assert "全1,000件のうち11～20件目" in html
    assert 'href="?q=IOM&amp;page=3" rel="next"' in html


def test_pagination_of_one_page_has_no_links(component: Component) -> None:
    html = component("pagination", page_obj=Paginator([], 10).page(1))
    assert "全0件" in html
    assert "<a " not in html


def test_small_components(component: Component) -> None:
    assert "<a " not in component("empty_state", title="ありません", text="条件を変えてください。")
    assert 'href="/new"' in component(
        "empty_state", title="ありません", text="。", action_url="/new", action_label="作成"
    )
    assert "<b>1.7</b>％" in component(
        "key_figure", label="比率", value="1.7", unit="％", note="注"
    )
    assert "<b>25</b>" in component("key_figure", label="職員", value=25)
