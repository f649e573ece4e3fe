"""Retention by the inventory's rules, and signed proof of what was removed."""
