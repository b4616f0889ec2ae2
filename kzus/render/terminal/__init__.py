"""What a person sees on a terminal, drawn with rich."""
