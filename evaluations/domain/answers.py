"""Answering the warnings of the checks."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.roles import roles_of
from evaluations.checks import Finding, Level, findings_in
from evaluations.domain.entries import note_author
from evaluations.models import FindingAnswer, Sheet
from evaluations.permissions import can_edit
from evaluations.queries.view import view_of
from evaluations.refusals import Invalid, NotAllowed
from evaluations.text import normalize

MAX_ANSWER = 1_000


def answer_finding(sheet: Sheet, key: str, answer: str, *, actor: User) -> FindingAnswer:
    """Keep ``answer`` to the warning called ``key``; a second answer replaces the first.

    Raises NotAllowed where the sheet cannot be edited, and Invalid for an empty or overlong
    answer, or a warning that the sheet no longer gives.
    """
    answer = normalize(answer)
    with transaction.atomic():
        locked = (
            Sheet.objects.select_for_update(of=("self",))
            .select_related("division", "edition", "cycle", "contribution__organization")
            .get(pk=sheet.pk)
        )
        if not (decision := can_edit(actor, roles_of(actor), locked)):
            raise NotAllowed(decision.reason, decision.ask)
        finding = _warning(locked, key)
        if not answer.strip():
            raise Invalid("回答を記入してください。")
        if len(answer) > MAX_ANSWER:
            raise Invalid(f"回答は{MAX_ANSWER:,}字以内で記入してください。")
        kept, _ = FindingAnswer.objects.update_or_create(
            sheet=locked,
            finding=key,
            defaults={
                "rule": finding.rule,
                "message": finding.message,
                "answer": answer,
                "answered_by": actor,
            },
        )
        note_author(locked, actor)
        audit.record(
            "finding.answer",
            locked,
            actor=actor,
            after={"rule": finding.rule, "finding": key, "length": len(answer)},
        )
    return kept


def _warning(sheet: Sheet, key: str) -> Finding:
    for finding in findings_in(view_of(sheet)):
        if finding.key == key and finding.level == Level.WARNING:
            return finding
    raise Invalid("この指摘は、もうありません。画面を開き直して、今の指摘を確かめてください。")
