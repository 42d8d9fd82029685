"""Storing an official sheet that was read as a draft, in one transaction."""

import re
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import models, transaction

from audit import trail
from contributions.enums import ReportStatus
from contributions.models import Contribution, FinancialReport, YearlyAmount
from editions.enums import ItemKind
from editions.models import Edition
from evaluations.access.rules import EDITABLE_STATES
from evaluations.content import ReportFacts
from evaluations.domain.cycles import create_sheet, start_cycle
from evaluations.domain.entries import fill_entries
from evaluations.domain.sheet_lock import lock_year
from evaluations.exchange.amounts import shares_of
from evaluations.exchange.matching import ImportRefused, Matcher, Record
from evaluations.exchange.official import ReadSheet, ReadStaffing
from evaluations.models import Cycle, Sheet
from evaluations.queries.content import amounts_of, entries_of
from staffing.figures import one_year_before
from staffing.models import StaffingSnapshot

NOT_RECEIVED = re.compile("未受領|未提出|未着|受領していない|なし")

Period = tuple[date | None, date | None]


@dataclass
class Stored:
    """The draft, and what a person should verify, in Japanese sentences."""

    sheet: Sheet
    doubts: list[str] = field(default_factory=list)


@transaction.atomic
def store_official(
    read: ReadSheet, edition: Edition, *, replace: bool = False, new: bool = False
) -> Stored:
    """Store ``read`` as the draft of its contribution in the edition's year.

    Organisation, division, contribution and cycle are matched by name or made. Figures of the
    register that differ are brought to what the official sheet says, and named in the doubts.
    A draft with other texts is only replaced with ``replace``, and a record whose name is like
    that of another is only made with ``new``; raises ImportRefused otherwise, where the sheet is
    past editing, or where what was read breaks a rule of the register.
    """
    lock_year(edition.definition.fiscal_year)
    store = Importer(edition, new=new)
    sheet = store.sheet(read, store.contribution(read))
    store.texts(sheet, read, replace)
    store.amount(sheet, read)
    store.staffing(sheet, read.staffing)
    store.report(sheet, read)
    return Stored(sheet, store.doubts)


