"""Queries: reading sheets and what belongs to them. Nothing here writes."""
