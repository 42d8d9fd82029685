"""Helpers that every app uses. They import no other app."""
