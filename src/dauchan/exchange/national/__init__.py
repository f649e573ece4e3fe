"""Sending the ledger to the national centre: an outbox of numbered, signed batches, and reconciliation by digests."""
