"""A view with a form answers with the status of what came of it, and gives back what was typed."""

import pytest
from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from core.form_pages import posted, refusals_as_errors, status_of
from core.refusals import Invalid, NotAllowed, Refusal, Stale


class ReasonForm(forms.Form):
    reason = forms.CharField()


def page(request, refusal=None, **kwargs):
    """Be a view whose verb is refused with ``refusal``, if with any."""
    form = ReasonForm(posted(request))
    if form.is_valid():
        with refusals_as_errors(form, **kwargs):
            if refusal:
                raise refusal
            return redirect("/done/")
    return HttpResponse(str(form), status=status_of(form))


def test_a_form_is_shown_sent_in_and_found_incomplete(rf):
    assert page(rf.get("/")).status_code == 200
    assert page(rf.post("/", {"reason": "至急"})).status_code == 302
    empty = page(rf.post("/"))
    assert (empty.status_code, "errorlist" in empty.text) == (422, True)


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refusal("100%は無理です。"), 422),
        (Invalid("長すぎます。"), 422),
        (NotAllowed("担当ではありません。"), 403),
        (Stale("変わりました。"), 409),
    ],
)
def test_a_refusal_is_an_error_of_the_form_with_its_own_status(rf, refusal, status):
    sent = rf.post("/", {"reason": "至急"})
    for field in (None, "reason"):
        answer = page(sent, refusal, field=field)
        assert answer.status_code == status
        assert refusal.message in answer.text
        assert 'value="至急"' in answer.text


def test_refusals_of_other_kinds_have_a_page_of_their_own(rf):
    sent = rf.post("/", {"reason": "至急"})
    assert page(sent, Stale("変わりました。"), kinds=(Invalid, Stale)).status_code == 409
    with pytest.raises(NotAllowed):
        page(sent, NotAllowed("担当ではありません。"), kinds=(Invalid, Stale))


def test_a_page_of_two_forms_has_the_status_of_the_refused_one():
    fine, incomplete, refused = (ReasonForm({"reason": each}) for each in ("至急", "", "至急"))
    with refusals_as_errors(refused):
        raise Stale("変わりました。")
    assert status_of(fine) == 200
    assert status_of(fine, incomplete) == 422
    assert status_of(incomplete, refused) == 409
