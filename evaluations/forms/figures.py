"""Forms for the figures of the register that a sheet shows."""

from typing import Any

from django import forms

from contributions.enums import ReportStatus
from contributions.models import FinancialReport, YearlyAmount
from evaluations.forms.fields import DayField, MonthField, NumberField, ProseField
from staffing.models import StaffingSnapshot

# More than any organisation's staff, and within the integer range of the database.
MOST_PERSONS = 1_000_000

NO_WESTERN_YEAR = "西暦の年度を4桁で記入してください。例：2017"


class FiguresForm(forms.ModelForm):
    """A record of the register, with the mark of the values that the page showed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen


class StaffingForm(FiguresForm):
    """The figures of one organisation as of one date, in persons."""

    as_of = DayField(
        label="時点",
        help_text="例：2017年12月末。時点を変えて保存すると別の記録になり、元の時点の記録も残ります。",
    )
    member_count = NumberField(label="加盟国等の数", required=False, max_value=MOST_PERSONS)
    professional_staff_total = NumberField(
        label="全職員数（専門職以上）",
        required=False,
        max_value=MOST_PERSONS,
        help_text="単位：名",
    )
    japanese_staff = NumberField(
        label="日本人職員数", required=False, max_value=MOST_PERSONS, help_text="単位：名"
    )
    japanese_senior_staff = NumberField(
        label="日本人幹部職員数",
        required=False,
        max_value=MOST_PERSONS,
        help_text="単位：名。通常はD1以上です。",
    )

    class Meta:
        model = StaffingSnapshot
        fields = (
            "as_of",
            "member_count",
            "professional_staff_total",
            "japanese_staff",
            "japanese_senior_staff",
            "senior_definition",
            "not_applicable_reason",
        )
        field_classes = {"senior_definition": ProseField, "not_applicable_reason": ProseField}

    def clean(self) -> dict[str, Any]:
        """Store another date as a new record; the one shown is kept."""
        values = super().clean() or {}
        if self.instance.pk and values.get("as_of") not in (None, self.initial["as_of"]):
            self.instance = StaffingSnapshot(organization=self.instance.organization)
            values["seen"] = ""
        return values


class BudgetForm(FiguresForm):
    """The year's budget of a contribution, in 千円."""

    budget_amount_thousand_yen = NumberField(
        label="予算額", help_text="千円単位。1,000円未満は四捨五入した値を記入します。"
    )

    class Meta:
        model = YearlyAmount
        fields = ("budget_amount_thousand_yen",)


class FinancialReportForm(FiguresForm):
    """When the organisation's financial report came and which year it covers."""

    received_month = MonthField(
        label="受領年月", required=False, help_text="受領済みのときに記入します。例：2018年6月"
    )
    covers_fiscal_year = NumberField(
        label="報告の対象年度",
        required=False,
        min_value=1945,
        max_value=2200,
        help_text="受領済みのときに記入します。西暦。例：2017",
        error_messages=dict.fromkeys(("min_value", "max_value"), NO_WESTERN_YEAR),
    )
    chase_date = DayField(
        label="次に照会する日", required=False, help_text="未受領のときに記入します。"
    )

    class Meta:
        model = FinancialReport
        fields = ("status", "received_month", "covers_fiscal_year", "reason", "chase_date")
        field_classes = {"reason": ProseField}
        widgets = {"status": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen status needs."""
        values = super().clean() or {}
        if values.get("status") == ReportStatus.RECEIVED:
            for name in ("received_month", "covers_fiscal_year"):
                if values.get(name) is None and name not in self.errors:
                    self.add_error(name, "受領済みのときは記入してください。")
        elif status := values.get("status"):
            if not values.get("reason"):
                label = ReportStatus(status).label
                self.add_error("reason", f"{label}のときは理由を記入してください。")
            values |= {"received_month": None, "covers_fiscal_year": None}
        return values
