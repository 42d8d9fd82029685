"""Figures on their pages, and the rules they meet on the way to the register."""

import re
from datetime import date

import pytest

from audit.models import AuditEntry
from contributions.models import FinancialReport, YearlyAmount
from core.refusals import NotAllowed
from evaluations.domain.figures import mark_of, other_sheets_showing, save_figures
from evaluations.enums import State
from evaluations.models import Authorship
from staffing.models import StaffingSnapshot
from tests.evaluations.figures.typed import (
    NEGATIVE,
    REQUIRED,
    TOO_LARGE,
    not_a_day,
    not_a_month,
    not_a_number,
)
from tests.factories import ContributionFactory, DivisionFactory, make_sheet

pytestmark = pytest.mark.django_db


# --- the pages -----------------------------------------------------------------------------------
@pytest.fixture
def desk(client, ministry):
    """The officer's browser."""
    client.force_login(ministry.people["officer"])
    return client


class Form:
    """The form of a figure, opened in a browser and sent with some of its fields changed."""

    def __init__(self, client, ministry, page):
        self.client, self.url = client, f"/sheets/{ministry.sheet.pk}/{page}"
        self.fields = dict(self.client.get(self.url).context["form"].initial)
        form = self.client.get(self.url).context["form"]
        self.fields = {name: form[name].value() for name in form.fields}
        self.fields = {n: "" if v is None else v for n, v in self.fields.items()}

    def send(self, **changes):
        return self.client.post(self.url, self.fields | changes)


def errors(answer):
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


STAFF = ("professional_staff_total", "japanese_staff", "japanese_senior_staff")


def staff(organization):
    """Return what is recorded, latest first."""
    return list(organization.staffing_snapshots.order_by("-as_of").values_list("as_of", *STAFF))


THIS_YEAR = (date(2017, 12, 31), 1467, 25, 1)
LAST_YEAR = (date(2016, 12, 31), 1400, 23, 1)


def test_staff_figures_are_shown_as_printed_and_saved_as_typed(desk, ministry):
    organization = ministry.sheet.contribution.organization
    assert staff(organization) == [THIS_YEAR, LAST_YEAR]
    form = Form(desk, ministry, "staffing/")
    assert [form.fields[name] for name in ("as_of", "professional_staff_total")] == [
        "2017年12月31日",
        "1,467",
    ]
    answer = form.send(professional_staff_total="１，５００", japanese_staff="２６")
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/sheets/{ministry.sheet.pk}/sections/japanese_staff_and_posts/",
    )
    assert staff(organization) == [(date(2017, 12, 31), 1500, 26, 1), LAST_YEAR]
    entry = AuditEntry.objects.first()
    assert (entry.object_type, entry.before, entry.after) == (
        "staffing.staffingsnapshot",
        {"professional_staff_total": 1467, "japanese_staff": 25},
        {"professional_staff_total": 1500, "japanese_staff": 26},
    )
    assert [a.user for a in Authorship.objects.all()] == [ministry.people["officer"]]


def test_figures_of_a_new_date_leave_those_of_the_old_one(desk, ministry):
    """The next year begins with last year's figures on the screen: they must survive it."""
    form = Form(desk, ministry, "staffing/")
    assert form.send(as_of="2018年3月末", japanese_staff="27").status_code == 302
    assert staff(ministry.sheet.contribution.organization) == [
        (date(2018, 3, 31), 1467, 27, 1),
        THIS_YEAR,
        LAST_YEAR,
    ]


def test_figures_cannot_be_moved_onto_those_of_another_date(desk, ministry):
    answer = Form(desk, ministry, "staffing/").send(as_of="2016年12月末", japanese_staff="99")
    assert answer.status_code == 409
    assert staff(ministry.sheet.contribution.organization) == [THIS_YEAR, LAST_YEAR]


def test_last_years_figures_have_their_own_page(desk, ministry):
    form = Form(desk, ministry, "staffing/?as_of=2016-12-31")
    assert form.send(japanese_staff="22").status_code == 302
    assert staff(ministry.sheet.contribution.organization) == [
        THIS_YEAR,
        (date(2016, 12, 31), 1400, 22, 1),
    ]


def test_the_first_figures_of_an_organisation(desk, ministry):
    StaffingSnapshot.objects.all().delete()
    answer = Form(desk, ministry, "staffing/").send(as_of="2017年12月末", japanese_staff="3")
    assert answer.status_code == 302
    assert staff(ministry.sheet.contribution.organization) == [(date(2017, 12, 31), None, 3, None)]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (
            {"japanese_staff": "1468"},
            {"__all__": ["日本人職員数が全職員数を超えています。どちらかを直してください。"]},
        ),
        (
            {"japanese_senior_staff": "26"},
            {
                "__all__": [
                    "日本人幹部職員数が日本人職員数を超えています。どちらかを直してください。"
                ]
            },
        ),
        ({"japanese_staff": "二十五"}, {"japanese_staff": [not_a_number("二十五")]}),
        ({"member_count": "-3"}, {"member_count": [NEGATIVE]}),
        ({"member_count": "99999999999"}, {"member_count": [TOO_LARGE]}),
        ({"as_of": ""}, {"as_of": [REQUIRED]}),
        ({"as_of": "0001-01-01"}, {"as_of": [not_a_day("0001-01-01")]}),
        ({"senior_definition": ""}, {"senior_definition": [REQUIRED]}),
    ],
)
def test_staff_figures_that_cannot_be_are_refused_with_what_was_typed(
    desk, ministry, changes, found
):
    answer = Form(desk, ministry, "staffing/").send(**changes)
    assert (answer.status_code, errors(answer)) == (422, found)
    for name, typed in changes.items():
        assert answer.context["form"][name].value() == typed
    assert staff(ministry.sheet.contribution.organization) == [THIS_YEAR, LAST_YEAR]


