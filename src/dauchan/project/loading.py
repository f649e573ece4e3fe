"""Django, loaded by the commands that need it."""

import os

import django


def load_django() -> None:
    """Load settings and models. Whoever needs the database makes sure before that it answers."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dauchan.project.settings")
    django.setup()
