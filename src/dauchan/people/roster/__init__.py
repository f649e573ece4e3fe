"""Who works at an agency, when they are due there, and who is on leave."""
