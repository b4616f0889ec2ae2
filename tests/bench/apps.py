"""Typer apps made on the spot to compare kzus with: one does nothing, one draws, one has all the options of kzus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NOTHING = """\
import typer

app = typer.Typer()


@app.command()
def deals() -> None:
    pass


@app.command()
def other() -> None:
    pass


app()
"""
_TABLE = """\
import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()


@app.command()
def deals(rows: str) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for heading in ("DATE", "STAGE", "TITLE", "VALUE", "FLOW", "WHO PAYS WHOM"):
        table.add_column(heading, no_wrap=True, justify="right" if heading == "VALUE" else "left")
    with open(rows, encoding="utf-8") as file:
        for line in file:
            table.add_row(*line.rstrip("\\n").split("\\t"))
    Console(markup=False, highlight=False, emoji=False).print(table)


@app.command()
def other() -> None:
    pass


app()
"""
TABLE_COLUMNS = "date,stage,title,value,flow,parties"
"""What the drawing app's rows hold, tab-separated."""


def write_nothing(folder: Path) -> Path:
    """Write the app that does nothing."""
    return _write(folder / "nothing.py", _NOTHING)


def write_table(folder: Path) -> Path:
    """Write the app that draws the rows of the file that it is given."""
    return _write(folder / "table.py", _TABLE)


def write_plain(folder: Path) -> Path:
    """Write an app with all commands and options of kzus, as one would with Typer's defaults."""
    from kzus.app import app, load_command
    from kzus.commands import COMMANDS

    source = "".join(line for name in COMMANDS for line in _command(load_command(name)))
    head = f"from typing import Annotated\n\nimport typer\n\napp = typer.Typer(help={app.info.help!r})\n\n\n"
    _write(folder / "plain_app.py", head + source)
    # A module of its own, for Python keeps a module compiled but compiles a script at each run.
    return _write(folder / "plain.py", "from plain_app import app\n\napp()\n")


def _command(command: Any) -> Iterator[str]:
    yield f"@app.command({command.name!r}, help={command.help!r})\ndef {command.name.replace('-', '_')}(\n    *,\n"
    for option in command.params:
        if option.name != "help":
            yield f"    {option.name}: {_annotation(option)} = {_default(option)!r},\n"
    yield ") -> None:\n    pass\n\n\n"


def _annotation(option: Any) -> str:
    type_ = {"boolean": "bool", "integer": "int | None"}.get(option.type.name, "str | None")
    kept = f"metavar={option.metavar!r}, help={option.help!r}"
    if option.multiple or option.nargs != 1:
        type_ = "list[str] | None"
    if option.param_type_name == "argument":
        return f"Annotated[{type_}, typer.Argument({kept})]"
    return f"Annotated[{type_}, typer.Option({', '.join(map(repr, option.opts))}, {kept})]"


def _default(option: Any) -> Any:
    return False if option.type.name == "boolean" else None


def _write(path: Path, source: str) -> Path:
    path.write_text(source, "utf-8")
    return path
