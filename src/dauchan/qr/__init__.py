"""QR codes: those we sign and draw, and those that people carry. Pure: no Django, no clock; *now* is an argument.

Reading photographs is in `dauchan.qr.photos`, imported by that name: the door, which only verifies, starts light.
"""

from dauchan.qr.carried import read_carried_code
from dauchan.qr.claims import CarriedCode, CarriedKind, Sex
from dauchan.qr.drawing import qr_modules, qr_png, qr_svg, qr_version
from dauchan.qr.public_signing import SigningRing
from dauchan.qr.refusals import CodeRefusal, CodeRefused
from dauchan.qr.short_code import make_short_code, read_short_code
from dauchan.qr.signing import Keyring
from dauchan.qr.tokens import (
    make_card_code,
    make_person_token,
    make_personal_code,
    read_card_code,
    read_person_token,
    read_personal_code,
)
from dauchan.qr.venue_code import VenueCode, make_venue_code, read_venue_code, venue_url

__all__ = [
    "CarriedCode",
    "CarriedKind",
    "CodeRefusal",
    "CodeRefused",
    "Keyring",
    "Sex",
    "SigningRing",
    "VenueCode",
    "make_card_code",
    "make_person_token",
    "make_personal_code",
    "make_short_code",
    "make_venue_code",
    "qr_modules",
    "qr_png",
    "qr_svg",
    "qr_version",
    "read_card_code",
    "read_carried_code",
    "read_person_token",
    "read_personal_code",
    "read_short_code",
    "read_venue_code",
    "venue_url",
]
