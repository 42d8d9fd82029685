"""What a person types is cleaned in every form; a text of invisible marks is an empty text."""

import ast
from pathlib import Path

import pytest
from django import forms
from django.contrib import admin
from django.urls import reverse

from accounts.roles import roles_of
from contributions.models import Contribution, Organization
from core.refusals import Invalid
from core.text_fields import TextField
from evaluations.domain.comments import add_remark
from evaluations.domain.finding_answers import _fit
from evaluations.domain.grading import grade_sheet
from evaluations.domain.suggestions import reject
from evaluations.enums import CommentKind, State
from evaluations.models import Transition
from evaluations.queries.content import entries_of
from evaluations.workflow import perform
from tests.evaluations.review import comment, wording

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
ROOMS = [
    "accounts", "notices", "contributions", "staffing", "editions", "evaluations", "booklets",
    "bulk_steps",
]  # fmt: skip
UNSEEN = "\u200b\u3164\u2060\u00a0\u2800\u3000\v"
# What a page says of itself: nobody types it.
NOT_TYPED = {
    "evaluations/forms/figures.py: seen",
    "evaluations/forms/entries.py: key",
    "evaluations/forms/steps.py: shown",
}


def plain_boxes(path):
    """Yield the boxes of a module that are not cleaned, by the name they are given."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("forms.CharField("):
            yield f"{path.relative_to(ROOT)}: {ast.unparse(node.targets[0])}"


def test_every_box_of_every_form_is_cleaned():
    found = {
        box for room in ROOMS for path in (ROOT / room).rglob("*.py") for box in plain_boxes(path)
    }
    assert found == NOT_TYPED


def test_every_text_of_the_admin_is_cleaned(rf, ministry):
    request = rf.get("/")
    request.user = ministry.people["superuser"]
    request.user.roles = roles_of(request.user)
    seen = {
        (model.__name__, name, type(field))
        for model, model_admin in admin.site._registry.items()
        if model_admin.has_add_permission(request)
        for form in [
            model_admin.get_form(request).base_fields,
            *(
                inline.get_formset(request).form.base_fields
                for inline in model_admin.get_inline_instances(request)
            ),
        ]
        for name, field in form.items()
        if isinstance(field, forms.CharField) and "password" not in name
    }
    assert {("Organization", "name_ja", TextField), ("Division", "name", TextField)} <= seen
    assert {each for each in seen if each[2] is forms.CharField} == set()


def test_the_admin_keeps_a_name_cleaned(client, ministry):
    client.force_login(ministry.people["superuser"])
    name = "\u3000⽇本・\ufa19戸\u200b機構\n（JKO）\u00ad"
    address = reverse("admin:contributions_organization_add")
    assert client.post(address, {"name_ja": name}).status_code == 302
    assert Organization.objects.filter(name_ja="日本・\ufa19戸機構 （JKO）").exists()
    answer = client.post(address, {"name_ja": UNSEEN})
    assert "name_ja" in answer.context["adminform"].form.errors


def test_a_reason_of_invisible_marks_is_none(ministry):
    sheet, people = ministry.put(State.DIVISION_CHECK), ministry.people
    with pytest.raises(Invalid, match="理由が必要です"):
        perform(sheet, "return", actor=people["head"], comment=UNSEEN, version=sheet.version)
    assert not Transition.objects.filter(action="return").exists()


def test_every_other_required_text_is_refused_as_well(ministry):
    sheet, people = ministry.put(State.DIVISION_CHECK), ministry.people
    thread = comment(sheet, people["head"])
    with pytest.raises(Invalid, match="コメントを記入"):
        comment(sheet, people["head"], UNSEEN)
    with pytest.raises(Invalid, match="コメントを記入"):
        add_remark(sheet, thread.pk, CommentKind.ANSWER, UNSEEN, actor=people["officer"])
    offered = wording(sheet, people["head"], "・改めた計画。")
    ministry.put(State.DRAFT)
    with pytest.raises(Invalid, match="理由を記入"):
        reject(sheet, offered.pk, note=UNSEEN, actor=people["officer"])
    with pytest.raises(Invalid, match="回答を記入"):
        _fit(UNSEEN)
    review = ministry.put(State.REVIEW)
    with pytest.raises(Invalid, match="理由を記入"):
        grade_sheet(
            review, grade="B", reason=UNSEEN, actor=people["reviewer"], version=review.version
        )


def test_the_page_refuses_it_and_tells_where(sign_in, ministry):
    sheet = ministry.put(State.DIVISION_CHECK)
    answer = sign_in("head").post(
        reverse("sheet_act", args=[sheet.pk, "return"]),
        {"comment": UNSEEN, "version": sheet.version},
    )
    assert answer.status_code == 422
    assert "理由を記入してください。" in answer.content.decode()


def test_an_entry_keeps_the_letters_of_names(sign_in, ministry):
    sheet = ministry.sheet
    entry = entries_of(sheet)["plan"]
    sign_in("officer").post(
        reverse("entry_save", args=[sheet.pk, "plan"]),
        {"text": "\u00a0・\ufa19田⽒→\ufe0e⺠間\v次\u2029後", "version": entry.version},
    )
    assert entries_of(sheet)["plan"].text == " ・\ufa19田氏→民間\n次\n後"


def test_it_is_found_by_the_ordinary_letters(sign_in, ministry):
    sheet = ministry.sheet
    entry = entries_of(sheet)["plan"]
    officer = sign_in("officer")
    officer.post(
        reverse("entry_save", args=[sheet.pk, "plan"]),
        {
            "text": "・\ufa19田氏が[[日数]]を短くし、UN‐HABITATと4月〜6月に行った。",
            "version": entry.version,
        },
    )
    name = Contribution.objects.get(pk=sheet.contribution_id).name
    for words in ("神田氏", "\ufa19田氏", "日数を短く", "UN-HABITAT", "４月～6月", "[[日数]]"):
        page = officer.get(reverse("sheet_list"), {"q": words}).content.decode()
        assert name in page, words
    assert name not in officer.get(reverse("sheet_list"), {"q": "日数短く"}).content.decode()
