"""Grading by the reviewers: the overall grade, grades of criteria, and the second reading."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import trail
from core.refusals import Invalid, Stale
from editions.definition import Item
from evaluations.access.rules import can_grade, can_read_second
from evaluations.content import CriterionJudgement
from evaluations.domain.sheet_lock import lock_as
from evaluations.models import CriterionGrade, SecondReading, Sheet
from evaluations.queries.content import graded_criteria_of, judgements_of
from texts.notation import normalize


def grade_sheet(
    sheet: Sheet,
    *,
    grade: str,
    reason: str,
    actor: User,
    version: int,
    criteria: Mapping[str, CriterionJudgement] | None = None,
) -> None:
    """Give ``sheet`` its overall grade with a reason, and refresh ``sheet``.

    ``criteria`` are the grades of single criteria by item key, if the form has them; None
    leaves them unchanged. If the second reader now gives the grade, their second reading is
    deleted. Raises NotAllowed (not a reviewer, or not in review), Stale (graded or moved
    meanwhile) or Invalid (not on the edition's scale, or no reason).
    """
    with transaction.atomic():
        locked, acting = lock_as(sheet, actor)
        can_grade(acting, locked).require()
        require_version(locked, version)
        reason = _judged(locked, grade, reason)
        judged = _checked(locked, criteria or {})
        before = {"overall_grade": locked.overall_grade}
        locked.overall_grade = grade
        locked.overall_grade_reason = reason
        locked.graded_at = timezone.now()
        locked.graded_by = actor
        locked.version += 1
        locked.save(
            update_fields=[
                "overall_grade", "overall_grade_reason", "graded_at", "graded_by", "version",
            ]
        )  # fmt: skip
        own_opinion = locked.second_readings.filter(reader=actor).first()
        if own_opinion:
            _withdraw(own_opinion, actor)
        trail.record(
            "sheet.grade",
            locked,
            actor=actor,
            before=before | _in_short(judgements_of(locked)),
            after={"overall_grade": grade} | _in_short(judged),
        )
        for key, judgement in judged.items():
            CriterionGrade.objects.update_or_create(
                sheet=locked,
                key=key,
                defaults={
                    "grade": judgement.grade,
                    "ungraded_reason": judgement.ungraded_reason,
                    "reason": judgement.reason,
                },
            )
    sheet.refresh_from_db()


def read_second(sheet: Sheet, *, grade: str, reason: str, actor: User, version: int) -> None:
    """Store the second reading: the grade that ``actor`` would give, beside the grade.

    It replaces an earlier second reading. Raises NotAllowed (no grade yet, or one by ``actor``),
    Stale (graded or moved meanwhile) or Invalid (not on the scale, or no reason).
    """
    with transaction.atomic():
        locked, acting = lock_as(sheet, actor)
        can_read_second(acting, locked).require()
        require_version(locked, version)
        reason = _judged(locked, grade, reason)
        before = locked.second_readings.filter(reader=actor).first()
        SecondReading.objects.update_or_create(
            sheet=locked,
            reader=actor,
            defaults={"grade": grade, "reason": reason, "role": acting.roles.in_words},
        )
        trail.record(
            "sheet.second_reading",
            locked,
            actor=actor,
            before={"grade": before.grade} if before else {},
            after={"grade": grade, "overall_grade": locked.overall_grade},
        )


def require_version(sheet: Sheet, version: int) -> None:
    """Raise Stale if ``sheet`` has another version than ``version``."""
    if sheet.version != version:
        raise Stale(
            "画面を開いた後に、評価又は状態が変わりました。"
            "最新の内容を確かめて、もう一度操作してください。"
        )


def _judged(sheet: Sheet, grade: str, reason: str) -> str:
    """Return the normalised reason. Raises Invalid for the reason or the grade."""
    scale = sheet.edition.definition.overall_scale
    if scale is None or scale.grade(grade) is None:
        raise Invalid("総合評価は、この年度の段階から選んでください。")
    if not (reason := normalize(reason)):
        raise Invalid("評価の理由を記入してください。")
    return reason


def _checked(
    sheet: Sheet, criteria: Mapping[str, CriterionJudgement]
) -> dict[str, CriterionJudgement]:
    """Return the normalised grades of criteria. Raises Invalid for one of them."""
    items = {item.key: item for item in graded_criteria_of(sheet)}
    if unknown := criteria.keys() - items.keys():
        raise Invalid(f"この様式は「{min(unknown)}」の評定を求めていません。開き直してください。")
    return {key: _checked_one(sheet, items[key], given) for key, given in criteria.items()}


def _checked_one(sheet: Sheet, item: Item, given: CriterionJudgement) -> CriterionJudgement:
    definition = sheet.edition.definition
    name, scale = definition.name_of(item.key), definition.scale_of(item)
    on_scale = scale is not None and scale.grade(given.grade) is not None
    why_not = item.ungraded_reason(given.ungraded_reason) is not None
    if on_scale + why_not != 1 or (given.grade and given.ungraded_reason):
        raise Invalid(f"{name}の評定又は評定を付けない事由を、この年度の様式から選んでください。")
    if not (reason := normalize(given.reason)):
        raise Invalid(f"{name}の評定の理由を記入してください。")
    return CriterionJudgement(given.grade, given.ungraded_reason, reason)


def _withdraw(reading: SecondReading, actor: User) -> None:
    """Delete the second reading of a person who now gives the grade."""
    reading.delete()
    trail.record(
        "sheet.second_reading",
        reading.sheet,
        actor=actor,
        before={"grade": reading.grade},
        after={},
    )


def _in_short(judged: Mapping[str, CriterionJudgement]) -> dict[str, dict[str, str]]:
    """Return the grades of criteria for the audit log, without the reasons."""
    if not judged:
        return {}
    return {"criteria": {key: each.grade or each.ungraded_reason for key, each in judged.items()}}
