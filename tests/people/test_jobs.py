"""What is forgotten every night."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from dauchan.people.jobs import forget_tonight
from dauchan.people.models import PhoneCode

pytestmark = pytest.mark.django_db


def test_an_unfinished_sign_in_leaves_nothing_behind() -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=2), tick=False):
        Client().post("/visitor/sign-in/", {"phone": "0905000051"})
    fresh = Client()
    fresh.post("/visitor/sign-in/", {"phone": "0905000052"})
    assert (Session.objects.count(), PhoneCode.objects.count()) == (2, 2)
    forget_tonight(0)
    assert Session.objects.get().session_key == fresh.session.session_key
    assert PhoneCode.objects.count() == 1
