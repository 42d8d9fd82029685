"""Models of the yearly sheet."""

from evaluations.models.comments import Comment, CommentThread
from evaluations.models.cycles import Cycle
from evaluations.models.entries import (
    ENTRY_MODELS,
    CriterionAssessment,
    Entry,
    OverviewPart,
    PdcaEntry,
)
from evaluations.models.finding_answers import FindingAnswer
from evaluations.models.grading import CriterionGrade, SecondReading
from evaluations.models.history import Authorship, Revision, Transition
from evaluations.models.improvement import ImprovementAnswer, ImprovementPoint
from evaluations.models.issued_pdf import IssuedPdf, Publication
from evaluations.models.presence import Presence
from evaluations.models.reminders import SentReminder
from evaluations.models.sheets import Sheet
from evaluations.models.suggestions import Suggestion, SuggestionDecision

__all__ = [
    "ENTRY_MODELS",
    "Authorship",
    "Comment",
    "CommentThread",
    "CriterionAssessment",
    "CriterionGrade",
    "Cycle",
    "Entry",
    "FindingAnswer",
    "ImprovementAnswer",
    "ImprovementPoint",
    "IssuedPdf",
    "OverviewPart",
    "PdcaEntry",
    "Presence",
    "Publication",
    "Revision",
    "SecondReading",
    "SentReminder",
    "Sheet",
    "Suggestion",
    "SuggestionDecision",
    "Transition",
]
