"""Check-ins by telephone: what a telephone company's gateway posts here, and what it sends back or speaks."""
