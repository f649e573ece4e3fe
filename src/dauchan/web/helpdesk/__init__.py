"""Help: the public page with its answers and its form, and the hotline's desk behind it."""
