"""What people fill in. Each form knows how it is laid out and nothing of who may use it."""

from evaluations.forms.acting import ActionForm
from evaluations.forms.answering import AnswersForm
from evaluations.forms.comparing import CompareForm
from evaluations.forms.figures import BudgetForm, FinancialReportForm, StaffingForm
from evaluations.forms.grading import GradeForm, SecondReadingForm
from evaluations.forms.improvement import PointAnswerForm, PointFilterForm, PointForm, RemoveForm
from evaluations.forms.listing import CycleForm, SheetFilterForm
from evaluations.forms.queue import BulkForm, QueueFilterForm
from evaluations.forms.writing import AutosaveForm, EntryForm, PresenceForm

__all__ = [
    "ActionForm",
    "AnswersForm",
    "AutosaveForm",
    "BudgetForm",
    "BulkForm",
    "CompareForm",
    "CycleForm",
    "EntryForm",
    "FinancialReportForm",
    "GradeForm",
    "PointAnswerForm",
    "PointFilterForm",
    "PointForm",
    "PresenceForm",
    "QueueFilterForm",
    "RemoveForm",
    "SecondReadingForm",
    "SheetFilterForm",
    "StaffingForm",
]
