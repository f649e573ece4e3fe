"""Whether the database has room to write, as far as the door has seen: readiness reads only, and a full disk reads well."""

import psycopg


class Room:
    """Remembers a write that was refused for want of room until another one succeeds.

    It costs no write of its own. A door that has not written since its start, or since the disk filled, knows nothing
    yet: the first scan tells.

    Attributes:
        is_full: the latest write was refused because the disk was full.
    """

    def __init__(self) -> None:
        self.is_full = False

    def refused(self, error: psycopg.Error) -> None:
        """A question failed; only a full disk is remembered, whatever else may have happened."""
        self.is_full = self.is_full or isinstance(error, psycopg.errors.DiskFull)

    def wrote(self) -> None:
        """A commit went through that wrote something: a repeated scan, which writes nothing, says nothing of the disk."""
        self.is_full = False
