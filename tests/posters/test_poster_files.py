"""`dauchan posters`: no place of an area is left out, whatever its commune is called."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pypdfium2 import PdfDocument

from dauchan.project import poster_files
from dauchan.project.poster_files import write_posters
from dauchan.venues.posters import PosterFace

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def face(name: str, unit: str) -> PosterFace:
    return PosterFace(
        name=name,
        address="Thôn Thử",
        category="Chợ",
        url="https://quet.example/q/AAAA-BBBB",
        short_code="AAAA-BBBB",
        version=1,
        issued_on=dt.date(2026, 3, 2),
        authority="Ủy ban nhân dân thành phố Thử",
        unit=unit,
    )


def test_a_file_for_each_commune_and_a_second_where_one_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poster_files, "MOST_IN_A_FILE", 2)
    units = ["Ủy ban nhân dân xã Hương Phong"] * 3 + ["Ủy ban nhân dân xã A"] + ["Ủy ban nhân dân xã Hương Phong"]
    faces = [face(f"Chợ {number}", unit) for number, unit in enumerate(units)]
    written = list(write_posters(faces, "a5", tmp_path / "new"))
    assert [(path.name, posters) for path, posters in written] == [
        ("uy-ban-nhan-dan-xa-huong-phong-a5.pdf", 2),
        ("uy-ban-nhan-dan-xa-huong-phong-2-a5.pdf", 1),
        ("uy-ban-nhan-dan-xa-a-a5.pdf", 1),
        ("uy-ban-nhan-dan-xa-huong-phong-3-a5.pdf", 1),
    ]
    assert [len(PdfDocument(path)) for path, _ in written] == [2, 1, 1, 1]
