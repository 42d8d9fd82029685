"""The WSGI entry point: ``gunicorn config.wsgi``."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from printing.printer import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# The printer starts beside the first answers; see its module for why it is in other processes.
warm_up()

# Every page is found now, not by the first who asks. What the start has made stays as long as the
# process, and the garbage collector need not walk over it in the middle of an answer.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
