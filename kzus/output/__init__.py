"""Rows to text: one renderer a format, chosen here, so that a new format touches no command."""
