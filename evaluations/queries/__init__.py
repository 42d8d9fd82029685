"""Reading: which sheets a person sees, and what a sheet says."""

from evaluations.queries.content import content_of
from evaluations.queries.sheets import find_sheets, sheets_visible_to

__all__ = ["content_of", "find_sheets", "sheets_visible_to"]
