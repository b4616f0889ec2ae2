"""Write what is made of the help: `python -m tests.reference` writes the man page, the README's reference and
what completion knows of the commands.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer.main

from kzus import __version__
from kzus.app import COMMANDS, GROUPS, app
from kzus.citations import STYLES
from kzus.codes import INSTRUMENTS, KINDS, STAGES
from kzus.commands import export
from kzus.commands.help import SHARED, page, whole
from kzus.completion.grammar import FILE
from kzus.completion.line import ROOT as KZUS
from kzus.completion.shells import SHELLS
from kzus.manual import QUESTIONS, REMARK, Page, Section
from kzus.output.formats import FORMATS
from kzus.output.help import wrapped
from kzus.totals import GROUPINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parent.parent
MAN, README = ROOT / "kzus" / "man" / "kzus.1", ROOT / "README.md"
WORDS: dict[str, Iterable[str]] = {
    "instrument": INSTRUMENTS,
    "stage": STAGES,
    "kind": KINDS,
    "export.kind": export.KINDS,
    "format": FORMATS,
    "by": GROUPINGS,
    "style": STYLES,
    "completion.shell": SHELLS,
}
"""The parameters that take a closed vocabulary."""
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


def grammar() -> str:
    """Write what completion knows of the commands, one a line."""
    group: Any = typer.main.get_command(app)
    commands = [_command(KZUS, "", group, typer.Context(group), {})]
    for name, about in COMMANDS.items():
        command = group.get_command(None, name)
        columns = {heading: [[each.name, each.about] for each in found] for heading, found in command.columns.items()}
        commands.append(_command(name, about, command, typer.Context(command), columns))
    return "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in commands) + "\n]\n"


def _command(name: str, about: str, command: Any, context: typer.Context, columns: dict[str, Any]) -> dict[str, Any]:
    parameters = [_parameter(name, each) for each in command.get_params(context)]
    return {"name": name, "about": about, "parameters": parameters, "columns": columns}


def _parameter(command: str, each: Any) -> dict[str, Any]:
    is_option = each.param_type_name == "option"
    known = {
        "name": each.name,
        "opts": each.opts if is_option else (),
        "about": (each.help or "") if is_option else "",
        "is_flag": is_option and each.is_flag,
        "is_repeated": each.multiple if is_option else each.nargs < 0,
        "words": tuple(WORDS.get(f"{command}.{each.name}", WORDS.get(each.name, ()))),
    }
    return {name: value for name, value in known.items() if value}


if __name__ == "__main__":
    FILE.write_text(grammar(), "utf-8")
    MAN.parent.mkdir(exist_ok=True)
    MAN.write_text(man(), "utf-8")
    README.write_text(readme(README.read_text("utf-8")), "utf-8")
    sys.exit()
