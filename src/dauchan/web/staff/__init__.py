"""Rosters of agencies, who of them scanned at work, and the shares of all agencies of an area."""
