"""Wapiti against a running demonstration, signed in as an officer; every finding is printed, and makes the exit status 1.

Wapiti (GPL, PyPI `wapiti3`) is no part of the project: put it into an environment of its own. Only this machine is asked, for
`--seconds` at most.

Example: python3 -m venv wapiti && wapiti/bin/pip install wapiti3 && .venv/bin/python bench/wapiti.py wapiti/bin/wapiti
"""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from dauchan.simulation.accounts import PASSWORD, demonstration_accounts

#: Without those that ask machines elsewhere, or guess files of programs that are not ours.
MODULES = (
    "cookieflags",
    "crlf",
    "csp",
    "csrf",
    "exec",
    "file",
    "http_headers",
    "permanentxss",
    "redirect",
    "sql",
    "xss",
)
#: Leaving would end the scan.
LEAVING = ("/accounts/logout/", "/language/", "/theme/")
FIRST = ("/", "/officer/", "/officer/venues/", "/reports/", "/search/", "/help/", "/exposures/", "/accounts/login/")


def main() -> int:
    """Start a demonstration, sign in, let Wapiti look, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wapiti", help="the program")
    parser.add_argument("--seconds", type=int, default=180, help="how long it may look (default: %(default)s)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wapiti-") as folder, _demonstration(Path(folder)) as url:
        cookies = _signed_in(url)
        report = Path(folder) / "report.json"
        words = [
            given.wapiti,
            "--url",
            f"{url}/",
            "--scope",
            "domain",
            "--module",
            ",".join(MODULES),
            "--format",
            "json",
        ]
        # A third of the time to find addresses, the rest to try them.
        words += ["--output", str(report), "--max-scan-time", str(given.seconds // 3)]
        words += ["--max-attack-time", str(given.seconds * 2 // 3 // len(MODULES))]
        words += ["--header", f"Cookie: {cookies}", "--flush-session", "--no-bugreport", "--depth", "4", "--level", "1"]
        words += ["--tasks", "4", "--verbose", "0", "--store-session", folder, "--store-config", folder]
        for path in FIRST:
            words += ["--start", f"{url}{path}"]
        for path in LEAVING:
            words += ["--exclude", f"{url}{path}"]
        done = subprocess.run(words, check=False, env={**os.environ, "HOME": folder}, timeout=given.seconds + 120)  # noqa: S603 own words
        if not report.exists():
            return done.returncode or 1
        return _told(json.loads(report.read_text()))


def _told(report: dict[str, dict[str, list[dict[str, str]]]]) -> int:
    found = 0
    for kind in ("vulnerabilities", "anomalies"):
        for name, each in report.get(kind, {}).items():
            for one in each:
                if name == "Secure Flag cookie":  # a demonstration is served without TLS; case 7 looks at production
                    continue
                found += 1
                sys.stdout.write(
                    f"{kind}: {name}: {one['method']} {one['path']} {one.get('parameter')}: {one['info']}\n"
                )
    sys.stdout.write(f"{report.get('infos', {}).get('crawled_pages_nbr', '?')} addresses looked at, {found} findings\n")
    return int(bool(found))


def _signed_in(url: str) -> str:
    account = next(one for one in demonstration_accounts() if one.role == "officer")
    with httpx.Client(base_url=url, follow_redirects=True, timeout=60) as browser:
        page = browser.get("/accounts/login/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        form = {"csrfmiddlewaretoken": token[1] if token else "", "login": account.sign_in, "password": PASSWORD}
        browser.post("/accounts/login/", data=form, headers={"referer": f"{url}/accounts/login/"})
        if browser.get("/officer/", follow_redirects=False).status_code != httpx.codes.OK:
            raise SystemExit("The officer could not sign in.")
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


@contextmanager
def _demonstration(folder: Path) -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    log = folder / "log"
    environ = {**os.environ, "DAUCHAN_VAR": str(folder / "var"), "PORT": str(port), "DAUCHAN_ENV": "demonstration"}
    with log.open("wb") as said:
        words = [sys.executable, "-m", "dauchan.project", "up"]
        process = subprocess.Popen(words, env=environ, stdout=said, stderr=subprocess.STDOUT)  # noqa: S603 own words
    try:
        deadline = time.monotonic() + 300
        while "Ready at" not in log.read_text():
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(log.read_text()[-2000:])
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
        errors = [
            path.name
            for path in (folder / "var" / "log").glob("*.log")
            if " ERROR " in path.read_text(errors="replace")
        ]
        for name in errors:
            text = (folder / "var" / "log" / name).read_text(errors="replace")
            sys.stdout.write(f"{name} has errors:\n{text[text.index(' ERROR ') - 30 :][:3000]}\n")
    finally:
        process.terminate()
        process.wait(90)


if __name__ == "__main__":
    sys.exit(main())
