"""What a gate needs to read typed phone numbers by itself, taken from the library that the server reads them with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import phonenumbers
from phonenumbers import PhoneMetadata

from dauchan.vietnamese import phones

ON_THE_DEVICE = Path(__file__).parents[2] / "src/dauchan/web/client/src/gate/codes/phone-numbers.json"
_REGIONLESS = "001"


def numbers_for_the_device() -> dict[str, Any]:
    """The content of `phone-numbers.json`; `python -m tests.gate.phone_numbers` writes it."""
    vietnam: Any = PhoneMetadata.metadata_for_region("VN")
    lengths = vietnam.general_desc.possible_length
    return {
        "mobile": vietnam.mobile.national_number_pattern,
        "landline": f"{vietnam.fixed_line.national_number_pattern}|{vietnam.voip.national_number_pattern}",
        "general": vietnam.general_desc.national_number_pattern,
        "shortest": min(lengths),
        "longest": max(lengths),
        "prefixes_of_2018": phones._PREFIXES_OF_2018,
        "lengths_abroad": {
            str(code): _lengths(code, regions)
            for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items())
        },
    }


def _lengths(code: int, regions: tuple[str, ...]) -> list[int]:
    """The least and the most digits of a number behind this calling code."""
    found: set[int] = set()
    for region in regions:
        is_regionless = region == _REGIONLESS
        known: Any = (
            PhoneMetadata.metadata_for_nongeo_region(code)
            if is_regionless
            else PhoneMetadata.metadata_for_region(region)
        )
        if known is not None:
            found |= {length for length in known.general_desc.possible_length if length > 0}
    return [min(found), max(found)]


if __name__ == "__main__":
    ON_THE_DEVICE.write_text(json.dumps(numbers_for_the_device(), indent=1) + "\n", encoding="utf-8")
