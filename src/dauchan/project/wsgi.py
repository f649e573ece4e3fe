"""The console as a WSGI application, for gunicorn."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dauchan.project.settings")


def begin() -> None:
    """Load every page, and look for cycles among all that never again.

    Those are a quarter of a million objects: looking through them stops all threads for 150 to 280 ms, every few dozen pages.
    """
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()


application = get_wsgi_application()
begin()
