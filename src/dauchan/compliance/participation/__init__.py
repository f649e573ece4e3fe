"""Who scanned at work, day by day: derived while the ledger still knows, kept beyond as counts of agencies."""
