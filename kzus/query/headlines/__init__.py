"""Headlines: what a package claims, the lists that sources give of it, and both as rows and on a screen."""
