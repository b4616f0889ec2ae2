"""One module a command: it names its filters, asks one question and hands the answer to the session."""
