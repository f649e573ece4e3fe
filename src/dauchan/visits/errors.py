"""What can go wrong with the ledger.

LedgerRefused
├── LedgerIsAppendOnly
└── ArraysDoNotMatch
"""


class LedgerRefused(Exception):
    """The ledger cannot do that."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or self.__doc__)


class LedgerIsAppendOnly(LedgerRefused):
    """The ledger is append-only: rows come in through the door or the loader and leave by retention."""


class ArraysDoNotMatch(LedgerRefused):
    """The arrays of visits to load differ in length."""
