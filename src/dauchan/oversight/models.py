"""What citizens report of a door, and what the responsible unit answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Finding(models.TextChoices):
    """The closed list of what can be wrong at a door (GLOSSARY section 5); reports and inspections share it."""

    NO_QR_POSTED = "no_qr_posted", _("Không đặt, dán bảng mã QR")
    WRONG_LOCATION = "wrong_location", _("Thông tin địa điểm trên mã không chính xác")
    UNSCANNABLE = "unscannable", _("Mã QR không quét được")
    NOT_ENFORCED = "not_enforced", _("Có mã nhưng không ai nhắc khách quét")
    WRONG_SYSTEM = "wrong_system", _("Dán mã của ứng dụng đã ngừng dùng")
    WRONG_SIZE = "wrong_size", _("Bảng mã quá nhỏ hoặc đặt chỗ khó quét")
    NOT_REGISTERED = "not_registered", _("Địa điểm chưa đăng ký")


class ReportStatus(models.TextChoices):
    RECEIVED = "received", _("Đã tiếp nhận")
    ANSWERED = "answered", _("Đã trả lời")


class Report(models.Model):
    """A citizen's report (phản ánh) about one venue. Nobody has to say who they are; the code lets them follow it."""

    code = models.CharField(max_length=9, unique=True)
    venue = models.ForeignKey("venues.Venue", models.PROTECT, related_name="reports")
    # The unit that answers: the venue's at the time of the report, also when the map changes later.
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    finding = models.CharField(_("Điều bạn thấy"), max_length=20, choices=Finding.choices)
    words = models.TextField(_("Mô tả thêm"), max_length=1000, blank=True)
    # A keyed hash, so that floods from one address can be counted without keeping addresses.
    address_hash = models.BinaryField(max_length=32)
    reported_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=ReportStatus.choices, default=ReportStatus.RECEIVED)
    answer = models.TextField(_("Trả lời"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-reported_at"]
        indexes = [
            models.Index(fields=["unit", "status", "-reported_at"], name="report_by_unit"),
            models.Index(fields=["address_hash", "reported_at"], name="report_by_address"),
        ]

    def __str__(self) -> str:
        return self.code
