"""The peers' own Python environments, made on first use and kept under var/bench: the product needs none of them."""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
VAR = Path(os.environ.get("DAUCHAN_VAR", HERE.parent / "var")) / "bench"


def peers_python(name: str) -> Path:
    """The interpreter with what `requirements-NAME.txt` asks for."""
    folder = VAR / f"environment-{name}"
    wanted = HERE / f"requirements-{name}.txt"
    python = folder / "bin" / "python"
    if not (folder / "installed").exists():
        print("Installing the peers … / Đang cài các hệ so sánh …", file=sys.stderr)
        venv.create(folder, with_pip=True)
        words = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", wanted]
        subprocess.run(words, check=True)  # noqa: S603 - our own words
        (folder / "installed").touch()
    return python
