"""QR codes in a picture, for tests that read what was printed."""

from typing import TYPE_CHECKING

import zxingcpp

if TYPE_CHECKING:
    from PIL.Image import Image

_ONLY_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


def qr_codes_in(picture: "Image") -> list[zxingcpp.Barcode]:
    """All of them; of every kind there is, the dots of a code are now and then taken for a bar code across."""
    return list(zxingcpp.read_barcodes(picture, formats=_ONLY_QR))
