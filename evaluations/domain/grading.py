"""The reviewer's judgement."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.roles import roles_of
from evaluations.models import Sheet
from evaluations.permissions import can_grade
from evaluations.refusals import Invalid, NotAllowed, Stale
from evaluations.text import normalize


def grade_sheet(sheet: Sheet, *, grade: str, reason: str, actor: User, version: int) -> None:
    """Give ``sheet`` its overall grade with a reason; ``sheet`` is brought up to date.

    Raises NotAllowed (not a reviewer, or not in review), Stale (graded or moved meanwhile) or
    Invalid (not on the edition's scale, or no reason).
    """
    with transaction.atomic():
        locked = (
            Sheet.objects.select_for_update(of=("self",)).select_related("edition").get(pk=sheet.pk)
        )
        if not (decision := can_grade(actor, roles_of(actor), locked)):
            raise NotAllowed(decision.reason, decision.ask)
        if locked.version != version:
            raise Stale(
                "画面を開いた後に、評価又は状態が変わりました。"
                "最新の内容を確かめて、もう一度操作してください。"
            )
        scale = locked.edition.definition.overall_scale
        if scale is None or scale.grade(grade) is None:
            raise Invalid("総合評価は、この年度の段階から選んでください。")
        if not (reason := normalize(reason)).strip():
            raise Invalid("評価の理由を記入してください。")
        before = {"overall_grade": locked.overall_grade}
        locked.overall_grade = grade
        locked.overall_grade_reason = reason
        locked.version += 1
        locked.save(update_fields=["overall_grade", "overall_grade_reason", "version"])
        audit.record(
            "sheet.grade", locked, actor=actor, before=before, after={"overall_grade": grade}
        )
    sheet.refresh_from_db()
