"""Visitors counted by hand at a door, for some minutes, by an inspector."""
