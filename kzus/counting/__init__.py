"""What a deal adds to a total, and when figures agree."""
