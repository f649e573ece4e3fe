"""Importing venues from a list: hand in, say what the columns are, look at every row, keep, take back."""
