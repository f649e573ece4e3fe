"""Inspections (kiểm tra): rounds planned by risk and by lot, records signed at the door, what has to be mended by when."""
