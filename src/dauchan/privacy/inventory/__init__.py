"""The data inventory: every column of every table, what it is for, how it is protected and when it goes.

Pure: it reads the files of `docs/data-inventory` and knows no database. Exports to people, erasures, retention and the impact
assessment follow it, and a test holds it against the real tables.
"""

from dauchan.privacy.inventory.entries import Column, Erasing, Inventory, Nature, Protection, Purpose, Risk, Rule, Table
from dauchan.privacy.inventory.reading import InventoryRefused, data_inventory, differences, read_inventory

__all__ = [
    "Column",
    "Erasing",
    "Inventory",
    "InventoryRefused",
    "Nature",
    "Protection",
    "Purpose",
    "Risk",
    "Rule",
    "Table",
    "data_inventory",
    "differences",
    "read_inventory",
]
