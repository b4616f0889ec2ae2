"""What the help, the reference in the README and the man page say: one page a command, whoever prints it."""

from __future__ import annotations

from typing import NamedTuple

PROMPT = "$ "
REMARK = "  # "
"""What sets the purpose of an example apart from it; a shell takes it for a comment."""
QUESTIONS = (
    ("kzus brief", "What is there to know, on one screen?"),
    ("kzus deals --sector transport", "Which agreements are there?"),
    ("kzus sum --by stage", "How much is firm, how much pledged?"),
    ("kzus show ktz-wabtec-locomotives", "Who says what about one of them?"),
    ("kzus search boeing", "Where does a name occur?"),
    ("kzus timeline --since 2026", "What is new?"),
)
"""The questions that people come with, each with what answers it."""
EXIT_CODES = (
    ("0", "Done; nothing found is no failure."),
    ("1", "Failed: an unknown id, a faulty fact file, a file that can't be written."),
    ("2", "The command line can't be meant."),
    ("130", "Interrupted."),
)
VARIABLES = (
    ("KZUS_FACTS", "The fact file to use, instead of the one that comes with kzus."),
    ("KZUS_CACHE_DIR", "Where the index of a fact file is kept, instead of the user's cache folder."),
    ("KZUS_PAGER, PAGER", "The pager for what is longer than the screen: less unless given, cat for none."),
    ("NO_COLOR", "Set to anything: no colour."),
    ("FORCE_COLOR", "Set to anything: colour even where no terminal is."),
    ("COLUMNS, LINES", "The size of the terminal, if it is not to be asked."),
    ("TERM", "dumb: no styles, no pager."),
    ("BROWSER", "The browser that kzus open starts."),
)


class Section(NamedTuple):
    """A list of words, each with what it means."""

    heading: str
    rows: list[tuple[str, str]]


class Page(NamedTuple):
    """What there is to know of a command, or of kzus itself."""

    name: str
    usage: str
    sentence: str
    paragraphs: list[str]
    examples: list[str]
    sections: list[Section]


def read(text: str) -> tuple[str, list[str], list[str]]:
    """Take the text of a command apart: its sentence, its paragraphs and its examples, which a `$` marks."""
    sentence, *blocks = (block.splitlines() for block in text.split("\n\n"))
    examples = [line.strip().removeprefix(PROMPT) for block in blocks for line in block if _is_example(line)]
    paragraphs = [" ".join(map(str.strip, block)) for block in blocks if not _is_example(block[0])]
    return " ".join(sentence), paragraphs, examples


def _is_example(line: str) -> bool:
    return line.strip().startswith(PROMPT)
