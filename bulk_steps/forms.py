"""The form of the confirmation page."""

from typing import Any

from evaluations.enums import Action
from evaluations.forms import ActionForm
from evaluations.workflow import WORKFLOW


class BulkStepForm(ActionForm):
    """The comment of a bulk step; what the page showed of each sheet is in fields of its own."""

    version = None  # type: ignore[assignment]
    shown = None  # type: ignore[assignment]

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        required = any(step.comment_required for step in WORKFLOW if step.action == action)
        super().__init__(*args, comment_required=required, **kwargs)
