from __future__ import annotations

import pytest

from dauchan.units.models import Unit
from tests.compliance.listed_scans import unit


@pytest.fixture
def province(db: None) -> Unit:
    return unit("Tỉnh", "91")
