"""kzus in Python."""
