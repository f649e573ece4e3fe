"""The screens of citizens' reports: sending and following one, the public board, the unit's handling."""
