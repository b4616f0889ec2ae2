"""Write what is made of the help: `python -m tests.reference` writes kzus/man/kzus.1 and the README's reference."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer.main

from kzus import __version__
from kzus.app import GROUPS, app
from kzus.commands.help import SHARED, page, whole
from kzus.manual import QUESTIONS, REMARK, Page, Section
from kzus.output.help import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parent.parent
MAN, README = ROOT / "kzus" / "man" / "kzus.1", ROOT / "README.md"
COMMAND = "python -m tests.reference"
"""What brings both up to date."""
_LINE = 70
"""So long are lines of the man page at most, before escapes."""
BEGIN, END = "<!-- reference -->\n", "<!-- /reference -->\n"
_LEADS = {
    "Filters": "Which rows are asked for: repeats of one widen it, different ones narrow it.",
    "Lens": "Through whose eyes to look, and as of when.",
    "Output": "How an answer is printed.",
    "Everywhere": "Every command has these.",
}


def pages() -> Iterator[tuple[str, list[Page]]]:
    """Yield the pages of all commands under their headings."""
    group: Any = typer.main.get_command(app)
    for heading, names in GROUPS.items():
        commands = [group.get_command(None, name) for name in names]
        yield (
            heading,
            [
                page(command, typer.Context(command, info_name=f"kzus {command.name}"), command.columns)
                for command in commands
            ],
        )


def shared() -> list[Section]:
    """Return the options that mean the same in every command, each once."""
    found: dict[str, dict[str, str]] = {heading: {} for heading in SHARED}
    for _, under in pages():
        for each in under:
            for section in each.sections:
                if section.heading in found:
                    found[section.heading].update(section.rows)
    return [Section(heading, list(rows.items())) for heading, rows in found.items()]


def own(each: Page) -> list[Section]:
    """Return what only this command has."""
    return [section for section in each.sections if section.heading not in SHARED]


def markdown() -> str:
    """Write the reference for the README."""
    return "\n".join(_markdown()) + "\n"


def _markdown() -> Iterator[str]:
    every = dict(pages())
    for heading, under in every.items():
        yield from (f"**{heading}**", "", "| command | what it does |", "| --- | --- |")
        yield from (f"| `{_call(each)}` | {cell(each.sentence)} |" for each in under)
        yield ""
    for section in shared():
        yield from (f"**{section.heading}.** {_LEADS[section.heading]}", "")
        yield from _table("option", section.rows)
    for each in (each for under in every.values() for each in under):
        yield from (f"<details><summary><code>{each.name}</code>: {each.sentence}</summary>", "")
        for paragraph in each.paragraphs:
            yield from (paragraph, "")
        yield from ("```sh", *each.examples, "```", "")
        for section in own(each):
            yield from _table(section.heading.lower(), section.rows)
        yield from ("</details>", "")


def _table(head: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from (f"| {head} | |", "| --- | --- |")
    yield from (f"| `{cell(word)}` | {cell(meaning)} |" for word, meaning in rows)
    yield ""


def _call(each: Page) -> str:
    """Return how a command is called, without what all of them have."""
    return each.usage.replace(" [OPTIONS]", "")


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def man() -> str:
    """Write the man page, in the macros of man(7)."""
    return "\n".join(_man()) + "\n"


def _man() -> Iterator[str]:
    group: Any = typer.main.get_command(app)
    kzus = whole(group, typer.Context(group, info_name="kzus"), {})
    yield f'.\\" Written by {COMMAND}; change the help instead.'
    yield f'.TH KZUS 1 "" "kzus {__version__}" "User Commands"'
    first, *more = wrapped(kzus.sentence[0].lower() + kzus.sentence[1:], _LINE - len("kzus - "))
    yield from (".SH NAME", rf"kzus \- {roff(first)}", *map(roff, more))
    yield from (".SH SYNOPSIS", f".B kzus\n{roff(kzus.usage.removeprefix('kzus '))}")
    yield from (".SH DESCRIPTION", *_paragraphs(kzus.paragraphs))
    yield from (".SH EXAMPLES", *_examples([command + REMARK + question for command, question in QUESTIONS]))
    yield ".SH COMMANDS"
    for heading, under in pages():
        for each in under:
            yield from (f'.SS "{heading}: {roff(_call(each))}"', *_paragraphs([f"{each.sentence}.", *each.paragraphs]))
            yield from (".PP", *_examples(each.examples))
            for section in own(each):
                yield from (".PP", rf"\fI{section.heading}\fR", *_terms(section.rows))
    yield ".SH OPTIONS"
    for section in shared():
        yield from (f'.SS "{section.heading}"', *_paragraphs([_LEADS[section.heading]]), *_terms(section.rows))
    for section in kzus.sections:
        title = {"Exit codes": "EXIT STATUS", "Environment": "ENVIRONMENT"}.get(section.heading)
        if title:
            yield from (f'.SH "{title}"', *_terms(section.rows))


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    """Yield paragraphs under a heading, which makes the first of them begin."""
    for at, text in enumerate(texts):
        yield from [".PP"] * bool(at)
        yield from map(roff, wrapped(text, _LINE))


def _examples(examples: Iterable[str]) -> Iterator[str]:
    yield from (".nf", ".RS 4")
    yield from (roff(example) for example in examples)
    yield from (".RE", ".fi")


def _terms(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield ".PD 0"
    for word, meaning in rows:
        yield from (".TP", rf"\fB{roff(word)}\fR", *map(roff, wrapped(meaning, _LINE)))
    yield ".PD"


def roff(text: str) -> str:
    """Escape text so that it stays what it is: hyphens and quotes to be copied, no line that is a request."""
    for mark, written in (("\\", r"\e"), ("-", r"\-"), ("'", r"\(aq"), ("`", r"\(ga"), ("^", r"\(ha"), ("~", r"\(ti")):
        text = text.replace(mark, written)
    text = re.sub(r"[^\x00-\x7f]", lambda found: rf"\[u{ord(found[0]):04X}]", text)
    return rf"\&{text}" if text.startswith(".") else text


def readme(text: str) -> str:
    """Return the README with the reference of today between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{markdown()}\n{END}{after}"


if __name__ == "__main__":
    MAN.parent.mkdir(exist_ok=True)
    MAN.write_text(man(), "utf-8")
    README.write_text(readme(README.read_text("utf-8")), "utf-8")
    sys.exit()
