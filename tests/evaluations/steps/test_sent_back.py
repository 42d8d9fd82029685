"""A refused form gives back what the person had written, and nothing else that was sent."""

import pytest
from django.urls import get_resolver, reverse

from accounts.enums import Role
from accounts.models import Membership
from config.sent_form import FORMS
from evaluations.enums import State
from evaluations.models import Comment, ImprovementPoint, Suggestion, Transition
from tests.evaluations.access.test_tables import POST
from tests.evaluations.review import comment, wording
from tests.evaluations.scene import also

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

WORDS = "長い時間をかけて書いた<b>文章</b>\n二行目"
SHOWN = "長い時間をかけて書いた&lt;b&gt;文章&lt;/b&gt;\n二行目</textarea>"
SECRET = "csrfmiddlewaretoken-and-a-password"


# fmt: off
# who was    the page           its other     the boxes          the sheet's
# allowed                       argument      filled in          state
TABLE = """
officer      entry_save         plan          text               draft
officer      staffing_edit      －            senior_definition  draft
officer      report_edit        －            reason             draft
officer      sheet_answers      －            0123456789abcdef   draft
officer      point_answer       1             text               draft
officer      suggestion_decide  suggestion    note               draft
officer      comment_thread     thread        text               returned
head         sheet_act          return        comment            division_check
head         entry_comments     plan          quote,text         division_check
head         suggestion_new     plan          text,reason        division_check
reviewer     suggestion_new     plan          text,reason        review
reviewer     entry_comments     plan          quote,text         review
reviewer     sheet_grade        －            reason,act__reason review
reviewer     second_reading     －            reason             review
reviewer     point_add          －            text,owner         review
reviewer     point_edit         1             text,owner         review
reviewer     sheet_act          return        comment            review
"""
# fmt: on
ROWS = [line.split() for line in TABLE.strip().splitlines()]


def send(client, sheet, page, argument, boxes):
    """Send the form of ``page`` with words in ``boxes``, and whatever else a browser may send."""
    met = {
        "－": [],
        "suggestion": [Suggestion.objects.get().pk],
        "thread": [Comment.objects.get().thread_id],
    }
    fields = {box: WORDS.replace("\n", "\r\n") for box in boxes}
    fields |= {"version": 1, "kind": "answer", "decision": "reject", "audience": "division"}
    fields |= {f"was_{box}": "前の回答" for box in boxes}
    fields |= dict.fromkeys(("csrfmiddlewaretoken", "password"), SECRET)
    return client.post(reverse(page, args=[sheet.pk, *met.get(argument, [argument])]), fields)


def stored():
    return [model.objects.count() for model in (Comment, Suggestion, Transition, ImprovementPoint)]


@pytest.mark.parametrize("left", [[], ["viewer"], ["coordinator"]])
@pytest.mark.parametrize(("who", "page", "argument", "boxes", "state"), ROWS)
def test_what_was_written_comes_back_once_the_right_is_gone(
    ministry, client, who, page, argument, boxes, state, left
):
    """Without any role left the sheet is a 404; with another one the refusal gives its reason."""
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    comment(sheet, reviewer)
    wording(sheet, reviewer, "・期間中の取組を計画的に進めた。")
    ministry.put(State(state))
    person = ministry.people[who]
    client.force_login(person)
    Membership.objects.filter(user=person).update(valid_until="2001-03-31")
    for role in left:
        also(person, Role(role))
    before, names = stored(), boxes.split(",")
    answer = send(client, sheet, page, argument, names)
    html = answer.content.decode().replace("\r\n", "\n")
    assert answer.status_code in {403, 404}
    assert html.count(SHOWN) == len(names)
    assert SECRET not in html
    assert stored() == before


def test_the_sheet_that_moved_on_meanwhile_gives_the_reason_back(ministry, client):
    sheet = ministry.put(State.REVIEW)
    client.force_login(ministry.people["reviewer"])
    fields = {"comment": WORDS, "version": sheet.version + 1}
    answer = client.post(reverse("sheet_act", args=[sheet.pk, "return"]), fields)
    html = answer.content.decode().replace("\r\n", "\n")
    assert answer.status_code == 409
    assert SHOWN in html
    # Back in its box, on a form for the sheet as it is now.
    form = answer.context["form"]
    again = {name: form[name].value() for name in form.fields}
    assert client.post(answer.request["PATH_INFO"], again).status_code == 302
    assert sheet.transitions.get().comment == WORDS.strip()


def test_a_reason_for_sheets_that_are_out_of_sight_comes_back_too(ministry, client):
    client.force_login(ministry.people["nobody"])
    fields = {"sheet": ministry.sheet.pk, "action": "return", "confirmed": "yes", "comment": WORDS}
    answer = client.post(reverse("bulk_step_new"), fields | {"version": 0})
    html = answer.content.decode().replace("\r\n", "\n")
    assert (answer.status_code, SHOWN in html) == (422, True)


def test_a_refusal_of_a_page_that_was_only_opened_gives_nothing_back(ministry, client):
    client.force_login(ministry.people["officer"])
    shown = client.get(reverse("sheet_grade", args=[ministry.sheet.pk])).content.decode()
    assert "保存していません" not in shown


# Where nobody writes by hand, or the page that sends keeps the words itself.
WITHOUT_WORDS = {
    "booklet_cancel", "booklet_new", "deputy_end", "entry_autosave", "message_open",
    "messages_read", "point_remove", "presence", "suggestion_withdraw", "verify_pdf",
}  # fmt: skip


def test_every_address_that_takes_something_is_known():
    rows = [line.split() for line in POST.strip().splitlines()]
    taking = {name for name, _, *answers in rows if set(answers) - {"login", "405"}}
    assert set(FORMS) == taking - WITHOUT_WORDS
    assert {name for name in FORMS if name not in get_resolver().reverse_dict} == set()
