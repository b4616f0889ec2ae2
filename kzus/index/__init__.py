"""The SQLite copy of a checked fact file that queries open."""
