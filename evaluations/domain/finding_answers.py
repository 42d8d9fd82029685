"""Answering the warnings of the checks."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from audit import trail
from core.refusals import Invalid
from evaluations.checks import Finding, Level, findings_in
from evaluations.domain.entries import note_author
from evaluations.domain.sheet_lock import lock_to_edit
from evaluations.models import FindingAnswer, Sheet
from evaluations.queries.checked_sheets import checked_sheet_of
from texts.notation import normalize

MAX_ANSWER = 1_000


def answer_warnings(sheet: Sheet, answers: Mapping[str, str], *, actor: User) -> int:
    """Store ``answers`` by key of the warning, and return how many were new or changed.

    A second answer replaces the first. Raises NotAllowed if the sheet cannot be edited, and
    Invalid if an answer is empty or too long or its warning is gone; then nothing is stored.
    """
    with transaction.atomic():
        locked = lock_to_edit(sheet, actor)
        warnings = {
            f.key: f for f in findings_in(checked_sheet_of(locked)) if f.level == Level.WARNING
        }
        kept = dict(locked.finding_answers.values_list("finding", "answer"))
        changed = 0
        for key, words in answers.items():
            answer = _fit(words)
            if key not in warnings:
                raise Invalid(
                    "この指摘は、もうありません。画面を開き直して、今の指摘を確かめてください。"
                )
            if kept.get(key) != answer:
                _keep(locked, warnings[key], answer, actor)
                changed += 1
        if changed:
            note_author(locked, actor)
    return changed


def _fit(words: str) -> str:
    answer = normalize(words)
    if not answer:
        raise Invalid("回答を記入してください。")
    if len(answer) > MAX_ANSWER:
        raise Invalid(f"回答は{MAX_ANSWER:,}字以内で記入してください。")
    return answer


def _keep(sheet: Sheet, warning: Finding, answer: str, actor: User) -> None:
    FindingAnswer.objects.update_or_create(
        sheet=sheet,
        finding=warning.key,
        defaults={
            "rule": warning.rule,
            "message": warning.message,
            "answer": answer,
            "answered_by": actor,
        },
    )
    trail.record(
        "finding.answer",
        sheet,
        actor=actor,
        after={"rule": warning.rule, "finding": warning.key, "length": len(answer)},
    )
