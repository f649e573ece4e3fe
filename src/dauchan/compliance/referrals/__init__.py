"""What screening, citizens and monitors found, handed to the unit that answers for the place, with a clock on it."""
