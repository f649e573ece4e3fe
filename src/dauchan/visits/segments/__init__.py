"""Days of the ledger on disk, for tracing: made from the ledger, never changed, thrown away with it.

`reading` reads days and people, `late` what landed since, `shelf` knows the folders, `keeping` writes and drops them, `overlay`
tells what has changed since a day was written, `current` is the index that a process traces over.
"""
