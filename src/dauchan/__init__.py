"""Dấu Chân: check-ins at the doors of a province, and a contact list when a case is confirmed."""
