"""The WSGI entry point: ``gunicorn config.wsgi``."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from printing.printer import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Start the printer in the background.
warm_up()

# Load the URLconf now instead of at the first request. Freeze all objects created so far, so that
# the garbage collector does not scan them during requests.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
