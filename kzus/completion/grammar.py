"""What a command line of kzus is made of, so that a completion needs neither Typer nor the commands themselves.

`python -m tests.reference` writes it from them, into the file beside this module.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE = Path(__file__).with_name("grammar.json")


class Parameter(NamedTuple):
    """An option, or an argument, which has no `opts`; `words` are all that it takes, if they can be told beforehand."""

    name: str
    opts: Sequence[str] = ()
    about: str = ""
    is_flag: bool = False
    is_repeated: bool = False
    words: Sequence[str] = ()


class Command(NamedTuple):
    """A command, or kzus itself; `columns` are lists of name and meaning, by the heading of its help."""

    name: str
    about: str
    parameters: Sequence[Parameter]
    columns: Mapping[str, Sequence[tuple[str, str]]] = {}


def read() -> dict[str, Command]:
    """Return kzus and its commands by their names, in the order of the help."""
    from json import loads

    commands = loads(FILE.read_text("utf-8"))
    return {
        each["name"]: Command(**{**each, "parameters": [Parameter(**parameter) for parameter in each["parameters"]]})
        for each in commands
    }
