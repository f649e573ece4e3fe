"""A door in its own process over a ledger of its own."""

from dauchan.project.door_fixtures import door, ledger, ledger_urls, running_door

__all__ = ["door", "ledger", "ledger_urls", "running_door"]
