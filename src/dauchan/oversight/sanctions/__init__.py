"""Sanctions: warnings, proposals of a fine, suspensions and their lifting, and appeals against them. A person decides each of them."""
