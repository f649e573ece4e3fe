"""The interface for programs of others, below `/api/v1/`."""
