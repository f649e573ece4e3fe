"""What came of a try to tell somebody, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dauchan.exchange.programs import errors

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_FAILURES: dict[str, StrOrPromise] = {
    **{kind.code: kind.message for kind in errors.AddressRefused.__subclasses__()},
    "certificate": _("Chứng thư của bên nhận hết hạn hoặc không được tin cậy."),
    "timeout": _("Bên nhận không trả lời trong 10 giây."),
    "unreachable": _("Không kết nối được với bên nhận."),
}


def came_of_it(status: int | None, failure: str | None) -> str:
    """Empty where nothing was tried yet."""
    if status:
        return f"HTTP {status}"
    return str(_FAILURES.get(failure or "", ""))
