"""Improvement points (改善点): raised with the grade, answered in the following years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import Division, User
from accounts.roles import Acting
from audit import trail
from core.refusals import Invalid, Stale
from evaluations.access.rules import can_raise_points
from evaluations.domain.entries import note_author
from evaluations.domain.grading import require_version
from evaluations.domain.sheet_lock import lock_as, lock_to_edit
from evaluations.enums import AnswerStatus
from evaluations.models import ImprovementAnswer, ImprovementPoint, Sheet
from evaluations.queries.improvement import open_points
from texts.notation import normalize

MAX_TEXT = 1_000
MAX_OWNER = 100


@dataclass(frozen=True)
class PointFields:
    """The fields of a point: what to improve, in which item, by whom and until when."""

    text: str
    owner_division: Division
    due_date: date
    owner: str = ""
    key: str = ""


def add_point(sheet: Sheet, fields: PointFields, *, actor: User, version: int) -> ImprovementPoint:
    """Add a point to ``sheet``, which is in review, and return it.

    ``version`` is the version of the sheet that ``actor`` saw. It is increased, so that nobody
    approves without having seen the point. Raises NotAllowed, Stale or Invalid.
    """
    with transaction.atomic():
        locked, acting = _locked_for_points(sheet, actor, version)
        last = locked.improvement_points.aggregate(last=Max("number"))["last"] or 0
        point = ImprovementPoint(
            sheet=locked, number=last + 1, raised_by=actor, role=acting.roles.in_words
        )
        _write(point, _checked(locked, fields))
        trail.record("improvement.add", locked, actor=actor, after=_fingerprint(point))
        _new_version(locked)
    sheet.refresh_from_db()
    return point


def change_point(
    sheet: Sheet, number: int, fields: PointFields, *, actor: User, version: int
) -> ImprovementPoint:
    """Change point ``number`` of ``sheet``, in the way of ``add_point``.

    It counts as raised now: later years see it once the sheet has been approved. Raises Invalid
    if a later year has answered the point.
    """
    with transaction.atomic():
        locked, _ = _locked_for_points(sheet, actor, version)
        point = _unanswered(locked, number)
        before = _fingerprint(point)
        point.raised_at = timezone.now()
        _write(point, _checked(locked, fields, point))
        trail.record(
            "improvement.change", locked, actor=actor, before=before, after=_fingerprint(point)
        )
        _new_version(locked)
    sheet.refresh_from_db()
    return point


def remove_point(sheet: Sheet, number: int, *, actor: User, version: int) -> None:
    """Delete point ``number``. Raises like ``change_point``."""
    with transaction.atomic():
        locked, _ = _locked_for_points(sheet, actor, version)
        point = _unanswered(locked, number)
        trail.record("improvement.remove", locked, actor=actor, before=_fingerprint(point))
        point.delete()
        _new_version(locked)
    sheet.refresh_from_db()


def answer_point(
    sheet: Sheet, point: int, *, status: str, text: str, actor: User, version: int
) -> ImprovementAnswer:
    """Answer, on ``sheet``, the open point of an earlier year with the id ``point``.

    ``version`` is the version of the answer that ``actor`` saw, 0 for none. Raises NotAllowed if
    the sheet cannot be edited, Invalid if the point is not open, the status unknown or the text
    empty or too long, and Stale if somebody else has answered meanwhile.
    """
    text = normalize(text)
    with transaction.atomic():
        locked = lock_to_edit(sheet, actor)
        found = next((each for each in open_points(locked) if each.point.pk == point), None)
        if found is None:
            raise Invalid("この改善点は、このシートで回答するものではありません。")
        if status not in AnswerStatus.values:
            raise Invalid("実施済み・対応中・取りやめのいずれかを選んでください。")
        _check_text(text, "行ったこと")
        answer = found.answer or ImprovementAnswer(point=found.point, sheet=locked, version=0)
        if answer.version != version:
            raise Stale(
                f"画面を開いた後に、{answer.answered_by}さんがこの改善点に回答しました。"
                "今の回答を確かめて、もう一度記入してください。"
                if found.answer
                else "画面を開いた後に、この回答が変わりました。開き直してください。"
            )
        before = _answer_fingerprint(answer) if found.answer else {}
        answer.status, answer.text, answer.answered_by = status, text, actor
        answer.version += 1
        answer.save()
        note_author(locked, actor)
        trail.record(
            "improvement.answer",
            locked,
            actor=actor,
            before=before,
            after=_answer_fingerprint(answer),
        )
    return answer


def _locked_for_points(sheet: Sheet, actor: User, version: int) -> tuple[Sheet, Acting]:
    locked, acting = lock_as(sheet, actor)
    can_raise_points(acting, locked).require()
    require_version(locked, version)
    return locked, acting


def _unanswered(sheet: Sheet, number: int) -> ImprovementPoint:
    point = sheet.improvement_points.filter(number=number).first()
    if point is None:
        raise Invalid(f"このシートに改善点{number}はありません。画面を開き直してください。")
    if point.answers.exists():
        raise Invalid(
            f"改善点{number}は、後の年度のシートで回答されているため変更できません。"
            "新しい改善点として記入してください。"
        )
    return point


def _checked(
    sheet: Sheet, fields: PointFields, point: ImprovementPoint | None = None
) -> PointFields:
    """Return the normalised fields, or raise Invalid."""
    text, owner = normalize(fields.text), normalize(fields.owner).strip()
    _check_text(text, "改善を要する点")
    if len(owner) > MAX_OWNER:
        raise Invalid(f"担当者・担当班は{MAX_OWNER}字以内で記入してください。")
    if fields.key and sheet.edition.definition.item(fields.key) is None:
        raise Invalid("この様式にない項目が選ばれています。画面を開き直して選んでください。")
    others = sheet.improvement_points.all()
    others = others.exclude(pk=point.pk) if point else others
    if others.filter(text=text).exists():
        raise Invalid("同じ文の改善点が、すでに記入されています。")
    is_new_date = point is None or point.due_date != fields.due_date
    if is_new_date and fields.due_date < timezone.localdate():
        raise Invalid("期限が過ぎています。今日以後の日付を記入してください。")
    return PointFields(text, fields.owner_division, fields.due_date, owner, fields.key)


def _check_text(text: str, name: str) -> None:
    if not text:
        raise Invalid(f"{name}を記入してください。")
    if len(text) > MAX_TEXT:
        raise Invalid(f"{name}は{MAX_TEXT:,}字以内で記入してください。")


def _write(point: ImprovementPoint, fields: PointFields) -> None:
    point.text, point.key = fields.text, fields.key
    point.owner_division, point.owner = fields.owner_division, fields.owner
    point.due_date = fields.due_date
    point.save()


def _new_version(sheet: Sheet) -> None:
    sheet.version += 1
    sheet.save(update_fields=["version"])


def _fingerprint(point: ImprovementPoint) -> Mapping[str, Any]:
    """Return the values of a point for the audit log, with hashes of its texts."""
    return {
        "number": point.number,
        "key": point.key,
        "owner_division": point.owner_division.name,
        "due_date": point.due_date.isoformat(),
        **trail.fingerprint_of(point.text),
    }


def _answer_fingerprint(answer: ImprovementAnswer) -> Mapping[str, Any]:
    return {
        "point": answer.point_id,
        "status": answer.status,
        "version": answer.version,
        **trail.fingerprint_of(answer.text),
    }
