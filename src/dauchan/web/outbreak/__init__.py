"""An outbreak in pictures."""
