"""Contacts watched day by day, and the orders of isolation that follow from an exposure."""
