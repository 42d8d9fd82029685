"""``python -m bench [QUESTION…]``: print the rows of one database; fail where one is missed."""

import sys

import django

django.setup()

from bench.run import run  # noqa: E402 -- the models need the settings first

rows = []
for row in run(sys.argv[1:]):
    print(row, flush=True)
    rows.append(row)
sys.exit(not all(row.met for row in rows))
