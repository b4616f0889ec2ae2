"""Answers as text: one renderer a format."""
