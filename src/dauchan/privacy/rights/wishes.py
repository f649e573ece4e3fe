"""What a request asks for, as a person reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dauchan.people.restrictions.models import Scope

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LABELS: dict[str, StrOrPromise] = {
    "full_name": _("Họ và tên đúng"),
    "birth_year": _("Năm sinh đúng"),
    "address": _("Địa chỉ đúng"),
    "scope": _("Phạm vi hạn chế"),
}


def wish_in_words(wants: str) -> list[tuple[StrOrPromise, str]]:
    """The label and the value of each thing in the JSON that a request keeps."""
    said: dict[str, str] = json.loads(wants) if wants else {}
    if "scope" in said:
        said["scope"] = str(Scope(said["scope"]).label)
    return [(_LABELS[name], text) for name, text in said.items() if name in _LABELS]
