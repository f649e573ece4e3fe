"""The screens of zones."""
