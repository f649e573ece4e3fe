"""Word to the owner of a place when something was decided about it: a text message with a link, at most so many a day."""
