"""What people fill in. Each form knows how it is laid out and nothing of who may use it."""

from evaluations.forms.acting import ActionForm, GradeForm
from evaluations.forms.answering import AnswersForm
from evaluations.forms.comparing import CompareForm
from evaluations.forms.figures import BudgetForm, FinancialReportForm, StaffingForm
from evaluations.forms.listing import SheetFilterForm
from evaluations.forms.queue import BulkForm, QueueFilterForm
from evaluations.forms.writing import AutosaveForm, EntryForm, PresenceForm

__all__ = [
    "ActionForm",
    "AnswersForm",
    "AutosaveForm",
    "BudgetForm",
    "BulkForm",
    "CompareForm",
    "EntryForm",
    "FinancialReportForm",
    "GradeForm",
    "PresenceForm",
    "QueueFilterForm",
    "SheetFilterForm",
    "StaffingForm",
]
