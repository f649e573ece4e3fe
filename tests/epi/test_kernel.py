"""Compiled code is never older than the sources it was made of."""

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numba

import dauchan.epi

PROGRAM = """
from dauchan.epi import VisitIndex
from dauchan.epi.crowds import day_visits
index = VisitIndex.from_arrays([1, 2], [7, 7], [-25200, 24800], [0, 25000])
print(day_visits(index.spans).visits[0, 0])
"""


def run(folder: Path) -> str:
    command = [sys.executable, "-c", PROGRAM]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env={"PYTHONPATH": str(folder)})
    return answer.stdout.strip()


def test_a_constant_of_another_file_is_compiled_anew(tmp_path: Path) -> None:
    package = tmp_path / "dauchan"
    shutil.copytree(Path(dauchan.epi.__file__).parent, package / "epi", ignore=shutil.ignore_patterns("__pycache__"))
    (package / "__init__.py").touch()
    assert run(tmp_path) == "2"
    for kept in package.rglob("*.nbi"):  # names records that the sources to come do not have: it cannot even be read
        kept.write_bytes(pickle.dumps(numba.__version__) + b"cdauchan.epi.records\nGone\n.")
    intervals = package / "epi" / "intervals.py"
    intervals.write_text(
        intervals.read_text(encoding="utf-8").replace("DAY = 86_400", "DAY = 43_200"), encoding="utf-8"
    )
    assert run(tmp_path) == "1"
