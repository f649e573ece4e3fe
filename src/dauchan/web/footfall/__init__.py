"""Counting visitors at a door by hand."""
