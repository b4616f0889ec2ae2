"""Small types without a file or an index: amounts, dates, names, text."""
