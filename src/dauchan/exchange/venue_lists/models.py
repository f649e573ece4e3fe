"""A list of venues that somebody handed in, and its rows. Both hold what people wrote of others: sealed, and not for long."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField

if TYPE_CHECKING:
    from dauchan.exchange.venue_lists.drafts import Draft
    from dauchan.exchange.venue_lists.reasons import Reason


class State(models.TextChoices):
    """Where a list stands. What waits or runs is done by the worker."""

    READ = "read", _("Chờ chọn cột")
    CHECKING = "checking", _("Đang kiểm tra")
    CHECKED = "checked", _("Đã kiểm tra, chưa ghi")
    KEEPING = "keeping", _("Đang ghi")
    KEPT = "kept", _("Đã ghi vào hệ thống")
    UNDONE = "undone", _("Đã hoàn tác")
    FAILED = "failed", _("Không xong")


class RowState(models.TextChoices):
    GOOD = "good", _("Ghi được")
    ASKS = "asks", _("Có thể trùng")
    FAULTY = "faulty", _("Có lỗi")


class Decision(models.TextChoices):
    """What a person says of a row that is like a venue or an earlier row."""

    SKIP = "skip", _("Giữ nơi đã có, bỏ dòng này")
    MERGE = "merge", _("Bổ sung vào nơi đã có")
    NEW = "new", _("Là nơi khác, đăng ký mới")


class Outcome(models.TextChoices):
    REGISTERED = "registered", _("Đã đăng ký mới")
    MERGED = "merged", _("Đã bổ sung vào nơi đã có")
    SKIPPED = "skipped", _("Đã bỏ qua dòng này")
    LEFT_OUT = "left_out", _("Chưa quyết định nên không ghi")
    REMOVED = "removed", _("Đã hoàn tác")
    CLOSED = "closed", _("Đã đóng khi hoàn tác")
    STAYS = "stays", _("Không hoàn tác được")


class VenueList(models.Model):
    """One file that was handed in.

    Attributes:
        content: the file, sealed; null once it is forgotten.
        layout: of each sheet its title, the row of headings and which column says what.
        options: what was chosen for rows that do not say it, and whether venues are approved at once.
        counts: of rows by state, later by outcome, and rows passed over.
    """

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    content = models.BinaryField(null=True)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    layout = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    rows_in_all = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["unit", "-uploaded_at"], name="venue_list_by_unit")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_under_way(self) -> bool:
        return self.state in {State.CHECKING, State.KEEPING}

    @property
    def can_be_kept(self) -> bool:
        return self.state == State.CHECKED


class VenueRow(models.Model):
    """One row of a list.

    Attributes:
        position: in the order of the file, over all sheets, from 1.
        number: as the spreadsheet counts within its sheet.
        said: what it says, its faults and remarks, as JSON, sealed: numbers and names of owners stand in it.
        twin: position of an earlier row that may be the same place.
        into: of a merge, the venue; null for that of the twin.
        alike: ids of venues that may be the same place, the likeliest first.
        venue: what became of it.
        filled: of a merge, the fields that were filled in and what stood in them before.
        is_new_owner: the owner was written down for this row.
    """

    venue_list = models.ForeignKey(VenueList, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    sheet = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=6, choices=RowState.choices)
    said = EncryptedTextField()
    twin = models.PositiveIntegerField(null=True)
    alike = models.JSONField(default=list)
    decision = models.CharField(max_length=5, choices=Decision.choices, blank=True)
    into = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    venue = models.ForeignKey("venues.Venue", models.SET_NULL, null=True, related_name="list_rows")
    filled = models.JSONField(default=dict)
    is_new_owner = models.BooleanField(default=False)
    why = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["venue_list", "position"], name="venue_row_position_once")]
        indexes = [models.Index(fields=["venue_list", "state", "position"], name="venue_row_by_state")]

    def __str__(self) -> str:
        return f"{self.venue_list_id}: {self.sheet}/{self.number}"

    @property
    def content(self) -> dict[str, Any]:
        """What was sealed: `draft` (null where there is none), `faults`, `remarks`, and `cells` as they were said."""
        if not hasattr(self, "_content"):
            self._content: dict[str, Any] = json.loads(self.said)
        return self._content

    @property
    def draft(self) -> Draft | None:
        from dauchan.exchange.venue_lists.drafts import Draft

        return Draft(**self.content["draft"]) if self.content["draft"] else None

    @property
    def reasons(self) -> list[Reason]:
        """Faults, then remarks."""
        return [(code, named) for code, named in (*self.content["faults"], *self.content["remarks"])]
