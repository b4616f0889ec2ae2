"""The list of headline packages: a line each, with who claims it, what its list comes to and how much that names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzus.query.filters import Filter
from kzus.query.headlines.claims import claim_note, differing_claims, range_note
from kzus.query.headlines.rows import LIST_COLUMNS, package_row
from kzus.query.listing import Column, arrange
from kzus.query.lists.screens import Screen
from kzus.render.cells import BLANK, UNKNOWN
from kzus.render.environment import WIDE, WIDEST
from kzus.values.amounts import parse_value, print_value
from kzus.values.numbers import print_amount
from kzus.values.text import many, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzus.commands.session import Session
    from kzus.query.headlines.headline import Headline

_COLUMNS = (
    Column("date", "date"),
    Column("title"),
    Column("says", "value"),
    Column("by", "label"),  # which is never cut but by ourselves
    Column("its list", "money"),
    Column("gap", "money"),
    Column("named", "coverage"),
    Column("id", "id"),
)
_SCREEN = Screen(
    ("date", "title", "says", "by", "its list", "gap", "named"),
    (("date",), ("title", "id"), ("says",), ("its list",), ("gap",), ("named",)),
)
_DATE, _LIST, _ID = len("2025-11-07"), len("its list"), len("washington-2025-11")
_LONGEST_BY = 24
_GOOD_TITLE = 48
"""Characters of a title that tell packages apart; a publisher beside the claimant has only what these leave."""
_BETWEEN_COLUMNS = 2
_MOST_IDS = 6


def list_packages(session: Session, found: list[Headline]) -> None:
    """Print a line a package."""
    names = session.check(LIST_COLUMNS)
    output = session.output
    every = [package_row(each) for each in found]
    caption = f"{many(len(found[: output.limit]), 'package')}{session.described(Filter())}"
    if session.format == "table" and not names:
        _, ids = arrange(LIST_COLUMNS, every, names=["id"], sort=output.sort, limit=output.limit)
        _draw_list(session, [each for row in ids for each in found if each.id == row[0]], caption)
    else:
        columns, rows = arrange(LIST_COLUMNS, every, names=names, sort=output.sort, limit=output.limit)
        session.print(columns, rows, caption=caption)
    if not found:
        session.report_none(f"no packages{session.described(Filter())}")


def _draw_list(session: Session, found: list[Headline], caption: str) -> None:
    """Draw the packages, and below them who says what no column has room for, and how to see one."""
    width = session.env.width
    rows = [
        (
            *(each.date, each.title, _claim(each), by, each.list_usd, each.list_gap_usd),
            UNKNOWN if each.claimed is None else f"{each.identified}/{each.claimed}",
            each.id,
        )
        for each, by in zip(found, _claimant_names(found, width), strict=True)
    ]
    session.print(_COLUMNS, rows, caption=caption, screen=_SCREEN)
    for each in filter(differing_claims, found):
        session.caption(range_note(each))
    agreeing = [claim_note(each) for each in found if each.stated and not differing_claims(each)]
    if agreeing and width < WIDE:
        session.caption("; ".join(agreeing))
    if found:
        ids = [each.id for each in found[:_MOST_IDS]]
        named = f": {', '.join(ids)}{' …' * (len(found) > len(ids))}" if WIDE <= width < WIDEST else ""
        session.caption(f"one against its lists, item by item: kzus headline ID{named}")


def _claim(found: Headline) -> str | None:
    """Return what sources claim with signs, where they differ the least and the most of it."""
    return differing_claims(found) or (print_value(parse_value(found.value)) if found.value else None)


def _claimant_names(found: Sequence[Headline], width: int) -> list[str]:
    """Return who claims each stated headline, with the publisher where titles have room beside it.

    How many do where sources differ; a blank where nobody claims a sum.
    """
    whole = [f"{each.claimants} sources" if differing_claims(each) else each.by or BLANK for each in found]
    figures = [[_claim(each) or "", print_amount(each.list_gap_usd or 0, places=1)] for each in found]
    taken = _DATE + _LIST + len("named") + sum(max(map(len, column)) for column in zip(*figures, strict=True))
    taken += (_ID if width >= WIDEST else 0) + _BETWEEN_COLUMNS * (len(_COLUMNS) - (width < WIDEST))
    if width - taken - max(map(len, whole), default=0) >= _GOOD_TITLE:
        return whole
    short = (each.stated.speaker if each.stated else BLANK for each in found)
    shown = (one if by == each.by else by for each, by, one in zip(found, whole, short, strict=True))
    return [shortened(by, _LONGEST_BY) for by in shown]