@pytest.mark.parametrize(
    "as_of", ["x", "2017-13-01", "0001-01-01", "'; DROP TABLE", "2017年2月30日"]
)
def test_a_date_in_the_address_that_is_none_is_explained(desk, ministry, as_of):
    answer = desk.get(f"/sheets/{ministry.sheet.pk}/staffing/", {"as_of": as_of})
    assert answer.status_code == 422
    assert "日付として読めません" in answer.content.decode()


def test_the_budget_is_in_thousand_yen(desk, ministry):
    form = Form(desk, ministry, "budget/")
    assert form.fields["budget_amount_thousand_yen"] == "23,100"
    assert form.send(budget_amount_thousand_yen="２４，０００").status_code == 302
    amount = YearlyAmount.objects.get(contribution=ministry.sheet.contribution)
    assert amount.budget_amount_thousand_yen == 24_000
    assert errors(form.send(budget_amount_thousand_yen="")) == {
        "budget_amount_thousand_yen": [REQUIRED]
    }


CAME, LATE = "受領済みのときは記入してください。", "未受領のときは理由を記入してください。"
NONE = "該当なしのときは理由を記入してください。"
EARLY = "報告の対象年度より前に受領しています。年月と年度を確かめてください。"
YEAR, JUNE = "西暦の年度を4桁で記入してください。例：2017", not_a_month("六月")
NO_CHOICE = "選択肢の中から選んでください（「lost」は選択肢にありません）。"
# fmt: off
REPORTS = [
    # status          received      covers  reason        errors by field
    ("received",      "2018年6月",  "2017", "",           {}),
    ("received",      "",           "2017", "",           {"received_month": [CAME]}),
    ("received",      "2018年6月",  "",     "",           {"covers_fiscal_year": [CAME]}),
    ("received",      "六月",       "2017", "",           {"received_month": [JUNE]}),
    ("received",      "2018年6月",  "29",   "",           {"covers_fiscal_year": [YEAR]}),
    ("received",      "2018年6月",  "2201", "",           {"covers_fiscal_year": [YEAR]}),
    ("received",      "2016年6月",  "2017", "",           {"received_month": [EARLY]}),
    ("not_received",  "",           "",     "決算の遅れ", {}),
    ("not_received",  "2018年6月",  "2017", "決算の遅れ", {}),
    ("not_received",  "",           "",     "",           {"reason": [LATE]}),
    ("not_applicable", "2018年6月", "2017", "決算がない", {}),
    ("not_applicable", "",          "",     "",           {"reason": [NONE]}),
    ("",              "2018年6月",  "2017", "",           {"status": [REQUIRED]}),
    ("lost",          "2018年6月",  "2017", "",           {"status": [NO_CHOICE]}),
]
# fmt: on


@pytest.mark.parametrize(("status", "received", "covers", "reason", "found"), REPORTS)
def test_a_report_came_or_did_not(desk, ministry, status, received, covers, reason, found):
    before = FinancialReport.objects.get(contribution=ministry.sheet.contribution)
    answer = Form(desk, ministry, "financial-report/").send(
        status=status, received_month=received, covers_fiscal_year=covers, reason=reason
    )
    if found:
        assert (answer.status_code, errors(answer)) == (422, found)
        assert mark_of(FinancialReport.objects.get(pk=before.pk)) == mark_of(before)
        return
    assert answer.status_code == 302
    stored = FinancialReport.objects.get(pk=before.pk)
    came = status == "received"
    assert (stored.status, stored.received_month, stored.covers_fiscal_year, stored.reason) == (
        status,
        date(2018, 6, 1) if came else None,
        2017 if came else None,
        reason,
    )


# --- two people at one figure --------------------------------------------------------------------
def test_whoever_typed_over_older_figures_is_told_and_nothing_is_stored(desk, ministry):
    form = Form(desk, ministry, "staffing/")
    StaffingSnapshot.objects.filter(as_of=date(2017, 12, 31)).update(japanese_staff=24)
    before = AuditEntry.objects.count()
    answer = form.send(japanese_staff="30")
    assert (answer.status_code, errors(answer)) == (
        409,
        {
            "__all__": [
                "画面を開いた後に、ほかの人がこの値を登録又は変更しました。"
                "今の値を確かめて、もう一度記入してください。"
            ]
        },
    )
    assert answer.context["form"]["japanese_staff"].value() == "30"
    organization = ministry.sheet.contribution.organization
    assert staff(organization)[0] == (date(2017, 12, 31), 1467, 24, 1)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("path", ["budget/", "financial-report/"])
