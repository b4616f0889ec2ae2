"""What a careful editor would question in a sound fact file."""
