"""What an officer types or scans of somebody's card: a number to be hashed, and what the card says besides."""

from __future__ import annotations

import re
from typing import NamedTuple

from django import forms
from django.utils.translation import gettext as _

from dauchan.qr import CodeRefused, read_carried_code
from dauchan.qr.claims import CarriedCode, CarriedKind
from dauchan.tracing.intake.reports import Document
from dauchan.units.languages import reads_english
from dauchan.vietnamese import clean_text

_CITIZEN = re.compile(r"\d{12}|\d{9}", re.ASCII)
_INSURED = re.compile(r"(?:[A-Z]{2}\d{3})?(?P<person>\d{10})", re.ASCII)


class TypedDocument(NamedTuple):
    """The document, and name and year of birth where the text of a whole card was scanned."""

    document: Document
    full_name: str = ""
    birth_year: int | None = None


def document_typed(text: str) -> TypedDocument | None:
    """The document in *text*: the number of a CCCD, CMND or BHYT card, or the whole text of its code; None for nothing.

    Raises: ValidationError with the reason, in the language of the page.
    """
    typed = clean_text(text)
    if not typed:
        return None
    if "|" in typed:
        carried = _carried(typed)
        return TypedDocument(Document(carried.kind, carried.subject), carried.full_name, carried.birth_year)
    number = re.sub(r"[\s.-]", "", typed).upper()
    if _CITIZEN.fullmatch(number):
        return TypedDocument(_document(CarriedKind.IDENTITY_CARD_2021, number))
    if insured := _INSURED.fullmatch(number):
        return TypedDocument(_document(CarriedKind.INSURANCE_CARD_NEW, insured["person"]))
    raise forms.ValidationError(_("Số CCCD có 12 chữ số, CMND có 9, mã số BHYT có 10 hoặc 15 ký tự."), code="document")


def _document(kind: CarriedKind, number: str) -> Document:
    return Document(kind, CarriedCode(kind, number).subject)


def _carried(text: str) -> CarriedCode:
    try:
        carried = read_carried_code(text)
    except CodeRefused as refused:
        is_english = reads_english()
        reason = refused.reason.sentence_en if is_english else refused.reason.sentence_vi
        raise forms.ValidationError(reason, code="document") from None
    if carried.kind in {CarriedKind.PERSONAL_CODE, CarriedKind.CONTROL_CARD}:
        raise forms.ValidationError(_("Hãy nhập CCCD hoặc thẻ BHYT, không phải mã của hệ thống này."), code="document")
    return carried
