"""Editions, cycles and sheets in the admin."""

from evaluations.admin import booklets
from evaluations.admin.register import CycleAdmin, EditionAdmin
from evaluations.admin.reorganisation import DivisionSuccessionAdmin
from evaluations.admin.sheet import SheetAdmin

__all__ = ["CycleAdmin", "DivisionSuccessionAdmin", "EditionAdmin", "SheetAdmin", "booklets"]
