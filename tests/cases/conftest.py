"""Cases at the door run against a real one, in a process of its own over a ledger of its own."""

from dauchan.door.testing import door, ledger, ledger_urls, running_door

__all__ = ["door", "ledger", "ledger_urls", "running_door"]
