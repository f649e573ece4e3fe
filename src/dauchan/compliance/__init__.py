"""Whether the doors of an area are used: indicators per unit and day."""
