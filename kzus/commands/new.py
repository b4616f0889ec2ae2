"""`kzus new`: writes a small sound fact file to begin with."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kzus.commands.base import Force, command
from kzus.commands.session import Session
from kzus.export.files import write_text
from kzus.query.filters import Filter
from kzus.values.text import file_name

Target = Annotated[
    str, typer.Argument(help="The file to write, - for standard output.", metavar="FILE", show_default=False)
]
Sides = Annotated[str, typer.Option("--sides", metavar="KZ,US", help="The two countries, by ISO 3166-1 code.")]


@command(
    output=(),
    lens=(),
    help="""
    Write a small sound fact file to begin with

    It has an example of everything, with comments, for the two countries that --sides names.

    $ kzus new japan.yaml --sides UZ,JP
    $ kzus new -
    """,
)
def new_command(session: Session, _: Filter, target: Target, sides: Sides = "KZ,US", force: Force = False) -> None:  # noqa: FBT002 - a flag
    """Write a fact file, or print it."""
    from kzus.facts.template import new_fact_file

    text = new_fact_file(sides, f"{datetime.now(UTC):%Y-%m-%d}")
    if target == "-":
        session.env.stdout.write(text)
        return
    target = file_name(target)
    write_text(text, Path(target), force=force)
    session.remark(f"wrote {target}; put your own entries in place of its examples, then: kzus check {target}")
