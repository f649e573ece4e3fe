"""Backups: everything an installation cannot make anew, proven by digests when it comes back.

A backup is a directory: `database.dump` (pg_dump), `uploads.tar`, and `manifest.json`, which is written last. It holds no
keys: kept together, a stolen backup would be readable. Days on disk for tracing are made anew from the ledger.
"""
