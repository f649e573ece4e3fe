"""Accounts of officers by invitation: a link by text message, good once and for three days, with which the invited set their password."""
