"""The settings of an installation, with the ``Server-Timing`` header."""

from config.settings import *  # noqa: F403 -- a variation of the settings has all their names
from config.settings import MIDDLEWARE

MIDDLEWARE = ["bench.server_timing.ServerTiming", *MIDDLEWARE]
ROOT_URLCONF = "bench.urls"
