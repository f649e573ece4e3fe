"""By what two people are taken for perhaps one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Likeness(models.TextChoices):
    NAME = "name", _("cùng họ tên")
    NAME_YEAR = "name_year", _("cùng họ tên và năm sinh")
    ENDS_YEAR = "ends_year", _("cùng họ, cùng tên và năm sinh")
