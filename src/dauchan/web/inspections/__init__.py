"""Inspections: rounds and their places, the checklist on a phone, records, what has to be mended."""
