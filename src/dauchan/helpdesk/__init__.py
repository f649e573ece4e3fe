"""The hotline's desk: tickets of people who need help."""
