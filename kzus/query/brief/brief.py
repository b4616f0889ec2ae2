"""A card: what there is to know at a glance of the whole file, of a sector or of a party."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.query.brief.sections import Flow, NewestHeadline, newest_headline, read_flows
from kzus.query.filters import Filter, conditions
from kzus.query.listing import Column, fetch
from kzus.query.lists.deals import DEALS, TIMELINE
from kzus.query.series import KeyIndicator, direct_investment, indicators
from kzus.query.sums.groupings import FLOWS_IN_TOTAL
from kzus.query.sums.kinds import Kind, read_kinds
from kzus.query.sums.sum import add_up, columns_of, whose
from kzus.query.uncounted import UNCOUNTED_FIGURE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from kzus.query.brief.subject import Subject
    from kzus.query.filters import Conditions
    from kzus.query.sums.sum import Group

FEW, MANY = 4, 20
"""How many deals and happenings a card shows, and how many with `--all`."""


class Lent(NamedTuple):
    """What is lent or guaranteed, which is in no flow; null where such deals publish no value."""

    firm_usd: int | None
    pledge_usd: int | None


class Coverage(NamedTuple):
    """How many deals there are, how many of them publish a value, and how many are dormant pledges."""

    deals: int
    valued: int
    dormant: int


class Own(NamedTuple):
    """Of a party: what is its own, and what one figure says of several on its side; loans in neither."""

    own_usd: int | None
    shared_usd: int | None


class LargestDeal(NamedTuple):
    """One of the largest living deals by what it counts; `who` says who pays whom."""

    id: str
    title: str
    date: str
    stage: str
    flow: str
    direction: str | None
    value: str
    measure: str
    amount_usd: int
    counted_usd: int
    who: str


class Development(NamedTuple):
    """One of the latest developments."""

    date: str
    kind: str
    id: str
    text: str
    stage: str | None


class Venture(NamedTuple):
    """What a whole venture costs, whoever pays: a claim that is in no sum."""

    id: str
    title: str
    value: str
    amount_usd: int
    of: str | None
    source: str


class Freshness(NamedTuple):
    """How new the file is, and how much it holds; a lens makes it smaller."""

    newest_source: str | None
    entries: int
    sources: int


class Brief(NamedTuple):
    """A whole card; `by` says what the groups are."""

    version: str | None
    as_of: str
    title: str
    subject: Subject | None
    flows: list[Flow]
    lent: Lent
    own: Own | None
    coverage: Coverage
    not_prices: list[Kind]
    headline: NewestHeadline | None
    largest: list[LargestDeal]
    latest: list[Development]
    direct_investment: list[KeyIndicator]
    ventures: list[Venture]
    by: str
    groups: list[Group]
    indicators: list[KeyIndicator]
    freshness: Freshness


def make_brief(index: sqlite3.Connection, of: Subject | None = None, *, most: int = FEW) -> Brief:
    """Gather a card of a subject, else of the whole file, with so many deals and happenings at most."""
    meta = dict(index.execute("SELECT key, value FROM meta"))
    asked = of.filter() if of else Filter()
    found = conditions(index, DEALS.filters, asked)
    by = "sector"
    sums = add_up(index, asked, by)
    if of and (of.kind == "sector" or len(sums.groups) == 1):  # one group would repeat the total
        by = "stage"
        sums = add_up(index, asked, by)
    return Brief(
        version=meta.get("version"),
        as_of=meta["as_of"],
        title=meta["title"],
        subject=of,
        flows=read_flows(index, asked),
        lent=Lent(sums.total.financing_firm_usd, sums.total.financing_pledge_usd),
        own=_own_sums(index, of, asked),
        coverage=_read_coverage(index, sums.total, found),
        not_prices=read_kinds(index, sums, is_living=True),  # as the flows are drawn
        headline=newest_headline(index, found),
        largest=_largest(index, found, most),
        latest=_latest(index, asked, most),
        direct_investment=direct_investment(index, asked),
        ventures=_read_ventures(index, found, most),
        by=by,
        groups=sums.groups,
        indicators=indicators(index, asked),
        freshness=_read_freshness(index),
    )


def _own_sums(index: sqlite3.Connection, of: Subject | None, asked: Filter) -> Own | None:
    if of is None or of.kind != "party":
        return None
    groups = (group for group in add_up(index, asked, "party").groups if group.group == of.id)
    return next((Own(group.own_usd, group.shared_usd) for group in groups), None)


def _read_coverage(index: sqlite3.Connection, total: Group, found: Conditions) -> Coverage:
    query = f"SELECT count(*) FROM deals{found.also('''standing = 'dormant' ''')}"  # noqa: S608 - a clause of `conditions`
    return Coverage(total.deals, total.valued, index.execute(query, found.bound).fetchone()[0])


def _largest(index: sqlite3.Connection, found: Conditions, most: int) -> list[LargestDeal]:
    """Return the deals that count most and are neither dormant nor dead; a loan by what it lends."""
    join, bound, given, _ = whose((), found)
    chosen = ", ".join(f'"{name}"' for name in LargestDeal._fields if name not in ("counted_usd", "who"))
    living = found.also(f"standing IN ('firm', 'pledge') AND counted_usd * {given} > 0")  # nor what others have of it
    rows = index.execute(
        f"SELECT {chosen}, counted_usd, payer, payee, parties FROM deals{join}{living}"  # noqa: S608 - names of ours
        " ORDER BY counted_usd DESC, date DESC, id LIMIT ?",
        (*bound, *found.bound, most),
    ).fetchall()
    names = dict(index.execute("SELECT id, coalesce(short, name) FROM parties"))
    return [LargestDeal._make((*row[:-3], _who_pays(names, *row[-3:]))) for row in rows]


def _who_pays(names: Mapping[str, str], payer: str | None, payee: str | None, parties: str) -> str:
    """Say who pays whom: `KTZ → Wabtec`; of parties alone where neither is known."""
    one, other, every = (
        ", ".join(names[party] for party in ids.split(",")) if ids else "" for ids in (payer, payee, parties)
    )
    if one and other:
        return f"{one} → {other}"
    return f"{one} pays" if one else f"{other} is paid" if other else every


def _latest(index: sqlite3.Connection, asked: Filter, most: int) -> list[Development]:
    rows = fetch(index, TIMELINE, asked, columns=Development._fields, limit=most).rows
    return list(map(Development._make, rows))


def _read_ventures(index: sqlite3.Connection, found: Conditions, most: int) -> list[Venture]:
    """Return what whole ventures cost, the largest first: of each deal the figure that every screen shows."""
    figure = f"claims.position = {UNCOUNTED_FIGURE.format('figure.position')}"
    rows = index.execute(
        'SELECT entry, title, claims.value, claims.low, "of", source FROM claims'  # noqa: S608 - our own names
        f" JOIN (SELECT id, title FROM deals{found.where}) AS deals ON deals.id = entry"
        f" WHERE claims.measure = 'project cost' AND currency = 'USD' AND {figure}"
        " ORDER BY claims.low DESC, entry LIMIT ?",
        (*found.bound, most),
    )
    return list(map(Venture._make, rows))


def _read_freshness(index: sqlite3.Connection) -> Freshness:
    newest, sources = index.execute("SELECT max(published), count(*) FROM sources").fetchone()
    (entries,) = index.execute("SELECT count(*) FROM entries").fetchone()
    return Freshness(newest, entries, sources)


class Line(NamedTuple):
    """One thing of a card, for a pipe."""

    section: str
    id: str | None
    text: str | None = None
    date: str | None = None
    amount_usd: int | None = None
    value: str | None = None


BRIEF_COLUMNS = (
    Column("section", "id", about="card, flow, lent, own, coverage, headline, largest, latest, venture, file …"),
    Column("id", "id", about="an id of the file, a flow with its direction as in trade:KZ-US, or a figure's name"),
    Column("text", about="what it is called, or what happened"),
    Column("date", "date", about="the day, month or year of it; of an indicator, the latest period"),
    Column("amount_usd", "money", about="whole U.S. dollars; nothing where no value is published"),
    Column("value", about="firm, pledged or dormant; a value as written, a number of things, or a stage"),
)


def lines(brief: Brief) -> Iterator[Line]:
    """Yield a card line by line; the sections and the ids of figures are a contract."""
    of = brief.subject
    yield Line("card", of.id, of.name, None, None, of.kind) if of else Line("card", None, brief.title)
    yield from _money_lines(brief)
    yield from _headline_lines(brief.headline)
    for deal in brief.largest:
        yield Line("largest", deal.id, deal.title, deal.date, deal.counted_usd, deal.stage)
    for each in brief.latest:
        yield Line("latest", each.id, each.text, each.date, None, each.stage)
    for venture in brief.ventures:
        yield Line("venture", venture.id, venture.title, None, venture.amount_usd, venture.value)
    yield from _group_lines(brief)
    for section, found in (("direct_investment", brief.direct_investment), ("indicator", brief.indicators)):
        for series in found:
            values = (f"{value} {series.unit}" for value in series.values)
            yield from (Line(section, series.id, series.title, series.period, None, value) for value in values)
    yield Line("file", "version", None, None, None, brief.version)
    yield Line("file", "as_of", None, brief.as_of)
    yield Line("file", "newest_source", None, brief.freshness.newest_source)
    for name in ("entries", "sources"):
        yield Line("file", name, None, None, None, str(getattr(brief.freshness, name)))


def _money_lines(brief: Brief) -> Iterator[Line]:
    for flow in brief.flows:
        amounts = {"firm": flow.firm_usd, "pledged": flow.pledge_usd, "dormant": flow.dormant_usd}
        name = f"{flow.flow}:{flow.direction or ''}"
        yield from (Line("flow", name, flow.text, None, usd, word) for word, usd in amounts.items() if usd != 0)
    for word, usd in zip(("firm", "pledged"), brief.lent, strict=True):
        yield Line("lent", word, None, None, usd)
    for name, usd in (brief.own._asdict() if brief.own else {}).items():
        yield Line("own", name.removesuffix("_usd"), None, None, usd)
    for name, number in brief.coverage._asdict().items():
        yield Line("coverage", name, None, None, None, str(number))
    for kind in brief.not_prices:
        yield Line("not_price", kind.flow, kind.kind, None, kind.usd)


def _group_lines(brief: Brief) -> Iterator[Line]:
    for group in brief.groups:
        for name in FLOWS_IN_TOTAL:
            if usd := getattr(group, f"{name}_usd"):
                yield Line(brief.by, group.group, group.label, None, usd, name)


def _headline_lines(headline: NewestHeadline | None) -> Iterator[Line]:
    if headline:
        yield Line("headline", headline.id, headline.title, headline.date, None, headline.value)
        yield Line("headline", "list", headline.publisher, None, headline.list_usd, str(headline.listed))
        yield Line("headline", "gap", None, None, headline.gap_usd)
        for each in headline.lists:
            yield Line("headline", f"list:{each.source}", each.name, None, each.usd, str(each.agreements))


def brief_document(brief: Brief) -> dict[str, Any]:
    """Return a card as one JSON value, whose keys are the names of its fields; they are a contract."""
    names = [column.name for column in columns_of(brief.by)]
    return {**_as_dicts(brief), "groups": [{name: getattr(group, name) for name in names} for group in brief.groups]}


def _as_dicts(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _as_dicts(each) for name, each in value._asdict().items()}
    return [_as_dicts(each) for each in value] if isinstance(value, list) else value
