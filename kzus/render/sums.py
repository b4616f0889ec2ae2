"""The tables of a sum for people, each kind of money by itself or one grouping across another, and its chart."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.query.listing import Column
from kzus.query.lists.screens import FLOW_WORDS
from kzus.query.sums.groupings import FLOWS_IN_TOTAL, add_known
from kzus.render.cells import UNKNOWN, format_cell
from kzus.render.data_table import RULE
from kzus.render.document import Chart, ChartBar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kzus.query.sums.sum import Group, Sum

_FLOWS = tuple(f"{flow}_usd" for flow in FLOWS_IN_TOTAL)
_STANDINGS = ("firm_usd", "pledge_usd", "dormant_usd")
_LENT = ("financing_firm_usd", "financing_pledge_usd")
_PARTY = ("own_usd", "shared_usd")
_RULE = Column(RULE)
_COVERAGE = Column("valued", "coverage")
_ALL_LENT = Column("lent_usd", "sum")
FINANCING = "financing"


class SumTable(NamedTuple):
    """Columns and rows of a drawn sum; `total` is its last row, if it has one."""

    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]
    total: tuple[Any, ...] | None = None


class Margins(NamedTuple):
    """The sums by each of two groupings alone, in which every deal is counted once."""

    rows: Sequence[Group]
    columns: Sequence[Group]
    total: Group


def plural(grouping: str) -> str:
    """Return what several of a grouping are called: parties, countries, sectors."""
    return f"{grouping[:-1]}ies" if grouping.endswith("y") else f"{grouping}s"


def build_by_flow(found: Sum, groups: Sequence[Group], *, has_lent: bool, has_rule: bool) -> SumTable:
    """Set a row a group: each flow that the sum has, then what is firm, pledged and dormant, and how many are valued.

    Columns that are empty in every row are left out. `has_rule` sets a line between flows and what they add up to.
    """
    is_by_flow = found.by == ("flow",)
    # By flow each row has one flow, whose name is its label.
    flows = () if is_by_flow else _used(_FLOWS, groups)
    own = _used(_PARTY, groups) if "party" in found.by else ()
    lent = _used(_LENT, groups)
    known = {column.name: column for column in found.columns}
    columns = (
        Column(found.by[0], "label"),
        *(known[name] for name in flows),
        *([_RULE] if flows and has_rule else []),
        *(known[name] for name in (*_used(_STANDINGS, groups), *own)),
        # The row of financing has nothing but what is lent: by flow, firm and pledged have a column each.
        *((known[name] for name in lent) if is_by_flow else [_ALL_LENT] if lent and has_lent else []),
        _COVERAGE,
    )
    total = found.total._replace(label=f"All {plural(found.by[0])}")
    rows, last = [_row(group, columns) for group in groups], _row(total, columns)
    return SumTable(columns, rows, without_parties(last, columns))


def without_parties(total: tuple[Any, ...], columns: Sequence[Column]) -> tuple[Any, ...]:
    """Leave a total blank under what parties have alone and together, which is asked of one party only."""
    return tuple("" if column.name in _PARTY else cell for cell, column in zip(total, columns, strict=True))


def _used(names: Sequence[str], groups: Sequence[Group]) -> tuple[str, ...]:
    """Return the columns that aren't empty in every group."""
    return tuple(name for name in names if any(getattr(group, name) != 0 for group in groups))


def _row(group: Group, columns: Sequence[Column]) -> tuple[Any, ...]:
    worked_out = {
        _RULE.name: _RULE.name,
        _COVERAGE.name: f"{group.valued}/{group.deals}",
        _ALL_LENT.name: _amount(group, FINANCING),
    }
    cells = (worked_out.get(column.name, getattr(group, column.name, None)) for column in columns[1:])
    return (group.label, *cells)


