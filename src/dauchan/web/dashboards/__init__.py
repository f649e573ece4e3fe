"""How the doors of an area are used: units at every level, down to single venues, over a chosen period."""
