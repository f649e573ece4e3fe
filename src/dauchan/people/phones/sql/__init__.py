"""The SQL of the migration that each file's number names; never changed once released."""

from importlib.resources import files


def script(name: str) -> str:
    """The text of a file in this folder."""
    return files("dauchan.people.phones.sql").joinpath(name).read_text(encoding="utf-8")
