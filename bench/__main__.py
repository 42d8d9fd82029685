"""``python -m bench [QUESTION…]``: print the rows of the empty database in ``DATABASE_URL``."""

import sys

import django

django.setup()

from bench.run import run  # noqa: E402 -- the models need the settings first

for row in run(sys.argv[1:]):
    print(row, flush=True)
