"""What to ask of each command, on the small fact file: all that it can print, and nothing that it can't."""

from __future__ import annotations

from fuzz import COMMANDS

from kzus.query.citations import STYLES
from kzus.render.formats import FORMATS

IDS = "locomotives loan clinic ktz transport wire-2025 new-york-2025 tax-treaty trade visit rails-matter".split()
ASKED: dict[str, list[list[str]]] = {
    "show": [["show", *IDS]],
    "search": [["search", "rail"], ["search", "alert"], ["search", "q"]],
    "sum": [["sum"], ["sum", "--by", "party"], ["sum", "--chart"], ["sum", "--explain"]],
    "indicators": [["indicators"], ["indicators", "--chart"]],
    "brief": [["brief"], ["brief", "transport"], ["brief", "ktz"]],
    "cite": [["cite"], *(["cite", *IDS, "--all", "--style", style] for style in STYLES)],
    "diff": [["diff", "2025-10"]],
    "open": [["open", each, "--print"] for each in ("visit", "wire-2025")],
    "sql": [["sql", "select * from entries"], ["sql", "select id, title as \"[/x]\", x'1b' from entries"]],
    "export": [["export", "json"]],
    "new": [["new", "-"]],
}
"""What to ask a command that needs to be asked something, or has more than one sort of answer."""
LINES = [line for name in COMMANDS for line in ASKED.get(name, [[name]])]
OF_ROWS = [
    line
    for line in LINES
    if line[0] not in ("cite", "open", "export", "schema", "check", "new") and "--chart" not in line
]


def every_way(command: str) -> list[list[str]]:
    """Ask a command all that it can be asked, the first of it in each format that it has, and for its help."""
    first, *others = ASKED.get(command, [[command]])
    forms = FORMATS if any(each.name == "format" for each in COMMANDS[command].params) else ()
    return [first, *([*first, "-f", form] for form in forms), *others, [command, "--help"]]
