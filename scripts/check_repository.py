"""Check what git keeps: no download addresses, no paths of somebody's machine, no secrets, nothing large by accident."""

import re
import subprocess
import sys
from pathlib import Path

LARGEST_BYTES = 2 * 1024 * 1024

# In lock files the checksums say what is installed; where it comes from is the affair of whoever installs.
LOCKS = ("requirements.lock", "requirements-dev.lock", "package-lock.json", "package.json", "pyproject.toml", ".npmrc")
ADDRESS_IN_LOCK = re.compile(rb"https?://\S*\.(?:whl|tgz|gz|zip)|--(?:extra-)?index-url|--find-links|\bregistry\s*=")

FORBIDDEN = {
    "a path of somebody's machine": re.compile(rb"/(?:home|Users)/[a-z][\w.-]+/|/root/|/wor[k]/|/tm[p]/bash_jobs"),
    "a private key": re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    "a token of somebody's service": re.compile(
        rb"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60}|glpat-[\w-]{20}|xox[abpr]-[\w-]{20}"
        rb"|AIza[\w-]{35}|sk_live_\w{24}|pypi-AgE[\w-]{50}|npm_[A-Za-z0-9]{36})"
    ),
    "a signed token": re.compile(rb"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}"),
    "keys of an installation": re.compile(
        rb"DAUCHAN_(?:\w*KEYS?|\w*SECRETS?|\w*TOKEN)[\"']?\s*[=:]\s*[\"']?(?:\d+:)?[\w-]{43,}"
    ),
    "a password in an address": re.compile(rb"\b(?:postgres(?:ql)?|https?)://[\w.-]+:[\w%-]{12,}@"),
    "a merge that was not finished": re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE),
}
# This file names what it looks for.
EXEMPT = {"scripts/check_repository.py"}


def complaints(name: str, content: bytes) -> list[str]:
    """What is wrong with one file, as words."""
    found = [what for what, pattern in FORBIDDEN.items() if name not in EXEMPT and pattern.search(content)]
    if Path(name).name in LOCKS and ADDRESS_IN_LOCK.search(content):
        found.append("a download address in a lock file")
    if len(content) > LARGEST_BYTES:
        found.append(f"more than {LARGEST_BYTES // 1024 // 1024} MB")
    return found


def main() -> int:
    """Print a line for every complaint; exit status 1 if there is one."""
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True)  # noqa: S607 the git of the path
    names = [name for name in listed.stdout.decode().split("\0") if name and Path(name).is_file()]
    lines = [f"{name}: {what}" for name in names for what in complaints(name, Path(name).read_bytes())]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
