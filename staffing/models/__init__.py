"""Snapshots of Japanese staff, and what stands beside the figures."""

from staffing.models.beside import SeniorPost, StaffCategoryCount
from staffing.models.snapshot import StaffingSnapshot

__all__ = ["SeniorPost", "StaffCategoryCount", "StaffingSnapshot"]
