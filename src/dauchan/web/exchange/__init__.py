"""The monitor's page of the national exchange."""
