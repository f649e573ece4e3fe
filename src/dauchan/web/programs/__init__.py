"""Pages on programs of others: who was let in, with which tokens, told at which addresses."""
