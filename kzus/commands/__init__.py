"""The commands: each module parses the options of one command, asks its question and prints the answer."""

GENERAL_PANEL = "General"
"""The help panel of what every command takes, below all others."""
FACTS_IN_FRONT = "kzus.facts"
"""Where the context of Typer has the fact file that was named in front of the command."""
GROUPS = {
    "Ask": {
        "brief": "Print the most important figures on one screen",
        "deals": "List agreements",
        "sum": "Add up what agreements count, by group",
        "show": "Print everything known about an id",
        "search": "Find where a word or name occurs",
        "headline": "Set a headline package against its members",
        "conflicts": "List where sources disagree",
        "timeline": "List what happened, in order",
        "diff": "Show what changed between two fact files, or between two days",
    },
    "Look up": {
        "packages": "List headline packages",
        "treaties": "List treaties",
        "indicators": "List series of figures",
        "events": "List what happened",
        "statements": "List what is said without a number",
        "sources": "List sources",
        "parties": "List parties",
        "sectors": "List sectors",
    },
    "Take away": {
        "cite": "Cite the best source of an id, or kzus itself",
        "open": "Open the first source of an id in the browser",
        "sql": "Ask the index in SQL",
        "export": "Take everything away as SQLite, Excel, a data package or JSON",
    },
    "Fact file": {
        "new": "Write a small sound fact file to begin with",
        "check": "Check a fact file",
        "schema": "Print the JSON Schema of a fact file",
    },
}
"""Every command by help panel, with its line in the help, so that help imports no command."""
COMMANDS = {name: line for lines in GROUPS.values() for name, line in lines.items()}
PLAIN_LISTS = frozenset(
    ("deals", "events", "packages", "parties", "sectors", "sources", "statements", "timeline", "treaties")
)
"""Commands that only print a list; they have no module of their own."""
