"""Compiled code is never older than the sources it was made of."""

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numba

import dauchan.epi

# A loop that is compiled in a moment, with a constant of another file in it: are 50,000 seconds more than a day?
PROGRAM = """
import numpy as np
from dauchan.epi.figures import may_be_too_little
from dauchan.epi.records import EXPOSURE, Rule
row = np.zeros(1, EXPOSURE)
row["last"] = 50_000
print(may_be_too_little(Rule(1, 60, True, np.zeros(1, np.int32), np.zeros(1, np.int64)), row[0]))
"""


def run(folder: Path) -> str:
    command = [sys.executable, "-c", PROGRAM]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env={"PYTHONPATH": str(folder)})
    return answer.stdout.strip()


def test_a_constant_of_another_file_is_compiled_anew(tmp_path: Path) -> None:
    package = tmp_path / "dauchan"
    shutil.copytree(Path(dauchan.epi.__file__).parent, package / "epi", ignore=shutil.ignore_patterns("__pycache__"))
    (package / "__init__.py").touch()
    assert run(tmp_path) == "False"
    for kept in package.rglob("*.nbi"):  # names records that the sources to come do not have: it cannot even be read
        kept.write_bytes(pickle.dumps(numba.__version__) + b"cdauchan.epi.records\nGone\n.")
    intervals = package / "epi" / "intervals.py"
    intervals.write_text(
        intervals.read_text(encoding="utf-8").replace("DAY = 86_400", "DAY = 43_200"), encoding="utf-8"
    )
    assert run(tmp_path) == "True"
