"""Accounts of officers: inviting, roles with their periods, substitutes, one's own sessions."""
