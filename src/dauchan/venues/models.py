"""Places with a code at the door: their registration, their posters, their public page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dauchan.units.languages import reads_english
from dauchan.units.uploads import unguessable_path
from dauchan.venues.gate_models import GateDevice, GateInvitation
from dauchan.venues.hold_models import VenueHold
from dauchan.venues.mode_models import Mode, ModeOrder
from dauchan.venues.reading_models import PosterReading
from dauchan.vietnamese import fold, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Category",
    "GateDevice",
    "GateInvitation",
    "Mode",
    "ModeOrder",
    "Poster",
    "PosterReading",
    "Venue",
    "VenueHold",
    "VenuePicture",
    "VenueStatus",
]


class Category(models.Model):
    """A kind of venue, with what the authority laid down for it. Reference data."""

    code = models.SlugField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    setting = models.CharField(max_length=10)
    default_stay_minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.POSTER)
    sensitive = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if reads_english() else self.name_vi


class VenueStatus(models.TextChoices):
    PENDING = "pending", _("Chờ duyệt")
    APPROVED = "approved", _("Đang hoạt động")
    REFUSED = "refused", _("Cần bổ sung")
    SUSPENDED = "suspended", _("Tạm đình chỉ")
    CLOSED = "closed", _("Đã đóng")


class SortKeyField(models.CharField):  # type: ignore[type-arg]  # generic for the type checker only
    """The venue's name in dictionary order; filled by itself, also by `bulk_create`."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - Django's signature
        key = sort_key(str(model_instance))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class Venue(models.Model):
    """A place people check in at. Its owner registers it, the commune's officer approves it."""

    owner = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="venues")
    name = models.CharField(_("Tên địa điểm"), max_length=120)
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("Loại hình"))
    address = models.CharField(_("Số nhà, đường, thôn hoặc tổ dân phố"), max_length=200)
    unit = models.ForeignKey("units.Unit", models.PROTECT, verbose_name=_("Phường, xã"), related_name="venues")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    # {"mon": [["07:00", "11:30"], ["13:00", "17:00"]], …}; a missing day is closed, an empty object is not stated.
    opening_hours = models.JSONField(_("Giờ mở cửa"), default=dict, blank=True)
    phone = models.CharField(_("Điện thoại liên hệ"), max_length=20, blank=True)
    description = models.TextField(_("Giới thiệu"), max_length=2000, blank=True)
    sensitive = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=VenueStatus.choices, default=VenueStatus.PENDING)
    registered_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decision_note = models.CharField(max_length=500, blank=True)
    # What the owner of a venue in use would like to be printed, until the officer agrees: {"name": "…", "lat": 16.4}.
    # Till then the approved facts stand, and the door keeps taking check-ins.
    proposal = models.JSONField(null=True, blank=True, editable=False)
    search_key = models.CharField(max_length=400, editable=False)
    sort_key = SortKeyField(max_length=800, editable=False, db_default="", db_collation="C")
    # The most people allowed inside; a gate warns when they are reached.
    capacity = models.PositiveIntegerField(_("Sức chứa"), null=True, blank=True)
    # Counted up by every save of a form, so that two people editing one venue never lose a change in silence.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["unit", "status"], name="venue_by_unit"),
            models.Index(fields=["owner"], name="venue_by_owner"),
            models.Index(fields=["sort_key", "id"], name="venue_in_order"),
            # What waits for an officer is a handful among thousands.
            models.Index(
                fields=["unit"],
                condition=Q(status="pending") | Q(proposal__isnull=False),
                name="venue_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="venue_point_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: object) -> None:
        self.search_key = self.searchable()
        if update_fields is not None:
            update_fields = {*update_fields, "search_key", "sort_key"}
        super().save(update_fields=update_fields, **kwargs)  # type: ignore[arg-type]

    @property
    def is_waiting(self) -> bool:
        """Whether the officer of its commune has something to decide."""
        return self.status == VenueStatus.PENDING or self.proposal is not None

    def searchable(self) -> str:
        return fold(f"{self.name} {self.address}")[:400]

    @property
    def full_address(self) -> str:
        return f"{self.address}, {self.unit.full_name}"

    @property
    def is_sensitive(self) -> bool:
        """Shelters, quarantine and defence sites: scanned like others, but shown to nobody outside."""
        return self.sensitive or self.category.sensitive

    @property
    def is_public(self) -> bool:
        """Whether its page, the search and the sitemap may show it at all."""
        return not self.is_sensitive and self.status in {VenueStatus.APPROVED, VenueStatus.SUSPENDED}


class Poster(models.Model):
    """One issue of a venue's code. Visits match on the venue, so a new issue never splits a list of contacts."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="posters")
    version = models.PositiveSmallIntegerField()
    short_code = models.CharField(max_length=9, unique=True)
    issued_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["venue", "version"], name="poster_version_once")]

    def __str__(self) -> str:
        return f"{self.short_code} (v{self.version})"


def picture_path(picture: VenuePicture, filename: str) -> str:  # noqa: ARG001 - neither place nor file name is told
    return unguessable_path("venues")


class VenuePicture(models.Model):
    """A picture of the public page, re-encoded on upload so that no metadata of the photographer remains.

    Without a venue it belongs to a form that its uploader has not finished: it is kept for a day.
    """

    venue = models.ForeignKey(Venue, models.CASCADE, null=True, related_name="pictures")
    uploader = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="+")
    image = models.ImageField(upload_to=picture_path)
    caption = models.CharField(_("Chú thích"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.caption or f"picture {self.pk}"
