"""Limits on what may be done with somebody's data, at their own request."""
