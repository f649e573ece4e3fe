"""The description of what programs ask, as files: for the generator of the client, and for the door, which serves it.

python -m dauchan.exchange.programs.describing            the whole document, printed
python -m dauchan.exchange.programs.describing --door     written beside the door, which knows nothing of the console
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
import msgspec

DOOR = Path(__file__).resolve().parents[2] / "door" / "console_paths.json"


def door_file() -> bytes:
    """What the door takes into its own document."""
    from dauchan.exchange.programs.document import program_paths

    return msgspec.json.format(msgspec.json.encode(program_paths()), indent=1) + b"\n"


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dauchan.project.settings")
    django.setup()
    if arguments == ["--door"]:
        DOOR.write_bytes(door_file())
        return
    from dauchan.exchange.programs.document import openapi

    sys.stdout.buffer.write(msgspec.json.encode(openapi()))


if __name__ == "__main__":
    main(sys.argv[1:])