def build_cross(found: Sum, groups: Sequence[Group], margins: Margins, *, flows: Sequence[str]) -> SumTable:
    """Set the second grouping across; a row for each of `flows` in a group, since they don't add up.

    The margins add up all but flows. What is empty is left out; a group is named in the first of its rows.
    """
    down, across = found.by
    cells = {(group.group, group.group_2): group for group in groups}
    heads = [margin for margin in margins.columns if any(margin.group == group.group_2 for group in groups)]
    rows = [
        row
        for margin in margins.rows
        if any(margin.group == group.group for group in groups)
        for row in _rows_of(
            margin.label, [*(cells.get((margin.group, head.group)) for head in heads), margin], found.by, flows
        )
    ]
    # A last row by flow would add a purchase to a loan.
    if down != "flow":
        rows += _rows_of(f"All {plural(down)}", [*heads, margins.total], found.by, flows)
    headings = [*_headings_apart(heads), f"all {plural(across)}"]
    # So would a last column across flows; what is 0 everywhere says nothing.
    used = [at for at in range(len(headings) - (across == "flow")) if any(row[at + 2] != 0 for row in rows)]
    has_flow = "flow" not in found.by and len(flows) > 1
    columns = (
        Column(down, "label"),
        *([Column("flow")] if has_flow else []),
        # Not named by the group: a tag 'sector' would take the place of the first column.
        *(Column(f"{across} {at}", "sum", heading=headings[at]) for at in used),
    )
    picked = [(row[0], *([row[1]] if has_flow else []), *(row[at + 2] for at in used)) for row in rows]
    return SumTable(columns, picked)


def _headings_apart(groups: Sequence[Group]) -> list[str]:
    """Return what the columns of groups are called: those of one name, such as packages of one title, with their id."""
    names = [group.label.casefold() for group in groups]
    return [
        f"{group.label} ({group.group})" if names.count(name) > 1 else group.label
        for group, name in zip(groups, names, strict=True)
    ]


def _rows_of(
    label: str, across: Sequence[Group | None], by: Sequence[str], flows: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a group, the first with its name: one, or one for each flow."""
    if "flow" in by:
        amounts = [_any_amount(group) for group in across]
        if any(amount != 0 for amount in amounts):
            yield (label, "", *amounts)
        return
    for flow in flows:
        amounts = [_amount(group, flow) for group in across]
        if any(amount != 0 for amount in amounts):
            yield (label, FLOW_WORDS.get(flow, flow), *amounts)
            label = ""


def _amount(group: Group | None, flow: str) -> int | None:
    """Return what a group has of a flow: nothing known if deals feed it and none has a value."""
    if group is None:
        return 0
    if flow != FINANCING:
        amount: int | None = getattr(group, f"{flow}_usd")
        return amount
    return add_known(getattr(group, name) for name in _LENT)


def _any_amount(group: Group | None) -> int | None:
    """Return what a group of one flow has, whatever its flow."""
    return add_known(_amount(group, flow) for flow in (*FLOWS_IN_TOTAL, FINANCING))


def build_chart(groups: Sequence[Group], title: str, *, is_by_time: bool, has_flows: bool) -> Chart | None:
    """Return the chart of groups in their order, none without a group; `is_by_time` says that they are all years.

    With `has_flows` each bar is told with the kinds of money in it, which no figure holds without saying so.
    """
    if not groups:
        return None
    bars = [_bar(group, has_flows=has_flows) for group in groups]
    pale = "pledged, also dormant" if any(group.dormant_usd for group in groups) else "pledged"
    return Chart(title, _with_empty_years(bars) if is_by_time else bars, ("firm", pale))


def chart_legend(chart: Chart) -> str:
    """Say what stands in a chart for an amount that is none, of the signs that occur."""
    drawn = {bar.shown for bar in chart.bars}
    signs = {
        "0": "0: adds nothing (lent, lapsed …)",
        UNKNOWN: f"{UNKNOWN}: no figure that counts",
        "": "blank: no deal",
    }
    return "; ".join(text for sign, text in signs.items() if sign in drawn)


def _bar(group: Group, *, has_flows: bool) -> ChartBar:
    firm, total = group.firm_usd or 0, group.total_usd or 0
    flows = _flows_in_words(group) if has_flows else ()
    return ChartBar(group.label, format_cell("money", group.total_usd), (0, firm), (firm, total), flows)


def _flows_in_words(group: Group) -> tuple[str, ...]:
    """Say which kinds of money a group has, the largest first, of several with how much each is."""
    known = [(usd, FLOW_WORDS[flow]) for flow in FLOWS_IN_TOTAL if (usd := getattr(group, f"{flow}_usd"))]
    known.sort(key=itemgetter(0), reverse=True)
    if len(known) == 1:
        return (known[0][1],)
    return tuple(f"{format_cell('money', usd)} {word}" for usd, word in known)


def _with_empty_years(bars: Sequence[ChartBar]) -> list[ChartBar]:
    """Put an empty bar in the place of each year without deals, so that the axis is one of time."""
    known = {int(bar.label): bar for bar in bars}
    years = range(min(known), max(known) + 1)
    return [known.get(year) or ChartBar(str(year), "", (0, 0), (0, 0)) for year in years]
