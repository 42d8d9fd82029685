"""Bulk steps: asked for, taken sheet by sheet, and deleted after a while."""
