"""Importing the data attached to a PDF as a draft; it has all but the reasons of grades."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from audit import trail
from contributions.models import Organization
from editions.models import Edition
from evaluations.content import SheetContent, for_the_public, from_json, to_json
from evaluations.domain.sheet_lock import lock_year
from evaluations.exchange.matching import ImportRefused
from evaluations.exchange.official import ReadReport, ReadSheet, ReadStaffing
from evaluations.exchange.store import Importer, Stored
from evaluations.models import CriterionGrade, Sheet
from evaluations.paper.schema import problems_for
from evaluations.paper.sheet_reading import BadData, NotOurs, SheetData, data_inside
from evaluations.queries.content import content_now, judgements_of

NO_REASON = "PDFから取り込んだ評定のため、理由は記載されていません。"
_WITH_ABBREVIATION = re.compile(r"(.{1,200})（([^（）]{1,40})）")
_BESIDE_ITEMS = {
    "evaluation_period": "評価対象期間",
    "earmarking": "使途の指定",
    "supplementary_budget": "補正予算の額",
    "criterion_grades": "基準別評価",
    "not_on_form": "様式に印字されない名称・種別",
}


def read_sheet_pdf(pdf: bytes) -> tuple[Edition, SheetData]:
    """Return the edition and the data attached to a PDF, validated against both schemas.

    Raises ImportRefused where there is none, where it was altered, or where it does not fit.
    """
    try:
        data = data_inside(pdf)
    except (NotOurs, BadData) as error:
        raise ImportRefused(str(error)) from error
    if not data.is_intact:
        raise ImportRefused(
            "添付されたデータが、その控え（SHA-256）と一致しません。書き換えられたおそれがあるため、"
            "取り込みません。"
        )
    edition = Edition.objects.filter(key=data.sheet["edition"]).first()
    if edition is None:
        raise ImportRefused(
            f"このPDFの様式「{data.sheet['edition']}」が登録されていません。"
            "先に manage.py load_edition で様式を読み込んでください。"
        )
    if problems := problems_for(data.sheet, edition.definition):
        raise ImportRefused(
            f"添付されたデータが、登録されている様式「{edition}」と合いません。{''.join(problems)}"
        )
    return edition, data


@transaction.atomic
def store_data(
    edition: Edition, data: SheetData, *, replace: bool = False, new: bool = False
) -> Stored:
    """Store what ``read_sheet_pdf`` returned as a draft; as ``store_official``, whose rules hold.

    The register takes precedence for names and kinds; where the draft therefore differs from the
    PDF, the doubts say so.
    """
    lock_year(edition.definition.fiscal_year)
    content = from_json(data.sheet, edition.definition)
    read = _as_read(content)
    importer = Importer(edition, content.evaluation_period, new=new)
    contribution = importer.contribution(read)
    if not contribution.earmarking and content.earmarking:
        importer.bring(contribution, contribution.name, earmarking=content.earmarking)
    sheet = importer.sheet(read, contribution)
    importer.texts(sheet, read, replace)
    importer.amount(sheet, read)
    _store_staffing(importer, sheet, content)
    if content.financial_report:
        importer.bring_report(sheet, content.financial_report)
    _store_judgements(sheet, content)
    return Stored(sheet, importer.doubts + _differences(sheet, data.sheet))


def _as_read(content: SheetContent) -> ReadSheet:
    """Return ``content`` as if it had been read from an official sheet, names taken apart."""
    name, abbreviation = _names_of(content.organization)
    return ReadSheet(
        edition_key=content.edition,
        contribution_name=content.contribution_name,
        contribution_type=content.contribution_type,
        budget_thousand_yen=content.budget_thousand_yen,
        overall_grade=content.overall_grade,
        organization_name=name,
        organization_abbreviation=abbreviation,
        texts=content.texts,
        staffing=ReadStaffing(),
        financial_report=ReadReport(),
        responsible_division=content.division,
        doubts=(),
        supplementary_thousand_yen=content.supplementary_thousand_yen,
    )


def _names_of(printed: str) -> tuple[str, str]:
    """Return name and abbreviation of 「国際移住機関（IOM）」, unless it is all a name."""
    taken_apart = _WITH_ABBREVIATION.fullmatch(printed)
    if taken_apart is None or Organization.objects.filter(name_ja=printed).exists():
        return printed, ""
    return taken_apart[1], taken_apart[2]


def _store_staffing(importer: Importer, sheet: Sheet, content: SheetContent) -> None:
    figures = content.staffing
    if figures.as_of:
        importer.snapshot(
            sheet,
            figures.as_of,
            member_count=figures.member_count,
            professional_staff_total=figures.professional_staff_total,
            japanese_staff=figures.japanese_staff,
            japanese_senior_staff=figures.japanese_senior_staff,
            not_applicable_reason=figures.not_applicable_reason,
        )
    if figures.previous_as_of:
        importer.snapshot(
            sheet,
            figures.previous_as_of,
            japanese_staff=figures.previous_japanese_staff,
            japanese_senior_staff=figures.previous_japanese_senior_staff,
        )


def _store_judgements(sheet: Sheet, content: SheetContent) -> None:
    """Store the grades of criteria; one that is the same already keeps its reason."""
    before = judgements_of(sheet)
    for key, judged in content.criterion_grades.items():
        stored = before.get(key)
        if stored and (stored.grade, stored.ungraded_reason) == (
            judged.grade,
            judged.ungraded_reason,
        ):
            continue
        values = {"grade": judged.grade, "ungraded_reason": judged.ungraded_reason}
        CriterionGrade.objects.update_or_create(
            sheet=sheet, key=key, defaults=values | {"reason": NO_REASON}
        )
        trail.record(
            "sheet.import",
            sheet,
            actor=None,
            before={key: stored.grade or stored.ungraded_reason} if stored else {},
            after={key: judged.grade or judged.ungraded_reason},
        )


def _differences(sheet: Sheet, wanted: Mapping[str, Any]) -> list[str]:
    """Return, as one doubt, the places where the draft differs from the PDF."""
    stored = Sheet.objects.select_related(
        "cycle", "edition", "division", "contribution__organization"
    ).get(pk=sheet.pk)
    definition = stored.edition.definition
    says = for_the_public(to_json(content_now(stored), definition), definition)
    places = [
        definition.name_of(key)
        for key, value in wanted["items"].items()
        if says["items"][key] != value
    ]
    places += [name for key, name in _BESIDE_ITEMS.items() if says.get(key) != wanted.get(key)]
    if not places:
        return []
    return [f"次の項目は、台帳の内容が優先されるため、PDFと違います：{'、'.join(places)}。"]
