"""The door as a program: uvicorn on the port that `dauchan up` has opened already."""

import os
import socket

import uvicorn

LISTENER = "DAUCHAN_DOOR_LISTENER"


def main() -> None:
    """Serve until told to stop; the file descriptor of the open port is in the environment."""
    listener = socket.socket(fileno=int(os.environ[LISTENER]))
    settings = uvicorn.Config(
        "dauchan.door.app:app", access_log=False, log_level="warning", server_header=False, timeout_graceful_shutdown=10
    )
    uvicorn.Server(settings).run(sockets=[listener])


if __name__ == "__main__":
    main()
