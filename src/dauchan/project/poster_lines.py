"""What `dauchan read-poster` prints of one photograph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from dauchan.qr.photo_files import Taken
    from dauchan.qr.photo_grades import Grade
    from dauchan.qr.photo_sizes import PrintedSize
    from dauchan.qr.photos import PhotoReading, WallCode

NOT_A_PICTURE = {
    "reason": "not_a_picture",
    "vi": "Không mở được tệp như một ảnh (JPEG, PNG, WebP…).",
    "en": "The file could not be opened as a picture (JPEG, PNG, WebP …).",
}
TOO_LARGE = {
    "reason": "too_large",
    "vi": "Ảnh quá lớn: tối đa 60 triệu điểm ảnh.",
    "en": "The picture is too large: 60 million pixels at most.",
}


def nothing_line(photo: Path, reason: dict[str, str]) -> dict[str, Any]:
    return {"photo": str(photo), "codes": [], "nothing": reason}


def reading_line(photo: Path, reading: PhotoReading) -> dict[str, Any]:
    return {
        "photo": str(photo),
        "taken": _taken(reading.taken),
        "codes": [_code(code) for code in reading.codes],
        "nothing": reading.nothing and _reason(reading.nothing),
    }


def _code(code: WallCode) -> dict[str, Any]:
    return {
        "text": code.text,
        "authenticity": code.authenticity,
        "refusal": code.refusal and _reason(code.refusal),
        "venue_id": code.venue and code.venue.venue_id,
        "poster_version": code.venue and code.venue.poster_version,
        "key_version": code.venue and code.venue.key_version,
        "grade": _grade(code.grade),
        "printed_size": _size(code.size),
        "metres_away_if_15_cm": code.metres_if_full and round(code.metres_if_full, 2),
        "corners": [[round(x, 1), round(y, 1)] for x, y in code.corners],
    }


def _taken(taken: Taken) -> dict[str, float | None] | None:
    """Where, as the photo itself says."""
    if taken.lat is None:
        return None
    return {"lat": taken.lat, "lon": taken.lon, "accuracy_m": taken.accuracy_m}


def _size(size: PrintedSize | None) -> dict[str, Any] | None:
    if size is None:
        return None
    basis = size.basis
    return {
        "low_cm": size.low_cm,
        "high_cm": size.high_cm,
        "basis": str(basis),
        "vi": basis.sentence_vi,
        "en": basis.sentence_en,
    }


def _grade(grade: Grade) -> dict[str, Any]:
    return {
        "letter": grade.letter,
        "module_pixels": grade.module_pixels,
        "contrast": grade.contrast,
        "unused_correction": grade.unused_correction,
        "clearness": grade.clearness,
        "reasons": [_reason(reason) for reason in grade.reasons],
    }


def _reason(reason: Any) -> dict[str, str]:  # noqa: ANN401 - any of the closed lists with sentences
    return {"reason": str(reason), "vi": reason.sentence_vi, "en": reason.sentence_en}
