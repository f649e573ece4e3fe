"""Words that everybody here would try first: a password that consists of little else is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from dauchan.units.models import Officer

#: Folded and without spaces, the longest first: what the system, its work and its authorities are called.
OWN_WORDS = sorted(
    (
        *("dauchan", "footprint", "kiemdich", "chongdich", "phongdich", "truyvet", "khaibaoyte", "quetma", "maqr", "covid", "corona"),
        *("thuathienhue", "thanhphohue", "hue", "hues", "vietnam", "uybannhandan", "ubnd", "soyte", "sotttt", "cdc", "canbo"),
        *("matkhau", "password", "admin", "hotline", "19001075", "7253"),
    ),
    key=len,
    reverse=True,
)  # fmt: skip
LEAST_ELSE = 8


class OwnWords:
    """A validator of Django's: what is left without these words, and a year after them, must still be long enough to be worth guessing."""

    def validate(self, password: str, user: Officer | None = None) -> None:
        """Raises: ValidationError."""
        del user  # of the officer's own name another validator takes care
        said = left = "".join(filter(str.isalnum, fold(password)))
        for word in OWN_WORDS:
            left = left.replace(word, "")
        if left != said and len(left.rstrip("0123456789")) < LEAST_ELSE:
            raise ValidationError(self.get_help_text(), code="own_words")

    def get_help_text(self) -> str:
        return _("Mật khẩu không được chủ yếu gồm tên hệ thống, cơ quan hay địa phương.")
