"""Symptoms a case may have shown, of all diseases under surveillance: a closed list, so that line lists can be counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable


class Symptom(models.TextChoices):
    FEVER = "fever", _("Sốt")
    COUGH = "cough", _("Ho")
    SORE_THROAT = "sore_throat", _("Đau họng")
    RUNNY_NOSE = "runny_nose", _("Chảy nước mũi")
    BREATHLESS = "breathless", _("Khó thở")
    TIRED = "tired", _("Mệt mỏi")
    HEADACHE = "headache", _("Đau đầu")
    MUSCLE_PAIN = "muscle_pain", _("Đau cơ")
    LOSS_OF_SMELL = "loss_of_smell", _("Mất khứu giác, vị giác")
    DIARRHOEA = "diarrhoea", _("Tiêu chảy")
    VOMITING = "vomiting", _("Nôn")
    RASH = "rash", _("Phát ban")
    RED_EYES = "red_eyes", _("Đỏ mắt, viêm kết mạc")
    SWOLLEN_NECK = "swollen_neck", _("Sưng cổ, hạch cổ")
    THROAT_MEMBRANE = "throat_membrane", _("Giả mạc ở họng")
    OTHER = "other", _("Triệu chứng khác")


def symptom_words(codes: Iterable[str]) -> list[str]:
    """The symptoms in the language of the page, in the order of the list; what is none of them is passed over."""
    shown = set(codes)
    return [str(symptom.label) for symptom in Symptom if symptom.value in shown]
