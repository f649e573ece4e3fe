"""Rounds of inspection: who goes where, when, and how the places were chosen."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.inspections.drawing import drawn


class RoundState(models.TextChoices):
    OPEN = "open", _("Đang thực hiện")
    CLOSED = "closed", _("Đã kết thúc")
    CANCELLED = "cancelled", _("Đã hủy")


class Round(models.Model):
    """A round of inspection (đợt kiểm tra) of a unit: a period, a team, and the places it goes to.

    Attributes:
        number: of the plan or decision it rests on, as a person wrote it.
        until_on: the first day that is no longer of it.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="inspection_rounds")
    title = models.CharField(_("Tên đợt kiểm tra"), max_length=120)
    number = models.CharField(_("Số kế hoạch, quyết định"), max_length=60, blank=True)
    first_on = models.DateField()
    until_on = models.DateField()
    words = models.CharField(_("Nội dung, yêu cầu"), max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_words = models.CharField(max_length=500, blank=True)
    # Counted up by every change of the plan, so that of two who change it at once the second is told.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-first_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("first_on")), name="inspection_round_not_inverted")
        ]
        indexes = [models.Index(fields=["unit", "state", "-first_on"], name="inspection_round_by_unit")]

    def __str__(self) -> str:
        return self.title

    @property
    def last_on(self) -> dt.date:
        return self.until_on - dt.timedelta(days=1)

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN

    @property
    def audit_name(self) -> str:
        return f"inspection_round:{self.pk}"


class TeamMember(models.Model):
    """An officer of the team (đoàn, tổ kiểm tra) of a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="team")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="inspection_teams")
    leads = models.BooleanField(default=False)

    class Meta:
        ordering = ["-leads", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "officer"], name="team_member_once"),
            models.UniqueConstraint(fields=["round"], condition=Q(leads=True), name="team_has_one_leader"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.officer}"


class ChosenBy(models.TextChoices):
    """Why a place is in a round."""

    RISK = "risk", _("Theo điểm rủi ro")
    LOT = "lot", _("Bốc thăm ngẫu nhiên")
    REFERRAL = "referral", _("Theo phiếu chuyển xử lý")
    REPORT = "report", _("Theo phản ánh")
    AGAIN = "again", _("Kiểm tra lại")
    OFFICER = "officer", _("Cán bộ chọn")


class Stop(models.Model):
    """One place of a round.

    Attributes:
        position: in the order of the route, from 1.
        source: the row that gave cause, in the words of the audit log: `sign:12`, `referral:7`, `inspection:3`.
        parts: the points that made its score on the day it was chosen, `[{"name": …, "points": …, "most": …, "fact": …}]`.
        dropped_at: it was taken out of the round again; the row stays, and says why.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="stops")
    venue = models.ForeignKey("venues.Venue", models.PROTECT, related_name="inspection_stops")
    position = models.PositiveIntegerField(default=0)
    chosen_by = models.CharField(max_length=10, choices=ChosenBy.choices)
    source = models.CharField(max_length=40, blank=True)
    score = models.PositiveSmallIntegerField(default=0)
    parts = models.JSONField(default=list)
    added_at = models.DateTimeField(default=timezone.now)
    dropped_at = models.DateTimeField(null=True)
    dropped_words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "venue"], name="inspection_stop_once")]
        indexes = [models.Index(fields=["venue"], name="inspection_stop_by_venue")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.venue_id}"


class Draw(models.Model):
    """A draw by lot that anybody can repeat: the pool, the seed and the method make the same places again.

    Rows are only ever added: the database refuses anything else.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="draws")
    seed = models.CharField(max_length=64)
    method = models.CharField(max_length=20)
    pool = models.JSONField()
    chosen = models.JSONField()
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["drawn_at", "pk"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.seed}"

    @property
    def holds(self) -> bool:
        """Whether drawing again from its pool gives what it says."""
        chosen: list[int] = self.chosen
        return drawn(self.pool, len(chosen), self.seed) == chosen
