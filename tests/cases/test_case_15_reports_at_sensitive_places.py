"""A report at a sensitive place is taken at its door, answered, and seen nowhere outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dauchan.oversight.models import Report
from dauchan.venues.actions import code_of
from tests.web.reported import drawn_face, photo_of, post_report
from tests.web.test_reports import answered

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from dauchan.units.models import Officer, Unit
    from tests.web.conftest import MakeVenue, SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def test_case_15_a_sensitive_venue_is_reported_at_its_door_and_seen_nowhere(
    client: Client, officer: Officer, signed_in: SignIn, commune: Unit, make_venue: MakeVenue
) -> None:
    officer_client = signed_in(officer)
    hidden = make_venue(commune, "Nhà Tạm Lánh", sensitive=True)
    for address in (f"/places/{hidden.pk}/report/", f"/reports/new/?code={hidden.pk}"):
        assert "Nhà Tạm Lánh" not in client.get(address).content.decode()
    assert "Nhà Tạm Lánh" not in client.get("/reports/new/?q=nha tam lanh").content.decode()
    door = f"/reports/new/?code={code_of(hidden.posters.get())}"
    assert "Nhà Tạm Lánh" in client.get(door).content.decode()
    assert post_report(client, door, photos=[photo_of(drawn_face())]).status_code == 302
    report = Report.objects.get()
    photo = report.photos.get()
    said = {"act": "publish", "boxes": "[]", "looked": "on"}
    officer_client.post(f"/officer/reports/photos/{photo.pk}/", said)
    answered(officer_client, report)
    pages = ["/reports/", f"/reports/?commune={commune.pk}", "/reports/board.csv", f"/reports/{report.code}/"]
    for page in pages:
        answer = client.get(page)
        content = b"".join(answer) if answer.streaming else answer.content
        assert "Nhà Tạm Lánh" not in content.decode()
    assert "Không đặt, dán bảng mã" not in client.get("/reports/").content.decode().partition("<ol")[2]
    assert client.get(f"/reports/photos/{photo.pk}.jpg").status_code == 404
