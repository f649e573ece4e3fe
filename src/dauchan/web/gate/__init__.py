"""The gate: a venue's keepers scan visitors in and out; its owner enrols their devices."""
