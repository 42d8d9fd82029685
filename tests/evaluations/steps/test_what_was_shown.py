"""What a person read is what they decide on, what the guards examine, and what is frozen."""

import json
from datetime import date

import pytest
from django.urls import reverse

from audit import trail
from audit.models import AuditEntry
from audit.trail import Verification, verify
from contributions.models import FinancialReport, YearlyAmount
from core.refusals import Stale
from evaluations.domain.entries import save_entry
from evaluations.enums import State
from evaluations.models import IssuedPdf, Revision, Sheet, Transition
from evaluations.refusals import Blocked, Changed
from evaluations.workflow import WORKFLOW, effects, guards, perform
from evaluations.workflow.shown import NOTHING, SHORTENED_TO, shown_in
from staffing.models import StaffingSnapshot
from tests.evaluations.scene import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

STEPS = {
    "submit": ("officer", State.DRAFT),
    "confirm": ("head", State.DIVISION_CHECK),
    "approve": ("reviewer", State.REVIEW),
}


def more_staff(*_, **__):
    """Change the register as another page does: no version of any sheet knows."""
    StaffingSnapshot.objects.filter(japanese_staff=25).update(japanese_staff=26)


def ready(ministry, action):
    """Put the sheet where ``action`` is next; return it with the person whose step it is."""
    who, state = STEPS[action]
    sheet = ministry.put(state)
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B", overall_grade_reason="着実。")
    return Sheet.objects.get(pk=sheet.pk), ministry.people[who]


def staff_in(revision):
    return revision.content["items"]["staffing"]["japanese_staff"]


def nothing_happened(sheet, before):
    return Sheet.objects.get(pk=sheet.pk).state == before.state and not (
        Transition.objects.exists() or Revision.objects.exists() or IssuedPdf.objects.exists()
    )


# --- examined, frozen, printed: one reading ------------------------------------------------------
def test_these_are_the_steps_by_which_somebody_says_to_have_read():
    assert {step.action for step in WORKFLOW if step.reads_content} == set(STEPS)


@pytest.mark.parametrize("action", STEPS)
def test_what_was_examined_is_what_is_frozen(ministry, monkeypatch, action):
    """The register changes right after the guards have read it."""
    sheet, person = ready(ministry, action)
    found = guards.findings_in

    def find_and_change(view):
        if len(examined) == last:
            more_staff()
        examined.append(view.content.staffing.japanese_staff)
        return found(view)

    # An approval is examined twice: before it is printed, and with the sheet locked.
    examined, last = [], 1 if action == "approve" else 0
    monkeypatch.setattr(guards, "findings_in", find_and_change)
    perform(sheet, action, actor=person, version=sheet.version)
    assert set(examined) == {25}
    assert staff_in(Revision.objects.get()) == 25
    assert StaffingSnapshot.objects.filter(japanese_staff=26).exists()


def test_a_figure_that_changes_while_the_pdf_is_made_stops_the_approval(ministry, monkeypatch):
    sheet, reviewer = ready(ministry, "approve")
    render, printed = effects.render_pdf, []

    def render_amid_a_change(document, **rest):
        if not printed:
            more_staff()
        printed.append(document)
        return render(document, **rest)

    monkeypatch.setattr(effects, "render_pdf", render_amid_a_change)
    with pytest.raises(Stale, match="PDFを作成している間に、シートの内容が変わりました。"):
        perform(sheet, "approve", actor=reviewer, version=sheet.version)
    assert nothing_happened(sheet, sheet)
    perform(sheet, "approve", actor=reviewer, version=sheet.version)
    assert staff_in(Revision.objects.get()) == 26
    assert len(printed) == 2
    assert verify() == Verification(AuditEntry.objects.count())


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_while_the_pdf_is_made(ministry, monkeypatch):
    sheet, reviewer = ready(ministry, "approve")
    render, inside = effects.render_pdf, []

    def render_and_look(document, **rest):
        inside.append(trail.transaction.get_connection().in_atomic_block)
        return render(document, **rest)

    monkeypatch.setattr(effects, "render_pdf", render_and_look)
    perform(sheet, "approve", actor=reviewer, version=sheet.version)
    assert inside == [False]


def test_the_pdf_bears_the_time_and_number_of_its_revision_and_of_the_approval(
    ministry, monkeypatch
):
    sheet, reviewer = ready(ministry, "approve")
    asked = {}

    def render(document, **rest):
        asked.update(rest)
        return b"%PDF-1.7"

    monkeypatch.setattr(effects, "render_pdf", render)
    head = trail.last_sequence_and_hash()
    perform(sheet, "approve", actor=reviewer, version=sheet.version)
    revision, stored = Revision.objects.get(), Sheet.objects.get(pk=sheet.pk)
    data = json.loads(asked["data"])
    assert asked["created"] == revision.created_at == stored.approved_at == stored.state_since
    assert (data["revision"], data["at"]) == (
        revision.number,
        f"{revision.created_at:%Y-%m-%dT%H:%M:%SZ}",
    )
    issued = IssuedPdf.objects.get()
    assert (issued.revision, issued.audit_sequence, issued.audit_hash) == (revision, *head)


