"""Screening in the running system: runs over the ledger, the signs they found, and those that were set aside."""
