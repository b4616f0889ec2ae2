"""A fact file: read, check, look at through a lens."""
