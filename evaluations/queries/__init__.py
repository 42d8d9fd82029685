"""Queries: what a sheet says, and what a person sees of it. Nothing here writes."""
