"""Watching the log: many looks at people in a short time, and looks at odd hours, come before those who watch the watchers."""
