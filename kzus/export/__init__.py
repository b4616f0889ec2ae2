"""Exports of the whole file as SQLite, Excel, a data package or JSON."""
