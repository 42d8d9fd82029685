"""Cycles and sheets in the admin."""

from evaluations.admin.cycles import CycleAdmin
from evaluations.admin.reorganisation import DivisionSuccessionAdmin
from evaluations.admin.sheet import SheetAdmin

__all__ = ["CycleAdmin", "DivisionSuccessionAdmin", "SheetAdmin"]
