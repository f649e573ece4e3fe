"""The door as a program of its own: `python -m dauchan.door --port 8000`, behind a proxy or for a test.

`dauchan up` starts it differently: it opens the port itself and keeps it open while the door restarts.
"""

import argparse
import socket

import uvicorn

WAITING_CONNECTIONS = 1024


def settings() -> uvicorn.Config:
    """How uvicorn serves the door: every setting here matters to what the door promises."""
    return uvicorn.Config(
        "dauchan.door.app:app",
        # The door itself decides whose X-Forwarded-For it believes; uvicorn would believe the whole machine.
        proxy_headers=False,
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
    )


def serve(listener: socket.socket) -> None:
    """Serve on an open socket until told to stop."""
    uvicorn.Server(settings()).run(sockets=[listener])


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
