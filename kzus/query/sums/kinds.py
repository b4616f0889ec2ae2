"""What the money of a sum is, beside prices: list prices, costs of whole projects, and whose investment it is."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kzus.query.sums.groupings import FLOWS_IN_TOTAL
from kzus.query.sums.screen import IS_INVESTED, first_side, what_investor_does
from kzus.query.sums.sum import whose
from kzus.values.numbers import print_amount

if TYPE_CHECKING:
    from kzus.query.sums.sum import Sum

_FLOW_NAMES = {"trade": "trade", "investment": "investment", "grant": "grants", "unclear": "what is unclear"}
IS_IN_TOTAL = "flow IN ({})".format(", ".join(f"'{flow}'" for flow in FLOWS_IN_TOTAL))
_IS_NO_PRICE = f"({IS_IN_TOTAL} AND (measure IN ('list price', 'project cost', 'estimate') OR is_ceiling))"


class Kind(NamedTuple):
    """What of a flow in a sum isn't a price: by measure, or as a ceiling."""

    flow: str
    kind: str
    usd: int

    def describe(self, *, verb: str = " is") -> str:
        """Say how much of which flow it is: `of trade 4.2bn is list price`."""
        return f"of {_FLOW_NAMES[self.flow]} {print_amount(self.usd, places=1)}{verb} {self.kind}"


def read_kinds(index: sqlite3.Connection, found: "Sum", *, is_living: bool = False) -> list[Kind]:
    """Return what of each flow is a list price, a project cost, an estimate or a ceiling, the largest first.

    `is_living` leaves out what is dormant.
    """
    join, bound, given, _ = whose((), found.conditions)
    only = f"{_IS_NO_PRICE} AND standing IS NOT 'dormant'" if is_living else _IS_NO_PRICE
    rows = index.execute(
        "SELECT flow, iif(measure IN ('list price', 'project cost', 'estimate'), measure, 'a ceiling') AS kind,"  # noqa: S608 - names of ours
        f" sum(counted_usd * {given}) AS usd FROM deals{join}{found.conditions.also(only)}"
        " GROUP BY flow, kind HAVING usd > 0 ORDER BY usd DESC, flow, kind",
        (*bound, *found.conditions.bound),
    )
    articles = {"project cost": "the cost of a whole project", "estimate": "somebody's estimate"}
    return [Kind(flow, articles.get(kind, kind), usd) for flow, kind, usd in rows]


def kinds_line(kinds: Sequence[Kind], room: int) -> str:
    """Say as many kinds as a line has room for, the largest first and that one anyway."""
    line = kinds[0].describe() if kinds else ""
    for kind in kinds[1:]:
        longer = f"{line}; {kind.describe(verb='')}"
        if len(longer) > room:
            break
        line = longer
    return line


def first_side_invests(index: sqlite3.Connection, found: "Sum") -> Iterator[str]:
    """Say how much of the investment the first side of the file pays, if any.

    Without that a reader takes all of it for what the other side invests.
    """
    join, bound, given, _ = whose((), found.conditions)
    country = first_side(index)
    (usd,) = index.execute(
        f"SELECT sum(counted_usd * {given}) FROM deals{join}"  # noqa: S608 - names of ours
        + found.conditions.also(IS_INVESTED),
        (*bound, *found.conditions.bound, f"{country}-*"),
    ).fetchone()
    if usd:
        is_all = usd == found.total.investment_usd
        does = what_investor_does(index, found.conditions, f"{country}-*")
        yield f"{'the investment' if is_all else f'of investment {print_amount(usd, places=1)}'} is what {does}"
