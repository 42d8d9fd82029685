"""The WSGI entry point: ``gunicorn config.wsgi``."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Every page is found now, not by the first who asks. What the start has made stays as long as the
# process, and the garbage collector need not walk over it in the middle of an answer.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