def test_what_is_refused_is_not_printed(ministry, monkeypatch):
    sheet, reviewer = ready(ministry, "approve")
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="")
    monkeypatch.delattr(effects, "render_pdf")
    with pytest.raises(Blocked, match="直すところが1件あります"):
        perform(sheet, "approve", actor=reviewer, version=sheet.version)


# --- what was shown ------------------------------------------------------------------------------
@pytest.mark.parametrize("action", STEPS)
def test_what_changed_since_the_page_was_opened_is_shown_first(ministry, client, action):
    """25 on the page, 26 in the register: the person is told, and goes on with one press."""
    sheet, person = ready(ministry, action)
    client.force_login(person)
    url = reverse("sheet_act", args=[sheet.pk, action])
    form = client.get(url).context["form"]
    sent = {"comment": "よく読みました。", **form.initial}
    more_staff()
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert [(each.old, each.new) for each in answer.context["changed"]] == [
        ("25", "26"),
        ("1.7%", "1.8%"),
    ]
    assert "日本人職員数（「25」→「26」）" in page
    assert nothing_happened(sheet, sheet)
    again = answer.context["form"]
    sent = {name: again[name].value() for name in again.fields}
    assert sent["comment"] == "よく読みました。"
    assert client.post(url, sent).status_code == 302
    done = Transition.objects.get()
    assert (done.action, done.comment) == (action, "よく読みました。")
    assert staff_in(Revision.objects.get()) == 26


@pytest.mark.parametrize("action", STEPS)
def test_the_sheets_own_page_says_what_it_showed(ministry, client, action):
    """Its button leads to the confirmation, which is opened after the change."""
    sheet, person = ready(ministry, action)
    client.force_login(person)
    token = client.get(reverse("sheet_detail", args=[sheet.pk])).context["shown"]
    url = reverse("sheet_act", args=[sheet.pk, action])
    assert client.get(url, {"shown": token}).context["changed"] == ()
    more_staff()
    page = client.get(url, {"shown": token})
    assert ("25", "26") in [(each.old, each.new) for each in page.context["changed"]]
    assert f"変更を確かめて{page.context['action'].verb}" in page.content.decode()


def test_a_text_that_was_rewritten_is_named_without_its_words(ministry, client):
    sheet, officer = ready(ministry, "submit")
    token = shown_in(shown(sheet))
    save_entry(sheet, "plan", "・同僚が改めた計画。", version=1, actor=officer)
    with pytest.raises(Changed) as refusal:
        perform(sheet, "submit", actor=officer, version=sheet.version, shown=token)
    [difference] = refusal.value.differences
    assert (difference.item, difference.old, difference.new) == ("plan", "", "")
    assert refusal.value.message == (
        f"画面を開いた後に、{difference.label}が変わりました。"
        "変わったところを確かめて、もう一度操作してください。"
    )


def test_every_figure_of_the_register_is_compared_and_the_first_are_named(ministry):
    sheet, officer = ready(ministry, "submit")
    token = shown_in(shown(sheet))
    YearlyAmount.objects.update(budget_amount_thousand_yen=24_000)
    FinancialReport.objects.update(received_month=date(2018, 5, 1))
    contribution = sheet.contribution
    contribution.name = "改" * 200
    contribution.save()
    more_staff()
    with pytest.raises(Changed) as refusal:
        perform(sheet, "submit", actor=officer, version=sheet.version, shown=token)
    told = {(each.old, each.new) for each in refusal.value.differences}
    assert told == {
        ("国際移住機関（IOM）拠出金", f"{'改' * SHORTENED_TO}…"),
        ("23,100千円", "24,000千円"),
        ("2018年6月", "2018年5月"),
        ("25", "26"),
        ("1.7%", "1.8%"),
    }
    assert "ほか2か所が変わりました。" in refusal.value.message


def test_what_is_on_no_form_is_compared_as_well(ministry):
    sheet, reviewer = ready(ministry, "approve")
    token = shown_in(shown(sheet))
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade_reason="別の理由。")
    with pytest.raises(Changed, match="シートの内容が変わりました。"):
        perform(sheet, "approve", actor=reviewer, version=sheet.version, shown=token)


@pytest.mark.parametrize("token", ["", "x", "１", "a:b:c", "9" * 5000])
def test_who_was_shown_nothing_is_shown_the_sheet_first(ministry, client, token):
    sheet, head = ready(ministry, "confirm")
    client.force_login(head)
    url = reverse("sheet_act", args=[sheet.pk, "confirm"])
    assert shown_in(token) == NOTHING
    answer = client.post(url, {"version": sheet.version, "shown": token})
    assert answer.status_code == 409
    assert nothing_happened(sheet, sheet)


def test_a_token_tells_no_text_and_fits_into_an_address(ministry):
    sheet, _ = ready(ministry, "approve")
    token = shown(sheet)
    assert len(token) < 1500
    assert "着実" not in str(shown_in(token).places)
