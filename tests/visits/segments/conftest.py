"""A shelf of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import override_settings

from dauchan.visits.segments.shelf import Shelf, own_shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with override_settings(SEGMENTS_ROOT=str(tmp_path / "segments")), patch("os.fsync"):  # nobody pulls the plug here
        yield own_shelf()
