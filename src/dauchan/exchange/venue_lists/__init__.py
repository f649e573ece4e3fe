"""Venues from the spreadsheets people have: read, checked beside what is registered, kept in one step, taken back in one step."""
