"""Screens of personal data protection: people's rights, breaches, retention."""
