"""Compiled code is never older than the sources it was made of."""

import shutil
import subprocess
import sys
from pathlib import Path

import dauchan.epi

PROGRAM = """
import numpy as np
from dauchan.epi.sorting import visits_by_day
print(visits_by_day(np.array([0, 1]), np.array([86399], np.int32))[1].tolist())
"""


def run(folder: Path) -> str:
    command = [sys.executable, "-c", PROGRAM]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env={"PYTHONPATH": str(folder)})
    return answer.stdout.strip()


def test_a_constant_of_another_file_is_compiled_anew(tmp_path: Path) -> None:
    package = tmp_path / "dauchan"
    shutil.copytree(Path(dauchan.epi.__file__).parent, package / "epi", ignore=shutil.ignore_patterns("__pycache__"))
    (package / "__init__.py").touch()
    assert run(tmp_path) == "[0]"
    intervals = package / "epi" / "intervals.py"
    intervals.write_text(
        intervals.read_text(encoding="utf-8").replace("DAY = 86_400", "DAY = 43_200"), encoding="utf-8"
    )
    assert run(tmp_path) == "[1]"
