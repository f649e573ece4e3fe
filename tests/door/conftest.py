"""A door in its own process over a ledger of its own."""

from dauchan.door.testing import door, ledger, ledger_urls, running_door

__all__ = ["door", "ledger", "ledger_urls", "running_door"]