def test_whoever_registers_what_somebody_registered_meanwhile_is_told(desk, ministry, path):
    contribution = ministry.sheet.contribution
    model = {"budget/": YearlyAmount, "financial-report/": FinancialReport}[path]
    stored = model.objects.get(contribution=contribution)
    model.objects.filter(pk=stored.pk).delete()
    form = Form(desk, ministry, path)
    stored.pk = None
    stored.save(force_insert=True)
    answer = form.send(budget_amount_thousand_yen="1", status="not_received", reason="決算の遅れ")
    assert answer.status_code == 409
    assert mark_of(model.objects.get(contribution=contribution)) == mark_of(stored)


@pytest.mark.parametrize("seen", ["", "0" * 64, "x", "\"'><script>"])
def test_a_mark_that_was_made_up_opens_nothing(desk, ministry, seen):
    answer = Form(desk, ministry, "staffing/").send(seen=seen, japanese_staff="30")
    assert (answer.status_code, "<script>" in answer.content.decode()) == (409, False)
    assert staff(ministry.sheet.contribution.organization) == [THIS_YEAR, LAST_YEAR]


# --- whose figures -------------------------------------------------------------------------------
def test_figures_of_another_organisation_cannot_be_sent_in(desk, ministry):
    theirs = ministry.other_sheet.contribution.organization
    before = staff(theirs)
    snapshot = theirs.staffing_snapshots.first()
    answer = Form(desk, ministry, "staffing/").send(
        organization=theirs.pk, id=snapshot.pk, pk=snapshot.pk, japanese_staff="24"
    )
    assert answer.status_code == 302
    assert staff(theirs) == before
    assert staff(ministry.sheet.contribution.organization)[0][2] == 24


def test_the_verb_itself_refuses_figures_that_are_not_the_sheets(ministry):
    officer = ministry.people["officer"]
    other = ministry.other_sheet.contribution
    last_year = YearlyAmount(
        contribution=ministry.sheet.contribution, fiscal_year=2017, budget_amount_thousand_yen=1
    )
    for record in (
        other.organization.staffing_snapshots.first(),
        other.amounts.get(),
        other.financial_reports.get(),
        last_year,
    ):
        with pytest.raises(ValueError, match="is no figure of"):
            save_figures(ministry.sheet, record, seen=mark_of(record), actor=officer)


@pytest.mark.parametrize("role", ["other_officer", "head", "reviewer", "coordinator", "superuser"])
def test_the_verb_itself_asks_who_it_is(ministry, role):
    amount = ministry.sheet.contribution.amounts.get()
    amount.budget_amount_thousand_yen = 1
    with pytest.raises(NotAllowed):
        save_figures(ministry.sheet, amount, seen=mark_of(amount), actor=ministry.people[role])
    assert YearlyAmount.objects.get(pk=amount.pk).budget_amount_thousand_yen == 23_100


@pytest.mark.parametrize("path", ["staffing/", "budget/", "financial-report/"])
def test_figures_are_closed_when_the_sheet_is(desk, ministry, path):
    form = Form(desk, ministry, path)
    ministry.put(State.REVIEW)
    answer = form.send(japanese_staff="1", budget_amount_thousand_yen="1")
    assert answer.status_code == 403
    assert "審査中のため編集できません。" in answer.content.decode()
    assert staff(ministry.sheet.contribution.organization) == [THIS_YEAR, LAST_YEAR]


def test_the_other_sheets_of_the_organisation_are_named_before_saving(desk, ministry):
    organization = ministry.sheet.contribution.organization
    elsewhere = DivisionFactory(name="総合外交政策課")
    second = make_sheet(
        ContributionFactory(
            name="国際移住機関（IOM）分担金",
            organization=organization,
            responsible_division=elsewhere,
        )
    )
    assert set(other_sheets_showing(ministry.sheet)) == {second}
    page = desk.get(f"/sheets/{ministry.sheet.pk}/staffing/").content.decode()
    named = re.search(r"同じ機関の次のシートにも.*?</ul>", page, re.DOTALL)[0]
    assert re.findall(r"<li>(.*?)</li>", named) == ["国際移住機関（IOM）分担金（総合外交政策課）"]
    # The budget is the contribution's own, and concerns no other sheet.
    assert (
        "同じ機関の次のシート"
        not in desk.get(f"/sheets/{ministry.sheet.pk}/budget/").content.decode()
    )


def test_the_other_division_may_keep_the_figures_of_the_organisation_it_shares(client, ministry):
    organization = ministry.sheet.contribution.organization
    division = ministry.other_sheet.division
    shared = make_sheet(
        ContributionFactory(organization=organization, responsible_division=division)
    )
    client.force_login(ministry.people["other_officer"])
    url = f"/sheets/{shared.pk}/staffing/"
    form = client.get(url).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    assert client.post(url, fields | {"japanese_staff": "26"}).status_code == 302
    assert staff(organization)[0] == (date(2017, 12, 31), 1467, 26, 1)
