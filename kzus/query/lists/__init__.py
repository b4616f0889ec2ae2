"""The lists that can be asked for."""
