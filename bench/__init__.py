"""Measuring what people notice: saving together, after a crash, and without waiting.

``make bench`` asks every question on SQLite and on PostgreSQL and writes the table of
``docs/figures.md``. One module is one question: its ``main`` returns rows of that table.
"""
