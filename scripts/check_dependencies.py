"""Check what is installed from elsewhere: pinned to one version, its digest written down, and nothing that was not asked for.

Whether a pinned version has a known weakness needs a list of somebody else's: `scripts/audit-dependencies`.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^(?P<name>[a-z0-9][\w.-]*?)(?:\[[\w,-]+\])?==[^\s;\\]+")
NAME = re.compile(r"^[A-Za-z0-9][\w.-]*")


def complaints_of_lock(text: str) -> list[str]:
    """What is wrong with a requirements file: each entry must name one version and at least one SHA-256."""
    found = []
    for entry in re.split(r"\n(?=\S)", text.strip()):
        head = entry.split("\n", 1)[0].strip()
        if head.startswith("#"):
            continue
        if not PINNED.match(head):
            found.append(f"{head[:60]!r} is not pinned to one version")
        elif not re.search(r"--hash=sha256:[0-9a-f]{64}", entry):
            found.append(f"{head[:60]!r} has no digest")
    return found


def complaints_of_npm(lock: dict[str, dict[str, dict[str, object]]]) -> list[str]:
    """What is wrong with package-lock.json: every package needs its integrity."""
    return [
        f"{name} has no digest"
        for name, package in lock.get("packages", {}).items()
        if name and not package.get("link") and not package.get("integrity")
    ]


def missing(asked: list[str], text: str) -> list[str]:
    """Requirements of pyproject.toml that the lock file does not know."""
    known = {_plain(match["name"]) for line in text.splitlines() if (match := PINNED.match(line))}
    names = [_plain(match[0]) for one in asked if (match := NAME.match(one))]
    return [f"{name} is asked for and not locked" for name in names if name not in known]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    """Print a line for every complaint; exit status 1 if there is one."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    client = json.loads((ROOT / "src/dauchan/web/client/package-lock.json").read_text(encoding="utf-8"))
    lines = [f"package-lock.json: {what}" for what in complaints_of_npm(client)]
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        asked = project["dependencies"] + (project["optional-dependencies"]["dev"] if "dev" in name else [])
        lines += [f"{name}: {what}" for what in (*complaints_of_lock(text), *missing(asked, text))]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
