"""A fact file: read, check, and see through a lens."""
