"""Completion: what may stand at the cursor of a command line, and how each shell asks for it."""
