"""The card of `kzus brief` as sections of a document: small tables with sentences below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzus.query.listing import Column
from kzus.query.lists.screens import FLOW_WORDS, STAGE_WORDS
from kzus.query.sums.groupings import FLOWS_IN_TOTAL
from kzus.query.sums.remarks import lent_amounts
from kzus.render.brief_words import headline_claims, headline_lists
from kzus.render.cells import LIST_PRICE, LIST_PRICE_LEGEND, money
from kzus.render.data_table import DataTable
from kzus.render.document import Section
from kzus.values.text import as_sentence, many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kzus.query.brief.beside import Apart, BriefSources
    from kzus.query.brief.brief import Brief, LargestDeal
    from kzus.query.brief.sections import NewestHeadline
    from kzus.query.series import KeyIndicator

    _MakeTable = Callable[[Sequence[Column], Sequence[tuple[Any, ...]]], DataTable]

_FLOW_COLUMNS = (
    Column("what"),
    *(Column(name, "sum") for name in ("firm_usd", "pledge_usd", "dormant_usd")),
    Column("valued", "coverage"),
)
_SOURCES_COLUMN = Column("sources", "sources")
_LARGEST_COLUMNS = (
    Column("value", "signed"),
    Column("counted_usd", "money"),
    Column("stage", "stage"),
    Column("title"),
    Column("flow"),
    Column("who pays whom"),
    Column("date", "date"),
    _SOURCES_COLUMN,
)
_LATEST_COLUMNS = (Column("date", "date"), Column("text"), _SOURCES_COLUMN)
_SERIES_COLUMNS = (Column("title"), Column("period", "date"), Column("value", "value"), Column("unit"), _SOURCES_COLUMN)
_VENTURE_COLUMNS = (Column("value", "signed"), Column("title"), Column("of"), _SOURCES_COLUMN)


def build_sections(
    brief: Brief, sources: BriefSources, links: Callable[[], Mapping[str, str]], *, is_whole: bool
) -> Iterator[Section]:
    """Yield the sections of a card, those with `is_whole` that `--all` adds; `links` returns addresses of sources."""

    def table(columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> DataTable:
        return DataTable(tuple(columns), rows, [(column.name,) for column in columns], links=links)

    yield _money(brief, sources.other_currency, table)
    yield Section("Deals", list(_deal_sentences(brief, sources.apart)))
    if brief.headline:
        yield Section("Headline", list(_headline_sentences(brief, brief.headline)))
    yield from _deals_and_events(brief, sources, table)
    yield from _beside_it(brief, sources, table, is_whole=is_whole)
    yield Section("Facts", list(_fact_sentences(brief)))


def _money(brief: Brief, other_currency: str, table: _MakeTable) -> Section:
    rows = [
        (flow.text, flow.firm_usd, flow.pledge_usd, flow.dormant_usd, f"{flow.valued}/{flow.deals}")
        for flow in brief.flows
        if (flow.firm_usd, flow.pledge_usd, flow.dormant_usd) != (0, 0, 0)
    ]
    # A column of 0 in every row is one that no deal feeds.
    used = [at for at in range(len(_FLOW_COLUMNS)) if any(row[at] != 0 for row in rows)]
    flows = table([_FLOW_COLUMNS[at] for at in used], [tuple(row[at] for at in used) for row in rows]) if rows else None
    return Section("Money", list(_money_sentences(brief, other_currency)), flows)


def _deals_and_events(brief: Brief, sources: BriefSources, table: _MakeTable) -> Iterator[Section]:
    if brief.largest:
        marks = [LIST_PRICE_LEGEND] * any(map(_is_list_price, brief.largest))
        yield Section("Largest deals", marks, _largest_table(brief.largest, sources, table))
    if brief.latest:
        latest = [(each.date, *said) for each, said in zip(brief.latest, sources.latest, strict=True)]
        yield Section("Latest", (), table(_LATEST_COLUMNS, latest))


def _beside_it(brief: Brief, sources: BriefSources, table: _MakeTable, *, is_whole: bool) -> Iterator[Section]:
    """Yield what no sum holds: direct investment, what whole ventures cost, and with `is_whole` groups and readings."""
    if brief.direct_investment:
        yield Section("Direct investment", (), table(_SERIES_COLUMNS, _series_rows(brief.direct_investment, sources)))
    if brief.ventures:
        ventures = [(each.value, each.title, each.of or "", each.source) for each in brief.ventures]
        said = "What whole ventures cost, whoever pays; in no figure above."
        yield Section("Ventures", [said], table(_VENTURE_COLUMNS, ventures))
    if is_whole and brief.indicators:
        yield Section("Indicators", (), table(_SERIES_COLUMNS, _series_rows(brief.indicators, sources)))
    if is_whole and (groups := _sector_rows(brief)):
        columns = (Column(brief.by), *(Column(f"{name}_usd", "sum") for name in FLOWS_IN_TOTAL))
        yield Section(f"By {brief.by}", (), table(columns, groups))


def _money_sentences(brief: Brief, other_currency: str) -> Iterator[str]:
    if amounts := lent_amounts(brief.lent.firm_usd, brief.lent.pledge_usd):
        yield f"Lent or guaranteed, in no figure above: {amounts}."
    if other_currency:
        yield f"{other_currency}, not counted."
    if brief.own:
        own, shared = money(brief.own.own_usd), money(brief.own.shared_usd)
        yield f"Of it {own} is of deals in which it stands alone on its side, and {shared} shared with others there."


def _deal_sentences(brief: Brief, apart: Apart) -> Iterator[str]:
    valued, dormant = brief.coverage.valued, brief.coverage.dormant
    idle, number = ", ".join(apart.idle), sum(apart.idle.values())
    of_these = f" {number} of these {'counts' if number == 1 else 'count'} nothing: {idle}." if idle else ""
    have = "has" if valued == 1 else "have"
    yield f"{valued} of {many(brief.coverage.deals, 'deal')} {have} a stated value.{of_these}"
    if apart.uncounted:
        yield f"{many(apart.uncounted, 'deal has', 'deals have')} only figures that don't count."
    if said := "; ".join(kind.describe() for kind in brief.not_prices):
        yield as_sentence(said)
    if dormant:
        yield f"{many(dormant, 'pledge')} {'is' if dormant == 1 else 'are'} dormant: no news in 36 months."


def _headline_sentences(brief: Brief, headline: NewestHeadline) -> Iterator[str]:
    yield f"{headline.title} ({headline.id}): {headline_claims(headline)[0]}."
    first, *_ = headline_lists(headline, is_of_subject=brief.subject is not None)
    yield as_sentence(first)


def _largest_table(deals: Sequence[LargestDeal], sources: BriefSources, table: _MakeTable) -> DataTable:
    """Return the largest deals; what they count only where one counts something else than it states."""
    counts = [deal.counted_usd for deal in deals if deal.counted_usd != deal.amount_usd]
    rows = [
        (
            f"{deal.value}{LIST_PRICE * _is_list_price(deal)}",
            *([deal.counted_usd] if counts else []),
            STAGE_WORDS.get(deal.stage, deal.stage),
            deal.title,
            "bought" if deal.flow == "trade" and deal.direction else FLOW_WORDS.get(deal.flow, ""),
            deal.who,
            deal.date,
            sources.stated.get(deal.id),
        )
        for deal in deals
    ]
    return table(_LARGEST_COLUMNS if counts else [_LARGEST_COLUMNS[0], *_LARGEST_COLUMNS[2:]], rows)


def _is_list_price(deal: LargestDeal) -> bool:
    return deal.measure == "list price"


def _series_rows(found: Sequence[KeyIndicator], sources: BriefSources) -> list[tuple[Any, ...]]:
    return [
        (series.title, series.period, ", ".join(series.values), series.unit, sources.series[series.id])
        for series in found
    ]


def _sector_rows(brief: Brief) -> list[tuple[Any, ...]]:
    amounts = [
        (STAGE_WORDS.get(group.label, group.label), *(getattr(group, f"{name}_usd") for name in FLOWS_IN_TOTAL))
        for group in brief.groups
    ]
    return [row for row in amounts if any(row[1:])]


def _fact_sentences(brief: Brief) -> Iterator[str]:
    version = f"Version {brief.version}, as" if brief.version else "As"
    newest = f"; the newest source is of {brief.freshness.newest_source}" if brief.freshness.newest_source else ""
    yield f"{version} of {brief.as_of}{newest}."
