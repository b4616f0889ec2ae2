"""The lists that can be asked for, one a module."""
