"""Renderers for a terminal, which draw with rich."""
