"""Breaches of personal data: who found what when, whom it touches, what was done, and who was told within 72 hours."""
