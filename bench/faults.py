"""The fault tests in their long form: door and database killed a hundred times each under load, the disk filled ten times.

Example: .venv/bin/python bench/faults.py --kills 100
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

DOOR_TESTS = Path(__file__).resolve().parent.parent / "tests" / "door"


def main() -> None:
    """Run them; the exit status is that of the tests."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100, help="how often each is killed (default: %(default)s)")
    kills = parser.parse_args().kills
    files = sorted(str(path) for path in DOOR_TESTS.glob("test_*faults*.py"))
    environ = {**os.environ, "DAUCHAN_KILLS": str(kills)}
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", *files], env=environ, check=False)  # noqa: S603 own words
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
