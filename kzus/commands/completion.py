"""`kzus completion`: commands, options and ids at the press of a key."""

from typing import Annotated

import typer

from kzus.commands.base import command
from kzus.commands.desk import Desk
from kzus.completion.shells import SHELLS, script
from kzus.errors import UnknownNameError
from kzus.query import Filter

Shell = Annotated[str, typer.Argument(help=f"{', '.join(SHELLS)}.", metavar="SHELL", show_default=False)]


@command(output=(), lens=())
def completion(desk: Desk, _: Filter, shell: Shell) -> None:
    """Print what makes a shell complete kzus

    Commands, options and their values: sectors, parties, tags, ids, columns and whatever else is known
    beforehand. The head of the script says where to put it.

    $ kzus completion bash > kzus.bash
    """
    if shell not in SHELLS:
        raise UnknownNameError("shell", shell, SHELLS)
    desk.env.stdout.write(script(shell))
