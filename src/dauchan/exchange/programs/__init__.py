"""Programs of others that read what is here, register venues and are told of changes: who they are, what they may, what they get."""
