"""Questions to the index, answered with frozen rows."""
