"""The screens of sanctions: the list, proposing, one sanction and its steps, legal bases, alerts, and the owner's side."""
