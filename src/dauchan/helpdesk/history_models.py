"""What was done to a ticket: lines that are only ever added, and emptied of their words when retention says so."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField
from dauchan.units.histories import HistoryLine


class Kind(models.TextChoices):
    OPENED = "opened", _("Tiếp nhận")
    TAKEN = "taken", _("Nhận việc")
    HANDED = "handed", _("Giao người khác")
    NOTED = "noted", _("Ghi chú nội bộ")
    ANSWERED = "answered", _("Trả lời")
    REOPENED = "reopened", _("Người gửi hỏi lại")
    RATED = "rated", _("Người gửi đánh giá")
    REMINDED = "reminded", _("Nhắc hạn")
    RECOUNTED = "recounted", _("Tính lại hạn")


#: What whoever holds the code reads; the others are among agents.
TOLD = (Kind.OPENED, Kind.TAKEN, Kind.ANSWERED, Kind.REOPENED, Kind.RATED)


class TicketEvent(HistoryLine):
    """Attributes:
    to: the agent it was handed to.
    words: ciphertext: an answer, a note, what the asker added.
    """

    ticket = models.ForeignKey("helpdesk.Ticket", models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    to = models.ForeignKey("units.Officer", models.PROTECT, null=True, related_name="+")
    words = EncryptedTextField(blank=True, default="")

    class Meta(HistoryLine.Meta):
        constraints = [
            models.UniqueConstraint(fields=["ticket", "mark"], condition=~Q(mark=""), name="ticket_clock_strikes_once")
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.kind}"
