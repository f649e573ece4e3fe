"""Requests of people about their own data, each with its legal clock, its answer and its effect."""
