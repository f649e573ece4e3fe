"""The SQL of an outbreak's figures: named blocks, read by `dauchan.visits.sql.blocks`."""
