"""Where uploads lie."""

from __future__ import annotations

import uuid


def unguessable_path(folder: str, ending: str = ".jpg") -> str:
    """A new name below *folder* that tells neither the place nor what the file was called, spread over 256 folders."""
    name = uuid.uuid4().hex
    return f"{folder}/{name[:2]}/{name}{ending}"
