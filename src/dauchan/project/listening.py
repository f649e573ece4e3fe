"""The port that the world reaches us at.

It is opened once, by `dauchan up`, and inherited by the door: a door that is started again finds the requests that
arrived meanwhile waiting in line.
"""

import errno
import socket

from dauchan.project.errors import CannotStart

WAITING_CONNECTIONS = 1024


def listen(host: str, port: int) -> socket.socket:
    """Open the port.

    Raises:
        CannotStart: another program has it, or it is not ours to open.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(WAITING_CONNECTIONS)
    except OSError as error:
        listener.close()
        raise _refusal(error, host, port) from error
    return listener


def _refusal(error: OSError, host: str, port: int) -> CannotStart:
    if error.errno == errno.EADDRINUSE:
        return CannotStart(
            f"Port {port} is in use by another program; choose another one: PORT={port + 1} make run.",
            f"Cổng {port} đang được chương trình khác dùng; hãy chọn cổng khác: PORT={port + 1} make run.",
        )
    if error.errno == errno.EACCES:
        return CannotStart(
            f"Port {port} is reserved for root; choose one above 1023: PORT=8000 make run.",
            f"Cổng {port} chỉ dành cho root; hãy chọn cổng trên 1023: PORT=8000 make run.",
        )
    return CannotStart(
        f"{host}:{port} cannot be opened: {error.strerror or error}.",
        f"Không mở được {host}:{port}: {error.strerror or error}.",
    )
