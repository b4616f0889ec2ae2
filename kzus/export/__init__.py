"""The whole file to take away, one format a module."""
