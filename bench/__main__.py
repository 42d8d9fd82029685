"""``python -m bench [QUESTION…]``: measure on the empty database in ``DATABASE_URL``."""

import signal
import sys

import django

django.setup()

from bench.run import run  # noqa: E402 -- the models need the settings first

# The server runs in a session of its own and gets no signal of ours: end it when we are ended.
signal.signal(signal.SIGTERM, lambda *_: sys.exit("中止しました。"))

for row in run(sys.argv[1:]):
    print(row, flush=True)
