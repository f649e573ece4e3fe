"""From what a gate's camera, hand scanner or keyboard gave to a person, with how sure that is. The text stays nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.actions import person_with_claimed_phone, person_with_document
from dauchan.people.card_models import CardState
from dauchan.people.models import ControlCard, Identity
from dauchan.people.phones.queries import code_is_refused
from dauchan.qr import (
    CarriedKind,
    CodeRefusal,
    CodeRefused,
    read_card_code,
    read_carried_code,
    read_personal_code,
)
from dauchan.qr.tokens import PERSONAL_CODE_SECONDS, read_personal_code_later
from dauchan.units.languages import reads_english
from dauchan.vietnamese import mask_name, mask_phone, read_phone
from dauchan.vietnamese.phones import PhoneRefused
from dauchan.visits.registry import Assurance, AttemptReason

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from dauchan.qr import CarriedCode

#: Digits and what people write between them: nothing that a code we know looks like.
_TYPED_NUMBER = re.compile(r"[\d\s.()+-]{3,24}", re.ASCII)
#: Anybody can make a national code; a card is at least an object that was shown.
_CLAIMED = frozenset({CarriedKind.NATIONAL_CODE})
_ATTEMPTS = {
    CodeRefusal.BAD_SIGNATURE: AttemptReason.FORGED,
    CodeRefusal.UNKNOWN_KEY: AttemptReason.OUTDATED,
    CodeRefusal.EXPIRED: AttemptReason.EXPIRED,
    CodeRefusal.NOT_YET: AttemptReason.EXPIRED,
}


@dataclass(frozen=True)
class Shown:
    """Whom a code stands for.

    Attributes:
        who: masked name and number, enough to recognise somebody who stands there.
    """

    person_id: int
    assurance: Assurance
    who: str


class GateRefused(Exception):
    """The scan is not taken. `reason` is from a closed list: CodeRefusal, PhoneRefusal, or one of those below."""

    def __init__(self, reason: str, sentence: StrOrPromise, attempt: AttemptReason | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sentence = sentence
        self.attempt = attempt


SIGNED_OUT_PHONE = (
    "signed_out_phone",
    _("Mã này của một máy đã bị đăng xuất. Hãy mở mã mới, hoặc nhập số điện thoại."),
    AttemptReason.OUTDATED,
)
UNKNOWN_PERSON = (
    "unknown_person",
    _("Không còn ai dùng mã cá nhân này. Hãy nhập số điện thoại."),
    AttemptReason.PERSON_UNKNOWN,
)
CARD_UNKNOWN = (
    "card_unknown",
    _("Hệ thống không có thẻ này. Hãy nhập số điện thoại, và báo phường, xã."),
    AttemptReason.CARD_UNKNOWN,
)
CARD_REVOKED = (
    "card_revoked",
    _("Thẻ này đã bị thu hồi. Hãy nhập số điện thoại; giữ lại thẻ nếu người đưa không phải chủ thẻ."),
    AttemptReason.CARD_REVOKED,
)
CARD_EXPIRED = (
    "card_expired",
    _("Thẻ này đã hết hạn. Hãy nhập số điện thoại, và nhắc chủ thẻ xin cấp lại."),
    AttemptReason.EXPIRED,
)
NOT_INSIDE = ("not_inside", _("Chưa có lượt vào ở đây. Hãy chuyển sang “Vào” nếu khách đang vào."))
VENUE_CLOSED = ("venue_not_open", _("Địa điểm này không còn ghi nhận lượt vào."))
NOTHING_TO_UNDO = ("nothing_to_undo", _("Lượt này không lấy lại được nữa."))


def read_shown(text: str, now: datetime) -> Shown:
    """The person behind *text*.

    Raises:
        GateRefused: with the reason and a sentence in the language of the interface.
    """
    if _TYPED_NUMBER.fullmatch(text.strip()):
        return _with_phone(text)
    try:
        carried = read_carried_code(text)
        if carried.kind is CarriedKind.PERSONAL_CODE:
            person_id = read_personal_code(carried.number, settings.CARD_KEYS.public_keys, int(now.timestamp()))
            _person, expires_at = read_personal_code_later(carried.number, settings.CARD_KEYS.public_keys)
            return _with_personal_code(person_id, expires_at - PERSONAL_CODE_SECONDS)
        if carried.kind is CarriedKind.CONTROL_CARD:
            return _with_card(read_card_code(carried.number, settings.CARD_KEYS.public_keys), now)
    except CodeRefused as refused:
        raise _refusal(refused.reason) from None
    return _with_document(carried)


def _with_phone(text: str) -> Shown:
    try:
        phone = read_phone(text)
    except PhoneRefused as refused:
        raise GateRefused(refused.reason.value, refused.reason.en if reads_english() else refused.reason.vi) from None
    return Shown(person_with_claimed_phone(phone).pk, Assurance.CLAIMED, mask_phone(phone))


def _with_personal_code(person_id: int, made_at: int) -> Shown:
    if code_is_refused(person_id, made_at):
        raise GateRefused(*SIGNED_OUT_PHONE)
    identity = Identity.objects.filter(pk=person_id).first()
    if identity is None:
        raise GateRefused(*UNKNOWN_PERSON)
    return Shown(person_id, Assurance.PHONE, f"{mask_name(identity.full_name)} {mask_phone(identity.phone)}".strip())


def _with_card(card_id: int, now: datetime) -> Shown:
    card = ControlCard.objects.select_related("person__identity").filter(pk=card_id).first()
    if card is None:
        raise GateRefused(*CARD_UNKNOWN)
    match card.state_on(timezone.localdate(now)):
        case CardState.REVOKED:
            raise GateRefused(*CARD_REVOKED)
        case CardState.EXPIRED:
            raise GateRefused(*CARD_EXPIRED)
    identity = getattr(card.person, "identity", None)
    name = mask_name(identity.full_name) if identity else ""
    return Shown(card.person_id, Assurance.CARD, f"{name} {card.serial}".strip())


def _with_document(carried: CarriedCode) -> Shown:
    person = person_with_document(carried.kind.value, carried.subject)
    assurance = Assurance.CLAIMED if carried.kind in _CLAIMED else Assurance.CARD
    return Shown(person.pk, assurance, f"{mask_name(carried.full_name)} {carried.masked_number}".strip())


def _refusal(reason: CodeRefusal) -> GateRefused:
    attempt = None if reason is CodeRefusal.EMPTY else _ATTEMPTS.get(reason, AttemptReason.FOREIGN)
    return GateRefused(reason.value, reason.sentence_en if reads_english() else reason.sentence_vi, attempt)


def attempt_of(reason: CodeRefusal) -> AttemptReason | None:
    """As which failed scan the ledger keeps a code that was refused; None where it keeps nothing."""
    return _refusal(reason).attempt
