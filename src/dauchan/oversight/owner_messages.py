"""Messages to owners of venues: what is kept of each, and how it is handed over at most once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import httpx
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.models import Consent, Identity
from dauchan.people.restrictions.models import Scope
from dauchan.people.restrictions.queries import restricted_among
from dauchan.venues.models import Poster

if TYPE_CHECKING:
    from collections.abc import Collection

    from dauchan.people.sms import SmsGateway

log = logging.getLogger(__name__)


class State(models.TextChoices):
    WAITING = "waiting", _("Chờ gửi")
    UNSURE = "unsure", _("Không rõ đã đến chưa")
    SENT = "sent", _("Đã gửi")
    FAILED = "failed", _("Nhà mạng không nhận")
    SKIPPED = "skipped", _("Không gửi")


class OwnersMessage(models.Model):
    """One message to one owner, with the words as they were sent.

    Attributes:
        person: to whom; forgotten later, and gone with that person.
        sent_at: when it was handed to the gateway; set before, so that a crash never sends it twice.
    """

    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    text = models.CharField(max_length=480)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def is_duty(self) -> bool:
        """Whether the law has the owner told of it; what is not may be restricted (decision 27)."""
        return False

    def take_up(self) -> None:
        """Mark it as handed over before it is: a crash may lose it, but never doubles it."""
        self.state, self.sent_at = State.UNSURE, timezone.now()
        self.save(update_fields=["state", "sent_at"])

    def hand_over(self, carrier: SmsGateway) -> None:
        """To the phone of its person, outside any transaction; keeps whether the gateway took it.

        Asked here once more, whoever prepared it: a restriction may have been granted while it waited.
        """
        if not self.is_duty and self.person_id and wants_none([self.person_id]):
            self.state = State.SKIPPED
            self.save(update_fields=["state"])
            return
        owner = Identity.objects.filter(person=self.person_id).first()
        if owner is None:  # erased a moment ago
            self.state = State.FAILED
            self.save(update_fields=["state"])
            return
        try:
            carrier.send(owner.phone, self.text)
        except httpx.HTTPError as error:
            log.warning("%s to an owner was not taken: %s", self, type(error).__name__)
            self.state = State.FAILED
        else:
            self.state = State.SENT
        self.save(update_fields=["state"])


def wants_none(people: Collection[int]) -> set[int]:
    """Which of them had messages restricted that no duty demands."""
    return restricted_among(people, Scope.MESSAGES)


def reachable(people: Collection[int]) -> set[int]:
    """Which of them have proved to hold a phone."""
    found = Identity.objects.filter(person__in=people, verified_at__isnull=False, phone_hash__isnull=False)
    return set(found.values_list("person_id", flat=True))


def languages_of(people: Collection[int]) -> dict[int, str]:
    """The language each consented in, `vi` or `en`; whoever is not named reads Vietnamese."""
    spoken = Consent.objects.filter(person__in=people).order_by("given_at").values_list("person_id", "language")
    return {person: "en" if language.startswith("en") else "vi" for person, language in spoken}


def codes_of(venues: Collection[int]) -> dict[int, str]:
    """The code on the poster of each: a venue's name is its owner's words, and stands in no message."""
    posters = Poster.objects.filter(venue__in=venues, withdrawn_at=None).order_by("version")
    return dict(posters.values_list("venue_id", "short_code"))