class Importer(Matcher):
    """The steps of one import, with the doubts that come up on the way.

    ``period``: the evaluation period of a year that has to be begun for it.
    """

    def __init__(self, edition: Edition, period: Period = (None, None), *, new: bool) -> None:
        super().__init__(new=new)
        self.edition = edition
        self.period = period

    def sheet(self, read: ReadSheet, contribution: Contribution) -> Sheet:
        """Match the year's sheet, or make it; division and grade as the official sheet has them."""
        fiscal_year = self.edition.definition.fiscal_year
        cycle = Cycle.objects.select_related("edition").filter(fiscal_year=fiscal_year).first()
        if cycle is None:
            start, end = self.period
            cycle = Cycle(
                fiscal_year=fiscal_year,
                edition=self.edition,
                evaluation_period_start=start,
                evaluation_period_end=end,
            )
            self.valid(cycle)
            start_cycle(cycle, actor=None)
        if cycle.edition_id != self.edition.pk:
            raise ImportRefused(
                f"{cycle}は別の様式「{cycle.edition}」で始まっています。"
                "その様式のファイルを読み込んでください。"
            )
        sheet = Sheet.objects.filter(cycle=cycle, contribution=contribution).first()
        sheet = sheet or create_sheet(cycle, contribution, actor=None)
        if sheet.state not in EDITABLE_STATES:
            raise ImportRefused(
                f"このシート（番号{sheet.pk}）は「{sheet.get_state_display()}」のため"
                "書き換えられません。"
            )
        if read.responsible_division:
            sheet.division = self.division(read)
        before = {"overall_grade": sheet.overall_grade}
        sheet.overall_grade = read.overall_grade
        self.valid(sheet)
        sheet.save(update_fields=["division", "overall_grade"])
        trail.record(
            "sheet.import",
            sheet,
            actor=None,
            before=before,
            after={"overall_grade": sheet.overall_grade, "division": sheet.division.name},
        )
        return sheet

    def texts(self, sheet: Sheet, read: ReadSheet, replace: bool) -> None:
        stored = {key: entry.text for key, entry in entries_of(sheet).items() if entry.text}
        differing = [key for key, text in stored.items() if text != read.texts.get(key, "")]
        if differing and not replace:
            names = "、".join(map(sheet.edition.definition.name_of, differing))
            raise ImportRefused(
                f"このシート（番号{sheet.pk}）には別の文章が記入されています（{names}）。"
                "置き換えるときは --replace を付けてください。"
            )
        fill_entries(sheet, read.texts)

    def amount(self, sheet: Sheet, read: ReadSheet) -> None:
        item = sheet.edition.definition.item_of_kind(ItemKind.BUDGET)
        whole, supplementary = read.budget_thousand_yen, read.supplementary_thousand_yen
        if item is None or whole is None:
            return
        shares, doubts = shares_of(whole, supplementary, item.amounts, amounts_of(sheet))
        self.doubts += doubts
        for kind, amount in shares.items():
            record = _find(YearlyAmount, **_year_of(sheet), kind=kind)
            self.bring(record, record.get_kind_display(), budget_amount_thousand_yen=amount)

    def staffing(self, sheet: Sheet, read: ReadStaffing) -> None:
        if read.staffing_missing and read.member_count is None:
            return
        as_of = read.as_of
        if as_of is None:
            as_of = date(sheet.cycle.fiscal_year - 1, 12, 31)
            self.doubts.append(f"職員数の時点を読み取れなかったため{as_of:%Y年%m月}末としました。")
        self.snapshot(
            sheet,
            as_of,
            member_count=read.member_count,
            professional_staff_total=read.professional_staff_total,
            japanese_staff=read.japanese_staff,
            japanese_senior_staff=read.japanese_senior_staff,
        )
        if read.previous_japanese_staff is not None:
            self.snapshot(
                sheet,
                one_year_before(as_of),
                japanese_staff=read.previous_japanese_staff,
                japanese_senior_staff=read.previous_japanese_senior_staff,
            )

    def snapshot(self, sheet: Sheet, as_of: date, **figures: int | str | None) -> None:
        organization = sheet.contribution.organization
        record = _find(StaffingSnapshot, organization=organization, as_of=as_of)
        self.bring(record, f"{as_of:%Y年%m月%d日}時点の職員数", **figures)

    def report(self, sheet: Sheet, read: ReadSheet) -> None:
        text, month = read.financial_report.text, read.financial_report.received_month
        if month:
            covered = read.financial_report.covers_fiscal_year
            self.bring_report(sheet, ReportFacts(ReportStatus.RECEIVED, month, covered))
        elif text and NOT_RECEIVED.search(text):
            self.bring_report(sheet, ReportFacts(ReportStatus.NOT_RECEIVED, reason=text))
        elif text:
            self.doubts.append(
                f"財政状況の報告「{text}」は、受領年月として読めないため登録していません。"
            )

    def bring_report(self, sheet: Sheet, report: ReportFacts) -> None:
        """Bring the year's financial report to ``report``."""
        record = _find(FinancialReport, **_year_of(sheet))
        self.bring(record, "財政状況の報告", **asdict(report))

    def bring(self, record: models.Model, name: str, **values: object) -> None:
        """Bring ``record`` to ``values``; what stood there before is named in the doubts."""
        for attribute, value in values.items():
            stored = getattr(record, attribute)
            if record.pk and stored not in (None, "") and stored != value:
                label = next(f.verbose_name for f in record._meta.fields if f.name == attribute)
                self.doubts.append(
                    f"{name}の「{label}」は台帳の{stored}から、ファイルの"
                    f"{'空欄' if value in (None, '') else value}に改めました。"
                    "同じ機関のほかのシートにも表示される値です。"
                )
            setattr(record, attribute, value)
        self.save(record)


def _find(model: type[Record], **place: Any) -> Record:
    """Return the record at ``place``, or a new one that is not stored yet."""
    return model._default_manager.filter(**place).first() or model(**place)


def _year_of(sheet: Sheet) -> dict[str, Any]:
    return {"contribution": sheet.contribution, "fiscal_year": sheet.cycle.fiscal_year}
