"""The yearly sheet: its form, its year, its entries, and what became of it."""

from evaluations.models.answer import FindingAnswer
from evaluations.models.comment import Comment, CommentThread
from evaluations.models.cycle import Cycle
from evaluations.models.entry import (
    ENTRY_MODELS,
    CriterionAssessment,
    Entry,
    OverviewPart,
    PdcaEntry,
)
from evaluations.models.grade import CriterionGrade, SecondReading
from evaluations.models.history import Authorship, Revision, Transition
from evaluations.models.improvement import ImprovementAnswer, ImprovementPoint
from evaluations.models.presence import Presence
from evaluations.models.publication import IssuedPdf, Publication
from evaluations.models.reminder import SentReminder
from evaluations.models.sheet import Sheet
from evaluations.models.suggestion import Suggestion, SuggestionDecision

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
