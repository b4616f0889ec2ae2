"""The benchmark: `python -m tests.bench` measures kzus against a bare interpreter, Typer itself and its peers."""
