"""How the console begins."""

from __future__ import annotations

import subprocess
import sys

BEGIN = (
    "import gc, sys, dauchan.project.wsgi; print('dauchan.web.urls' in sys.modules, gc.get_freeze_count() > 100_000)"
)


def test_nobody_waits_while_what_was_loaded_at_the_start_is_looked_through() -> None:
    done = subprocess.run([sys.executable, "-c", BEGIN], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
