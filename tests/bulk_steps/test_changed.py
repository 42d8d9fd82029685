"""What a person was shown of each sheet is what they decide on, with many sheets as with one."""

import pytest

from bulk_steps.models import BulkStep
from evaluations.enums import State
from evaluations.models import Revision, Sheet, Transition
from staffing.models import StaffingSnapshot
from tests.bulk_steps.conftest import DONE, again, choose, confirm, graded, outcome, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

STEPS = {
    "submit": ("officer", State.DRAFT),
    "confirm": ("head", State.DIVISION_CHECK),
    "approve": ("reviewer", State.REVIEW),
}


def more_staff():
    """Change the register as another page does: no version of any sheet knows."""
    StaffingSnapshot.objects.filter(japanese_staff=25).update(japanese_staff=26)


@pytest.fixture(params=STEPS)
def ready(request, ministry, sign_in):
    """Return an action, the sheet with which it is next, and the browser of whose step it is."""
    who, state = STEPS[request.param]
    sheet = ministry.put(state)
    graded(sheet)
    return request.param, Sheet.objects.get(pk=sheet.pk), sign_in(who)


def nothing_happened(sheet):
    return states([sheet]) == [sheet.state] and not (
        Transition.objects.exists() or Revision.objects.exists()
    )


def test_what_changed_is_told_shown_and_sent_again(ready):
    action, sheet, client = ready
    page = choose(client, action, [sheet])
    more_staff()
    result = confirm(client, page, comment="確かめました。")
    [refused] = BulkStep.objects.get().results.all()
    assert refused.status == "refused"
    assert "「25」→「26」" in refused.message
    assert any("「25」→「26」" in reason for reason in refused.reasons)
    assert all(f"<li>{reason}</li>" in result.content.decode() for reason in refused.reasons)
    assert nothing_happened(sheet)

    shown = again(client, result)
    [line] = shown.context["lines"]
    assert line.ok
    assert [str(each) for each in line.changed] == refused.reasons
    assert all(f"<li>{reason}</li>" in shown.content.decode() for reason in refused.reasons)
    assert shown.context["form"]["comment"].value() == "確かめました。"
    confirm(client, shown, comment="確かめました。")
    assert outcome(BulkStep.objects.first()) == {sheet: DONE[action]}
    assert Transition.objects.get().comment == "確かめました。"


@pytest.mark.parametrize("token", ["", "x", "１", "9" * 5000])
def test_nothing_is_taken_that_was_not_shown(ready, token):
    action, sheet, client = ready
    page = choose(client, action, [sheet])
    result = confirm(client, page, shown=f"{sheet.pk}:{token}")
    assert "シートの内容が変わりました" in result.content.decode()
    assert nothing_happened(sheet)
    confirm(client, again(client, result))
    assert outcome(BulkStep.objects.first()) == {sheet: DONE[action]}
