"""A page of the manual on a terminal, without rich, which would take longer to import than the help to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.manual import PROMPT, REMARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzus.manual import Page

_WIDEST, _NARROWEST = 100, 40
_INDENT = "  "
_TERM = 24
"""A longer word has its meaning under it, so that the others keep their room."""
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def text(page: Page, width: int, *, has_styles: bool) -> str:
    """Write a page for a width, with headings in bold if the terminal has that."""
    room = max(min(width, _WIDEST), _NARROWEST)
    return "\n".join(_lines(page, room, *((_BOLD, _DIM, _PLAIN) if has_styles else ("", "", ""))))


def _lines(page: Page, room: int, bold: str, dim: str, plain: str) -> Iterator[str]:
    first, *more = wrapped(page.usage, room - len("Usage: "))
    yield f"{bold}Usage:{plain} {first}"
    yield from (f"{' ' * len('Usage: ')}{line}" for line in more)
    for paragraph in (page.sentence, *page.paragraphs):
        yield ""
        yield from (_INDENT + line for line in wrapped(paragraph, room - len(_INDENT)))
    if page.examples:
        yield ""
        yield f"{bold}Examples:{plain}"
    yield from _examples(page.examples, room, dim, plain)
    for section in page.sections:
        yield ""
        yield f"{bold}{section.heading}:{plain}"
        yield from _meanings(section.rows, room)


def _examples(examples: list[str], room: int, dim: str, plain: str) -> Iterator[str]:
    """Yield examples with their remarks beside them or, if that is too wide for one, above."""
    are_beside = all(len(_INDENT + PROMPT + example) <= room for example in examples)
    for example in examples:
        command, _, remark = example.partition(REMARK)
        beside = f"{dim}{REMARK}{remark}{plain}" if remark and are_beside else ""
        if remark and not beside:
            yield f"{_INDENT}{dim}{REMARK.strip()} {remark}{plain}"
        yield f"{_INDENT}{dim}{PROMPT}{plain}{command if beside else command.rstrip()}{beside}"


def _meanings(rows: list[tuple[str, str]], room: int) -> Iterator[str]:
    longest = max((len(term) for term, _ in rows if len(term) <= _TERM), default=_TERM)
    under = _INDENT + " " * (longest + len(_INDENT))
    for term, meaning in rows:
        first, *more = wrapped(meaning, room - len(under)) or [""]
        if len(term) > longest:
            yield _INDENT + term
            yield under + first
        else:
            yield f"{_INDENT}{term:{longest}}{_INDENT}{first}".rstrip()
        yield from (under + line for line in more)


def wrapped(text: str, width: int) -> list[str]:
    """Break text between words; a word that is too long stands on a line of its own, whole."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line.rstrip())
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines
