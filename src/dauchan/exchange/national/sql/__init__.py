"""The SQL of the sending end: named blocks, as in `dauchan.visits.sql`."""
