"""``python -m bench [QUESTION…]``: print the rows of the empty database in ``DATABASE_URL``."""

import signal
import sys

import django

django.setup()

from bench.run import run  # noqa: E402 -- the models need the settings first

# The server has a session of its own: whoever stops the bench means it as well.
signal.signal(signal.SIGTERM, lambda *_: sys.exit("中止しました。"))

for row in run(sys.argv[1:]):
    print(row, flush=True)
