"""Other tools on the same question over the same data: which agreements are in transport."""

from __future__ import annotations

from shutil import which
from typing import TYPE_CHECKING

from .measure import Case, Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .cases import Bench

_SQL = "SELECT id, date, title, amount_usd FROM deals WHERE sector = 'transport' ORDER BY date DESC"
_JQ = '.[] | select(.sector == "transport") | [.id, .date, .title, .amount_usd] | @tsv'
COMMANDS: dict[str, list[str]] = {
    "jq": ["-r", _JQ, "{json}"],
    "yq": ["-r", '.deals | to_entries[] | select(.value.sector == "transport") | .key', "{yaml}"],
    "mlr": ["--icsv", "--otsv", "filter", '$sector == "transport"', "{csv}"],
    "sqlite3": ["-readonly", "-tabs", "{sqlite}", _SQL],
    "sqlite-utils": ["{sqlite}", _SQL, "--tsv"],
    "csvgrep": ["-c", "sector", "-m", "transport", "{csv}"],
}
"""Each tool with its arguments; a name in braces stands for the data in that form."""


def missing() -> list[str]:
    """Return the tools that aren't installed here."""
    return [tool for tool in COMMANDS if not which(tool)]


def peers(bench: Bench, facts: str) -> Iterator[Case]:
    """Yield the tools that are installed, on data that kzus itself writes."""
    files = {"yaml": str(bench.path(facts)), "sqlite": str(bench.index(facts))}
    for form in ("json", "csv"):
        path = bench.folder / f"deals-{facts}.{form}"
        path.write_text(bench.ask(facts, "deals", "-f", form), "utf-8")
        files[form] = str(path)
    for tool, arguments in COMMANDS.items():
        if which(tool):
            filled = [files.get(word.strip("{}"), word) if word.startswith("{") else word for word in arguments]
            yield Case(Key(tool, facts), [tool, *filled])
