"""The crispy pack: what surrounds a control."""

import re
from typing import Any

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.test import RequestFactory
from django.utils.html import format_html


class SheetForm(forms.Form):
    name = forms.CharField(label="拠出金名", help_text="正式名称です。")
    reason = forms.CharField(label="理由", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="種別", choices=[("v", "任意拠出金")])
    grade = forms.ChoiceField(
        label="総合評価",
        widget=forms.RadioSelect,
        choices=[("A", "A評価"), ("B", "B評価")],
        help_text="目安に照らして選びます。",
    )
    regions = forms.MultipleChoiceField(
        label="地域",
        widget=forms.CheckboxSelectMultiple,
        choices=[("アジア", [("1", "東南アジア"), ("2", "南アジア")])],
        required=False,
    )
    agreed = forms.BooleanField(label="確認しました")


def rendered(form: forms.Form, *layout: Any, method: str = "post") -> str:
    helper = FormHelper()
    helper.form_method = method
    if layout:
        helper.layout = Layout(*layout)
    form.helper = helper
    html = render_crispy_form(form, context={"request": RequestFactory().get("/")})
    assert "UNDEFINED" not in html
    return re.sub(r"\s+", " ", html)


def tag(html: str, pattern: str) -> str:
    """Return the first tag that matches ``pattern``."""
    found = re.search(rf"<[^>]*{pattern}[^>]*>", html)
    assert found, pattern
    return found[0]


def test_label_tells_whether_the_field_must_be_filled() -> None:
    html = rendered(SheetForm())
    assert re.search(r'<label [^>]*for="id_name">拠出金名 ?<span [^>]*>※必須</span>', html)
    assert re.search(r'<label [^>]*for="id_reason">理由 ?<span [^>]*>※任意</span>', html)
    assert re.search(r"確認しました<span [^>]*>※必須</span>", html)


def test_filters_carry_no_optional_mark() -> None:
    assert "※任意" not in rendered(SheetForm(), "reason", method="get")


def test_control_names_its_support_text() -> None:
    html = rendered(SheetForm())
    assert 'aria-describedby="id_name_helptext"' in tag(html, 'id="id_name"')
    assert '<div class="field__help" id="id_name_helptext">正式名称です。</div>' in html
    assert "aria-invalid" not in html


def test_support_text_is_text() -> None:
    """Only what a library made of markup itself stays markup."""

    class Told(forms.Form):
        plain = forms.CharField(help_text="<b>D1</b>以上")
        made = forms.CharField(help_text=format_html("<b>{}</b>以上", "<D1>"))

    html = rendered(Told())
    assert ">&lt;b&gt;D1&lt;/b&gt;以上</div>" in html
    assert "><b>&lt;D1&gt;</b>以上</div>" in html


def test_slip_is_told_beside_the_control_and_marked_in_it() -> None:
    html = rendered(SheetForm({}))
    control = tag(html, 'id="id_name"')
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_name_helptext id_name_error"' in control
    assert re.search(r'id="id_name_error"> ?<p>＊', html)


def test_support_text_stands_before_the_control_and_the_error_after_it() -> None:
    html = rendered(SheetForm({}), "name")
    assert html.index("field__help") < html.index('id="id_name"') < html.index("field__error")


def test_support_text_is_escaped_unless_it_is_marked_as_html() -> None:
    class Helped(forms.Form):
        share = forms.CharField(help_text="5<10&の割合")
        password = forms.CharField(help_text=password_validators_help_text_html())

    html = rendered(Helped())
    assert '<div class="field__help" id="id_share_helptext">5&lt;10&amp;の割合</div>' in html
    assert '<div class="field__help" id="id_password_helptext"><ul><li>' in html


def test_error_summary_links_every_slip_with_its_place() -> None:
    html = rendered(SheetForm({}))
    summary = html[html.index("error-summary") : html.index("</ul>")]
    assert 'tabindex="-1"' in summary
    assert "data-autofocus" in summary
    places = re.findall(r'href="#([^"]+)"', summary)
    assert places == ["id_name", "id_kind", "div_id_grade", "id_agreed"]
    for place in places:
        assert f'id="{place}"' in html


def test_error_summary_tells_slips_of_the_form_as_a_whole() -> None:
    form = SheetForm({})
    form.add_error(None, "合計が一致しません。")
    assert "<li>合計が一致しません。</li>" in rendered(form)


def test_no_error_summary_without_errors() -> None:
    assert "error-summary" not in rendered(SheetForm())


def test_radio_buttons_stand_in_a_fieldset_with_legend() -> None:
    html = rendered(SheetForm({}), "grade")
    fieldset = tag(html, 'id="div_id_grade"')
    assert fieldset.startswith("<fieldset")
    assert 'aria-describedby="id_grade_helptext id_grade_error"' in fieldset
    assert re.search(r"<legend [^>]*>総合評価 ?<span [^>]*>※必須</span>", html)
    assert html.count('type="radio"') == 2
    assert re.search(
        r'<label class="choice"><input type="radio" [^>]*value="B"[^>]*> ?<span>B評価', html
    )


def test_chosen_radio_button_stays_chosen() -> None:
    assert "checked" in tag(rendered(SheetForm({"grade": "B"}), "grade"), 'value="B"')


def test_checkboxes_keep_their_groups() -> None:
    html = rendered(SheetForm({"regions": ["2"]}), "regions")
    assert '<p class="choices__group">アジア</p>' in html
    assert html.count('type="checkbox"') == 2
    assert "checked" in tag(html, 'value="2"')


@pytest.mark.parametrize(("field", "control"), [("reason", "textarea"), ("kind", "select")])
def test_other_controls_have_a_label(field: str, control: str) -> None:
    html = rendered(SheetForm(), field)
    assert f"<{control} " in html
    assert f'for="id_{field}"' in html


def test_form_leaves_the_telling_of_slips_to_the_server() -> None:
    assert " novalidate" in tag(rendered(SheetForm()), 'method="post"')


def test_controls_have_no_placeholder() -> None:
    class Hinted(forms.Form):
        name = forms.CharField(
            widget=forms.TextInput(attrs={"placeholder": "氏名", "maxlength": 9})
        )

    control = tag(rendered(Hinted()), 'id="id_name"')
    assert "placeholder" not in control
    assert 'maxlength="9"' in control
