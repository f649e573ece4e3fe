"""The door as a program: it serves on the port that `dauchan up` has opened already."""

import os
import socket

from dauchan.door.__main__ import serve

LISTENER = "DAUCHAN_DOOR_LISTENER"


def main() -> None:
    """Serve until told to stop; the file descriptor of the open port is in the environment."""
    serve(socket.socket(fileno=int(os.environ[LISTENER])))


if __name__ == "__main__":
    main()
