"""The commands: each module parses the options of one command, asks its question and prints the answer."""

GENERAL_PANEL = "General"
"""The help panel of what every command takes, below all others."""
