"""The door as a program of its own: `python -m dauchan.door --port 8000`, behind a proxy or for a test.

`dauchan up` starts it differently: it opens the port itself and keeps it open while the door restarts.
"""

import argparse
import asyncio
import importlib
import logging
import os
import socket
import sys

from dauchan.door.app import Door
from dauchan.door.config import Config
from dauchan.door.errors import BadConfiguration
from dauchan.door.serving import WAITING_CONNECTIONS, Server


def serve(listener: socket.socket) -> None:
    """Serve on an open socket until told to stop.

    Raises:
        SystemExit: an environment variable is missing or cannot be understood.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        config = Config.read(os.environ)
    except BadConfiguration as error:
        raise SystemExit(str(error)) from error
    # uvloop halves what the system's sockets cost; where there is none (Windows), asyncio serves as well.
    loop = None if sys.platform == "win32" else importlib.import_module("uvloop").new_event_loop
    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(Server(Door(config)).serve(listener))


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m dauchan.door", description="Serve the door.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fd", type=int, help="serve on this open socket instead")
    given = parser.parse_args()
    if given.fd is not None:
        serve(socket.socket(fileno=given.fd))
        return
    serve(socket.create_server((given.host, given.port), backlog=WAITING_CONNECTIONS))


if __name__ == "__main__":
    main()
