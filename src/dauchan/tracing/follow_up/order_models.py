"""Orders of isolation and release. An order cites its exposure, its signer, its legal basis and the way to appeal.

In Henan 1,317 people were given red codes for protesting at a bank. Here the database itself refuses an order of isolation
that states no exposure, and one that was signed by whoever drafted it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.encryption import EncryptedTextField
from dauchan.tracing.follow_up.reference_models import AppealRoute, LegalBasis, Place


class OrderKind(models.TextChoices):
    ISOLATION = "isolation", _("Quyết định cách ly")
    RELEASE = "release", _("Quyết định kết thúc cách ly")


class OrderStatus(models.TextChoices):
    DRAFT = "draft", _("Chờ ký")
    RETURNED = "returned", _("Trả lại")
    SIGNED = "signed", _("Đã ký")
    REVOKED = "revoked", _("Đã thu hồi")
    RELEASED = "released", _("Đã kết thúc cách ly")


LIVE = (OrderStatus.DRAFT, OrderStatus.SIGNED)


class SigningAs(models.TextChoices):
    """In whose name an order is signed: the head of the document and the words above the signature follow from it."""

    CHAIR = "chair", _("Chủ tịch Ủy ban nhân dân")
    DEPUTY = "deputy", _("Phó Chủ tịch Ủy ban nhân dân, ký thay")
    DIRECTOR = "director", _("Giám đốc Trung tâm Kiểm soát bệnh tật")


class Order(models.Model):
    """An order about one contact, from its draft on. What identifies the person is ciphertext, kept when it is signed."""

    kind = models.CharField(max_length=10, choices=OrderKind.choices)
    status = models.CharField(max_length=10, choices=OrderStatus.choices, default=OrderStatus.DRAFT)
    follow_up = models.ForeignKey("FollowUp", models.SET_NULL, null=True, related_name="orders")
    contact = models.ForeignKey("tracing.Contact", models.PROTECT, null=True, related_name="orders")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="orders")
    releases = models.ForeignKey("self", models.PROTECT, null=True, related_name="released_by")
    # The exposure, as the contact row had it when the order was drafted; of somebody whom the case named: told, no minutes.
    exposed_from = models.DateTimeField(null=True)
    exposed_to = models.DateTimeField(null=True)
    exposure_seconds = models.PositiveIntegerField(null=True)
    exposure_is_told = models.BooleanField(default=False)
    exposure_venue = models.ForeignKey("venues.Venue", models.PROTECT, null=True, related_name="+")
    # Null, and not empty, where nobody told of a place: the database counts on it.
    exposure_place: models.Field[str | None, str | None] = EncryptedTextField(_("Nơi tiếp xúc"), null=True)  # type: ignore[assignment,misc]
    place = models.CharField(_("Hình thức"), max_length=8, choices=Place.choices)
    begins_on = models.DateField(_("Từ ngày"))
    until_on = models.DateField(_("Đến hết ngày trước ngày"))
    bases = models.ManyToManyField(LegalBasis, related_name="+")
    appeal_route = models.ForeignKey(AppealRoute, models.PROTECT, related_name="+")
    purpose = models.CharField(_("Lý do"), max_length=300)
    # JSON of name, year of birth and address, from the moment of signing until retention ends.
    holder = EncryptedTextField(blank=True)
    where = EncryptedTextField(_("Nơi cách ly"), blank=True)
    # Retention ended: what identified the person was removed.
    person_gone = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    returned_note = EncryptedTextField(_("Lý do trả lại"), blank=True)
    signing_as = models.CharField(_("Thẩm quyền ký"), max_length=8, choices=SigningAs.choices)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    number = models.PositiveIntegerField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    delivered_at = models.DateTimeField(null=True)
    delivered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_note = EncryptedTextField(_("Lý do thu hồi"), blank=True)

    class Meta:
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    Q(exposure_venue__isnull=False) | Q(exposure_place__isnull=False),
                    Q(exposure_seconds__gt=0) | Q(exposure_is_told=True),
                    contact__isnull=False,
                    exposed_from__isnull=False,
                    exposed_to__isnull=False,
                    exposed_to__gte=F("exposed_from"),
                    exposure_seconds__isnull=False,
                )
                | Q(kind=OrderKind.RELEASE),
                name="order_states_its_exposure",
            ),
            models.CheckConstraint(
                condition=Q(kind=OrderKind.ISOLATION, releases__isnull=True)
                | Q(kind=OrderKind.RELEASE, releases__isnull=False),
                name="release_names_its_order",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True, number__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False, number__isnull=False, year__isnull=False),
                name="order_signed_and_numbered",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "returned"]) | Q(signed_by__isnull=False),
                name="order_in_force_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("drafted_by")), name="order_second_person"
            ),
            models.CheckConstraint(condition=Q(until_on__gt=F("begins_on")), name="order_not_inverted"),
            models.UniqueConstraint(fields=["unit", "signing_as", "year", "number"], name="order_number_once_a_year"),
        ]
        indexes = [
            models.Index(fields=["drafted_at"], name="order_by_draft"),
            models.Index(fields=["signed_at"], name="order_by_signature"),
        ]

    def __str__(self) -> str:
        return self.sign

    @property
    def sign(self) -> str:
        """Number and sign of the document, as NĐ 30/2020/NĐ-CP has them: 12/QĐ-UBND."""
        body = "TTKSBT" if self.signing_as == SigningAs.DIRECTOR else "UBND"
        return f"{self.number or '……'}/QĐ-{body}"


class Appeal(models.Model):
    """That somebody appealed against an order, and what was answered; the words are ciphertext."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="appeals")
    received_on = models.DateField(_("Ngày nhận"))
    words = EncryptedTextField(_("Nội dung khiếu nại"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    answer = EncryptedTextField(_("Nội dung trả lời"), blank=True)
    is_upheld = models.BooleanField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return f"{self.order_id} {self.received_on}"


class AlertReason(models.TextChoices):
    MANY = "many", _("quá số lượng trong một giờ")
    UNUSUAL = "unusual", _("nhiều bất thường so với thường ngày")


class OrderAlert(models.Model):
    """So many orders in an hour that somebody outside the tracing team must look at why."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    step = models.CharField(max_length=8, choices=[("drafted", _("soạn")), ("signed", _("ký"))])
    reason = models.CharField(max_length=8, choices=AlertReason.choices)
    orders = models.PositiveIntegerField()
    usual_an_hour = models.FloatField()
    officers = models.PositiveSmallIntegerField()
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    note = models.CharField(_("Kết luận"), max_length=300, blank=True)

    class Meta:
        ordering = ["-raised_at"]

    def __str__(self) -> str:
        return f"{self.raised_at:%Y-%m-%d %H:%M} {self.orders}"
