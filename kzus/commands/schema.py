"""`kzus schema`: the JSON Schema of the fact file."""

from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.filters import Filter


@command(
    output=(),
    lens=(),
    help="""
    Print the JSON Schema of a fact file

    An editor that has it completes keys and marks mistakes while you type.

    $ kzus schema > kzus.schema.json
    """,
)
def schema_command(session: Session, _: Filter) -> None:
    """Print the JSON Schema."""
    from kzus.facts.check import json_schema

    session.print_document(json_schema())
