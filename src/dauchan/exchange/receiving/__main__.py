"""`python -m dauchan.exchange.receiving --config receiver.toml`: what `dauchan exchange receive` runs, without loading anything of the console."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from dauchan.exchange.receiving.config import ConfigRefused, read_config
from dauchan.exchange.receiving.serving import serve


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--config", type=Path, required=True)
    said.add_argument("--host", default="127.0.0.1")
    said.add_argument("--port", type=int, default=8800)
    said.add_argument("--fd", type=int)
    given = said.parse_args()
    try:
        config = read_config(given.config, os.environ.get("DAUCHAN_RECEIVER_DATABASE_URL", ""))
    except ConfigRefused as refused:
        raise SystemExit(str(refused)) from refused
    address = f"{'https' if config.tls else 'http'}://{given.host}:{given.port}"
    if given.fd is None:
        print(f"Receiving at {address} (Ctrl-C stops it) / Đang nhận tại {address}", file=sys.stderr, flush=True)  # noqa: T201
    serve(config, given.host, given.port, given.fd)


if __name__ == "__main__":
    main()
