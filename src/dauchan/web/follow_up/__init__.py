"""The screens of daily follow-up and of isolation orders."""
