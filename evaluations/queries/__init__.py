"""Reading: which sheets a person sees, and what a sheet says."""

__all__ = ["find_sheets"]
