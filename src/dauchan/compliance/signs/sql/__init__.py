"""The SQL of screening: named blocks, read by `dauchan.visits.sql.blocks`."""
