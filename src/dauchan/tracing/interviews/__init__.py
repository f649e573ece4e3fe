"""What people tell: a case where they were and whom they met, a contact on the telephone how it was."""
