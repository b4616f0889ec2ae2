"""`kzus deals`: which agreements."""

from kzus.commands.answer import answer
from kzus.commands.base import command
from kzus.commands.session import Session
from kzus.query.filters import Filter
from kzus.query.lists.deals import DEALS


@command(
    *DEALS.filters,
    columns=DEALS.columns,
    help="""
    List agreements

    Newest first, each with the value that it states and what it counts in a sum.

    $ kzus deals --sector transport
    $ kzus deals --party ktz --since 2025 --min 1bn  # what is large and new
    $ kzus deals --stage commitment -c date,title -f csv  # for a spreadsheet
    $ kzus deals -f json | jq '.[].title'  # for a script
    """,
)
def deals(session: Session, asked: Filter) -> None:
    """Print the list."""
    answer(session, DEALS, asked)
