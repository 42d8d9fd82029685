"""The workflow of a sheet: the table of its steps, and the one function that takes them."""

from evaluations.workflow.perform import perform
from evaluations.workflow.table import WORKFLOW, Step, step_for, steps_open_to

__all__ = ["WORKFLOW", "Step", "perform", "step_for", "steps_open_to"]
