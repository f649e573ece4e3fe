"""Signs of screening: the list of tonight, a place and its signs, the screenings themselves."""
