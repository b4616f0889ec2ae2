"""What stands below a list for a person: how many rows there are, of what, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.query.filters import Filter
from kzus.render.cells import BETWEEN, value_legend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzus.commands.session import Session
    from kzus.query.listing import Answer, Listing


def captions(session: Session, listing: Listing, found: Answer, asked: Filter, *, is_screen: bool) -> list[str]:
    """Return the lines below a list; on a screen with what deals add up to, and what has become of treaties.

    The last says what the marks of values mean, if there are any.
    """
    counts = _counts(session, listing, found, asked, is_screen=is_screen)
    if not is_screen:
        return counts
    return [
        *counts,
        *_signs(listing, found),
        *(_differing_hint(found) if listing.name == "indicators" else ()),
        *(_headline_hint(session, found) if listing.name == "events" else ()),
    ]


def _headline_hint(session: Session, found: Answer) -> list[str]:
    """Say which packages of deals belong to events, and how to see them."""
    from kzus.query.lists.totals import packages_of_events

    at = [column.name for column in found.columns].index("id")
    commands = [f"kzus headline {name}" for name in packages_of_events(session.index, (row[at] for row in found.rows))]
    plural = "packages" if len(commands) > 1 else "a package"
    return [f"with {plural} of deals: {', '.join(commands)}"] if commands and session.format == "table" else []


def _differing_hint(found: Answer) -> list[str]:
    """Say what the mark of a reading means, if any has it."""
    from kzus.query.lists.screens import DIFFERS

    at = [column.name for column in found.columns].index("value")
    is_marked = any(str(row[at]).endswith(DIFFERS) for row in found.rows)
    return [f"{DIFFERS} for the same time another source or side has another figure: kzus show ID"] * is_marked


def _signs(listing: Listing, found: Answer) -> list[str]:
    """Say in a line what the signs of values and stages mean, if there are any."""
    signs = value_legend(_signed_cells(found))
    if listing.name == "deals":
        from kzus.query.lists.screens import OLD

        at = [column.name for column in found.columns].index("stage")
        if any(str(row[at]).endswith(OLD) for row in found.rows):
            signs.append(f"{OLD} no news in 3 years")
    return [BETWEEN.join(signs)] if signs else []


def _signed_cells(found: Answer) -> list[object]:
    """Return the cells that may have a sign."""
    places = [at for at, column in enumerate(found.columns) if column.kind == "signed"]
    return [row[at] for row in found.rows for at in places]


def _counts(session: Session, listing: Listing, found: Answer, asked: Filter, *, is_screen: bool) -> list[str]:
    """Say how many rows there are, and of what."""
    many = f"{len(found.rows)} of {found.total}" if found.total > len(found.rows) else f"{found.total}"
    head = f"{many} {listing.singular if found.total == 1 else listing.plural or listing.name}"
    if is_screen and listing.name == "deals" and found.rows:
        return _sums(session, found, asked, head)
    is_mixed = listing.name == "treaties" and not asked.in_force
    statuses = _statuses(session, found, asked) if is_screen and is_mixed else ""
    is_newest_first = listing.name == "timeline" and is_screen and session.format == "table" and not session.output.sort
    order = f"{BETWEEN}oldest first: --sort date" * (is_newest_first and len(found.rows) > 1)
    return [f"{head}{statuses}{session.described(asked)}{order}"]


def _sums(session: Session, found: Answer, asked: Filter, head: str) -> list[str]:
    """Say what deals add up to, over as many lines as that takes: none of it is cut."""
    from kzus.query.lists.totals import sums_by_flow

    sums = sums_by_flow(session.index, asked)
    # The sums are those of all deals, also of those that a limit leaves out.
    if sums and len(found.rows) < found.total:
        sums[0] = f"all {found.total}: {sums[0]}"
    if session.format != "table":  # a document says in its first sentence what was asked, and breaks lines anywhere
        return [BETWEEN.join([head, *([", ".join(sums)] if sums else [])])]
    parts = [f"{each}," for each in sums[:-1]] + sums[-1:]
    if not parts or len(head) + len(BETWEEN) + len(parts[0]) <= session.env.width:
        lines = _filled([BETWEEN.join([head, *parts[:1]]), *parts[1:]], session.env.width)
    else:
        lines = [head, *_filled(parts, session.env.width)]
    return [*lines[:-1], lines[-1] + session.described(Filter())]


def _filled(parts: Sequence[str], width: int) -> list[str]:
    """Join parts to as few lines as a width allows, none of them broken."""
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + 1 + len(part) <= width:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return lines


def _statuses(session: Session, found: Answer, asked: Filter) -> str:
    """Say how many treaties are in force, and what has become of the others."""
    from kzus.query.lists.totals import count_by_status

    counts = ", ".join(count_by_status(session.index, asked))
    every = f" · all {found.total}: " if len(found.rows) < found.total else ", "
    return f"{every}{counts}" if counts else ""
