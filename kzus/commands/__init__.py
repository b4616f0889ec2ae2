"""The commands: each module parses the options of one command, asks its question and prints the answer."""
