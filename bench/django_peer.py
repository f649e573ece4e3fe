"""A peer for the door: a plain Django view that saves one row of the same table, as one would write it on a first day.

No token, no signature, no grouping, no answer to a repetition. `bench/door.py` runs it under gunicorn with two workers of
eight threads and persistent connections, which is what Django's own documentation recommends.
"""

import json
import os
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

_AT = urlsplit(os.environ["PEER_DATABASE_URL"])
_HOST = parse_qs(_AT.query).get("host", [_AT.hostname or ""])[0]

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    SECRET_KEY="of no use to anybody",  # noqa: S106 nothing is signed here
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _AT.path.lstrip("/"),
            "USER": unquote(_AT.username or ""),
            "PASSWORD": unquote(_AT.password or ""),
            "HOST": unquote(_HOST),
            "PORT": _AT.port or "",
            "CONN_MAX_AGE": None,
        }
    },
)

import django  # noqa: E402 only after the settings

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402


class PeerCheckIn(models.Model):
    """A row of `check_in`."""

    check_in_id = models.UUIDField(primary_key=True)
    person_id = models.BigIntegerField()
    venue_id = models.BigIntegerField()
    entered_at = models.DateTimeField()
    device_at = models.DateTimeField()
    received_at = models.DateTimeField()
    source = models.SmallIntegerField()
    assurance = models.SmallIntegerField()

    class Meta:
        app_label = "peer"
        managed = False
        db_table = "check_in"

    def __str__(self) -> str:
        return str(self.check_in_id)


def check_in(request: HttpRequest) -> JsonResponse:
    """Save one row and say so."""
    said = json.loads(request.body)
    now = timezone.now()
    PeerCheckIn.objects.create(
        check_in_id=said["check_in_id"], person_id=1, venue_id=1, entered_at=said["entered_at"],
        device_at=said["entered_at"], received_at=now, source=1, assurance=1,
    )  # fmt: skip
    return JsonResponse({"outcome": "recorded", "check_in_id": said["check_in_id"]}, status=201)


urlpatterns = [path("api/v1/check-ins", check_in)]
application = get_wsgi_application()
