"""From what a gate sealed to whom it was shown. Pure: the door and the console open alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dauchan.people.sealing import PHONE, SUBJECT, hash_text, seal_text
from dauchan.qr.claims import CarriedCode, CarriedKind
from dauchan.qr.refusals import CodeRefusal, CodeRefused
from dauchan.qr.signing import Keyring
from dauchan.qr.tokens import (
    CLOCK_SKEW_SECONDS,
    PERSONAL_CODE_SECONDS,
    read_card_code,
    read_personal_code_later,
)
from dauchan.visits.gate_items import Shown, Subject
from dauchan.visits.registry import Assurance, AttemptReason, Label

_PHONE = "phone"
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_MOST_CHARACTERS = 512
#: Anybody can make a national code; a card is at least an object that was shown.
_CLAIMED = frozenset({CarriedKind.NATIONAL_CODE})
_ATTEMPTS = {
    CodeRefusal.BAD_SIGNATURE: AttemptReason.FORGED,
    CodeRefusal.UNKNOWN_KEY: AttemptReason.OUTDATED,
}


class NotCarried(Exception):
    """The opened text is none that a gate writes."""


@dataclass(frozen=True)
class Reading:
    """The keys with which opened texts are read.

    Attributes:
        card_keys: public keys of control cards and personal codes by version.
        lookup_key: for keyed hashes.
        personal_keys: encrypt the phone of somebody new.
    """

    card_keys: Mapping[int, bytes]
    lookup_key: bytes = field(repr=False)
    personal_keys: Keyring = field(repr=False)

    def shown(self, text: str, at: int) -> Shown:
        """Whom `kind:number` stands for, scanned at `at` (epoch seconds).

        A personal code is taken however late it arrives: the gate has judged its age. Where the corrected time says
        otherwise, a clock was wrong.

        Raises:
            NotCarried: the text is none that a gate writes.
        """
        kind, colon, number = text.partition(":")
        if not (colon and number) or len(number) > _MOST_CHARACTERS:
            raise NotCarried
        try:
            return self._phone(number) if kind == _PHONE else self._carried(kind, number, at)
        except CodeRefused as refused:
            return Shown(reason=int(_ATTEMPTS.get(refused.reason, AttemptReason.FOREIGN)))

    def _phone(self, number: str) -> Shown:
        if not _E164.fullmatch(number):
            raise NotCarried
        hashed = hash_text(number, PHONE, self.lookup_key)
        sealed = seal_text(number, self.personal_keys)
        return Shown(Subject.PHONE, int(Assurance.CLAIMED), hashed=hashed, phone=sealed)

    def _carried(self, kind: str, number: str, at: int) -> Shown:
        try:
            carried = CarriedCode(CarriedKind(kind), number)
        except ValueError:
            raise NotCarried from None
        if carried.kind is CarriedKind.PERSONAL_CODE:
            person_id, expires_at = read_personal_code_later(number, self.card_keys)
            age = at - (expires_at - PERSONAL_CODE_SECONDS)
            fresh = -CLOCK_SKEW_SECONDS <= age <= PERSONAL_CODE_SECONDS + CLOCK_SKEW_SECONDS
            labels = 0 if fresh else int(Label.CLOCK_SKEW)
            return Shown(Subject.PERSON, int(Assurance.PHONE), person_id, labels=labels)
        if carried.kind is CarriedKind.CONTROL_CARD:
            return Shown(Subject.CARD, int(Assurance.CARD), read_card_code(number, self.card_keys))
        assurance = Assurance.CLAIMED if carried.kind in _CLAIMED else Assurance.CARD
        hashed = hash_text(carried.subject, SUBJECT, self.lookup_key)
        return Shown(Subject.DOCUMENT, int(assurance), kind=kind, hashed=hashed)
