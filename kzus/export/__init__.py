"""Exports of the whole file as SQLite, a data package or JSON."""
