"""Forms. Each knows its layout, and nothing of permissions."""

from evaluations.forms.entries import AutosaveForm, EntryForm, PresenceForm
from evaluations.forms.figures import BudgetForm, FinancialReportForm, StaffingForm
from evaluations.forms.finding_answers import AnswersForm
from evaluations.forms.grading import GradeForm, SecondReadingForm
from evaluations.forms.improvement import PointAnswerForm, PointFilterForm, PointForm, RemoveForm
from evaluations.forms.sheets import CycleForm, SheetFilterForm
from evaluations.forms.steps import ActionForm
from evaluations.forms.versions import CompareForm
from evaluations.forms.worklist import BulkForm, QueueFilterForm

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
