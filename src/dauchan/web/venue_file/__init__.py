"""The venue file: all that happened at one venue in one order of time, each role seeing its part (docs/sanctions.md)."""
