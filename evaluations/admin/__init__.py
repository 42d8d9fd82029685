"""Cycles and sheets in the admin, and the register with the sheets that its changes reach."""

from evaluations.admin.cycles import CycleAdmin
from evaluations.admin.register import ContributionAdmin, DivisionAdmin, OrganizationAdmin
from evaluations.admin.reorganisation import DivisionSuccessionAdmin
from evaluations.admin.sheet import SheetAdmin

__all__ = [
    "ContributionAdmin",
    "CycleAdmin",
    "DivisionAdmin",
    "DivisionSuccessionAdmin",
    "OrganizationAdmin",
    "SheetAdmin",
]
