"""A province that can be made to order: people, venues, visits."""
