"""From a complaint to a mended door: citizens' reports, and in time inspections and sanctions."""
