"""Server's time and queries of downloading the stored PDF of an approved sheet."""

from django.db import transaction
from django.utils import timezone

from bench.figures import Row, counted, timed
from bench.stage import Stage
from evaluations.domain.revisions import freeze
from evaluations.enums import State
from evaluations.models import Sheet
from evaluations.workflow.effects import issue_pdf, print_revision

DOWNLOADS = 100
LIMIT, MOST_QUERIES = 10, 4


def main(stage: Stage) -> list[Row]:
    """Approve one of the long sheets, and download its PDF as an officer of the division."""
    largest = stage.ministry.largest
    sheet = stage.ministry.cycle.sheets.filter(division=largest.division).exclude(pk=largest.pk)[0]
    _decide(sheet, stage)
    path = f"/sheets/{sheet.pk}/sheet.pdf"
    answers = [stage.officers[0].get(path) for _ in range(DOWNLOADS)]
    if any(answer.status != 200 for answer in answers):
        raise RuntimeError("確定PDFが開けません。")
    queries = {answer.queries for answer in answers}
    return [
        counted(
            "One sheet from the store, queries",
            stage.setting,
            target=f"≤ {MOST_QUERIES}",
            measured=", ".join(map(str, sorted(queries))),
            met=max(queries) <= MOST_QUERIES,
        ),
        timed(
            f"One sheet from the store, {len(answers[0].body) / 1000:.0f} KB, server's time",
            stage.setting,
            limit=LIMIT,
            reference_ms=stage.reference.server_ms,
            milliseconds=[answer.server_ms for answer in answers],
            of="downloads",
            percent=50,
        ),
    ]


@transaction.atomic
def _decide(sheet: Sheet, stage: Stage) -> None:
    """Issue the PDF of ``sheet`` and set it to approved, without the steps of the workflow."""
    ministry, now = stage.ministry, timezone.now()
    submitter, confirmer = ministry.officers[:2]
    reviewer = ministry.reviewer
    revision = freeze(sheet, occasion="approve", actor=reviewer)
    issue_pdf(print_revision(revision), actor=reviewer)
    Sheet.objects.filter(pk=sheet.pk).update(
        state=State.APPROVED,
        submitted_at=now,
        submitted_by=submitter,
        confirmed_at=now,
        confirmed_by=confirmer,
        approved_at=now,
        approved_by=ministry.reviewer,
    )
