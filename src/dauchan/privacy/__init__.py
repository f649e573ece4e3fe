"""Personal data as the law sees it: what is kept and why, people's rights, breaches, retention with proof."""
