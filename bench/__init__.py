"""The benchmark: how long people wait, and whether an acknowledged text can be lost.

``make bench`` runs every module on SQLite and on PostgreSQL and writes the table of
``docs/figures.md``. One module is one question: its ``main`` returns rows of that table.
"""
