"""How units answer for the doors of their area: the table and the league, what is overdue and explained, weekly reports."""
