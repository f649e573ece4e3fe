"""Areas drawn around an outbreak, whom they hold and what holds in them."""
