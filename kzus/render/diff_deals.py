"""The tables of `kzus diff` that explain one another: the sums of each flow, and the deals that make them differ."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.query.diff import DealState, Difference, deal_states
from kzus.query.diff_sides import older_changes
from kzus.query.listing import Column
from kzus.query.lists.screens import FLOW_WORDS, STAGE_WORDS, Screen
from kzus.render.cells import BLANK, UNKNOWN, money, signed_count
from kzus.values.amounts import parse_value, print_value
from kzus.values.text import many

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kzus.query.diff_sides import Comparison

_SUMS = {
    "firm_usd": "firm", "pledge_usd": "pledged", "dormant_usd": "dormant",
    "financing_firm_usd": "firm", "financing_pledge_usd": "pledged",
}  # fmt: skip
_OF_STATES = ("stage", "standing", "counted_usd", "flow")
_FLOW = Column("flow", "label")
DiffRow = tuple[Any, ...]
ID, WHY = Column("id", "id"), Column("why")
_COMPACT = 80
_WITH_REASONS = 120
"""From this width on, a column says why a deal counts other than it states."""


class ChangedDeals(NamedTuple):
    """The deals that came, went or changed what a sum takes of them: `old` and `new` have each as it was and is."""

    came: list[str]
    went: list[str]
    changed: list[str]
    old: Mapping[str, DealState]
    new: Mapping[str, DealState]

    @property
    def every(self) -> list[str]:
        """All of them."""
        return [*self.came, *self.went, *self.changed]

    def summary(self) -> str:
        """Say how many there are."""
        counts = {"came": len(self.came), "went": len(self.went), _changed(len(self.changed)): len(self.changed)}
        changes = [f"{number} {verb}" for verb, number in counts.items() if number]
        if not changes:
            return "no deal came, went or changed what it counts"
        number, _, rest = ", ".join(changes).partition(" ")
        return f"{many(int(number), 'deal')} {rest}"


def _changed(number: int) -> str:
    return f"changed stage or what {'it counts' if number == 1 else 'they count'}"


def changed_deals(found: Comparison) -> tuple[ChangedDeals, ChangedDeals]:
    """Return the deals of what surely differs, and those of what may be older; the largest first."""
    old, new = deal_states(found.old.facts), deal_states(found.new.facts)
    seen: set[str] = set()
    both = []
    for every in (found.sure, found.unsure):
        deals = [each for each in every if each.kind == "deal"]
        whole = {str(each.id): each.change for each in deals if each.field is None}
        # A deal that came or went stands among those, and one that is sure to have changed only there.
        changed = {str(each.id) for each in deals if is_state(each)} & old.keys() & new.keys() - seen
        seen |= changed
        both.append(
            ChangedDeals(
                sorted((name for name, change in whole.items() if change == "added"), key=partial(_size, new)),
                sorted((name for name, change in whole.items() if change == "removed"), key=partial(_size, old)),
                sorted(changed, key=partial(_size, new)),
                old,
                new,
            )
        )
    return both[0], both[1]


def is_state(each: Difference) -> bool:
    """Tell whether a difference is in what a sum takes of a deal."""
    return each.kind == "deal" and each.field in _OF_STATES


def _size(side: Mapping[str, DealState], name: str) -> tuple[int, str]:
    return (-(side[name].counted_usd or 0), name)


def sums_table(found: Comparison) -> DiffTable:
    """Set a row a sum that differs, with the part of it that may be older; what is lent stands by itself."""
    older = older_changes(found)
    rows = [
        (
            FLOW_WORDS.get(str(each.id), str(each.id)),
            _SUMS[str(each.field)],
            arrow(money(each.old), money(each.new)),
            _signed((each.new or 0) - (each.old or 0)),
            _signed(older.get((str(each.id), str(each.field)), 0)),
        )
        for each in found.sums
    ]
    columns = tuple(Column(name, "label") for name in ("flow", "sum", "old → new", "change", "may be older"))
    return DiffTable(columns if older else columns[:-1], (), rows if older else [row[:-1] for row in rows])


def _signed(more: int) -> str:
    return f"{'+' if more > 0 else '−'}{money(abs(more))}" if more else ""


def deal_tables(deals: ChangedDeals, prefix: str) -> tuple[DiffTable, DiffTable]:
    """Return the deals that came or went, then those that changed, each with what it counts."""
    number = len(deals.changed)
    return _whole_deals(deals, prefix), _changed_deals(deals, f"{prefix}{many(number, 'deal')} {_changed(number)}")


def _whole_deals(deals: ChangedDeals, prefix: str) -> DiffTable:
    came = [_deal_row(name, deals.new[name]) for name in deals.came]
    went = [_deal_row(name, deals.old[name]) for name in deals.went]
    headings = [f"{prefix}{many(len(came), 'deal')} came"] * len(came)
    headings += [f"{prefix}{many(len(went), 'deal')} went"] * len(went)
    columns = (
        Column("date", "date"),
        Column("stage", "stage"),
        Column("title"),
        Column("counts", "coverage"),
        _FLOW,
        WHY,
        ID,
    )
    narrow = (("date", "stage"), ("title",), ("counts", "flow"))
    compact = (("date",), ("stage",), ("title",), ("counts",), ("flow",))
    return DiffTable(columns, narrow, [*came, *went], headings, compact)


def _changed_deals(deals: ChangedDeals, heading: str) -> DiffTable:
    rows = [_changed_row(name, deals.old[name], deals.new[name]) for name in deals.changed]
    columns = (Column("title"), Column("stage", "stage"), Column("counts", "label"), _FLOW, WHY, ID)
    narrow, compact = (("title",), ("stage", "flow"), ("counts",)), (("title",), ("stage",), ("counts",), ("flow",))
    return DiffTable(columns, narrow, rows, [heading] * len(rows), compact)


def _deal_row(name: str, deal: DealState) -> DiffRow:
    return (deal.date, _stage_cell(deal), deal.title, _counted_cell(deal), _flow(deal), _why(deal), name)


def _changed_row(name: str, old: DealState, new: DealState) -> DiffRow:
    return (new.title, *(arrow(cell(old), cell(new)) for cell in (_stage_cell, _counted_cell, _flow)), _why(new), name)


def _stage_cell(deal: DealState) -> str:
    return "dormant" if deal.standing == "dormant" else STAGE_WORDS.get(deal.stage, deal.stage)


def _counted_cell(deal: DealState) -> str:
    if deal.counted_usd is None:
        return BLANK if deal.flow == "cooperation" else UNKNOWN
    # Valued in another currency, it counts 0: the value says more than that.
    if deal.amount_usd is None and deal.value:
        return f"({print_value(parse_value(deal.value))})"
    return signed_count(deal.counted_usd, deal.amount_usd, deal.value or "", deal.measure)


def _flow(deal: DealState) -> str:
    return "bought" if deal.flow == "trade" and deal.direction else FLOW_WORDS.get(deal.flow, BLANK)


def _why(deal: DealState) -> str:
    """Say why a deal counts other than it states."""
    counts_as_stated = deal.counted_usd is None or deal.counted_usd == deal.amount_usd
    return BLANK if counts_as_stated else deal.reason or BLANK


class DiffTable(NamedTuple):
    """A table to print, with the heading of each row; the last column may be the id, one in front of it `WHY`.

    `narrow` says which columns a narrow screen stacks, `compact` the same from 80 columns on.
    """

    columns: tuple[Column, ...]
    narrow: tuple[tuple[str, ...], ...]
    rows: list[DiffRow]
    headings: Sequence[str] = ()
    compact: tuple[tuple[str, ...], ...] = ()

    @property
    def layout(self) -> tuple[tuple[str, ...], ...]:
        """A column each, without the id, and without reasons where there are none."""
        has_reasons = WHY in self.columns and any(row[self.columns.index(WHY)] != BLANK for row in self.rows)
        return tuple((each.name,) for each in self.columns if each != ID and (has_reasons or each != WHY))

    def screen(self, width: int) -> Screen:
        """Return how a terminal of this width draws it."""
        narrow = self.compact if self.compact and width >= _COMPACT else self.narrow
        left_out = WHY.name if width < _WITH_REASONS else ""
        return Screen(tuple(name for (name,) in self.layout if name != left_out), narrow)


def arrow(old: str, new: str) -> str:
    """Write what was and is, once where it is the same."""
    return new if old == new else f"{old.strip() or UNKNOWN} → {new.strip() or UNKNOWN}"
