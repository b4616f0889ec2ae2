"""The desk card as data: line by line for a pipe, and as one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.query.listing import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kzus.query.brief import Brief


class Line(NamedTuple):
    """One thing of a card, for a pipe."""

    section: str
    id: str | None
    text: str | None = None
    date: str | None = None
    amount_usd: int | None = None
    value: str | None = None


COLUMNS = (
    Column("section", "id", about="total, headline, sector or stage, largest, latest, indicator or file"),
    Column("id", "id", about="an id of the file, or which figure of the section it is"),
    Column("text", about="what it is called, or what happened"),
    Column("date", "date", about="the day, month or year of it; of an indicator, the latest period"),
    Column("amount_usd", "money", about="what it counts, in whole U.S. dollars; a gap may lie below zero"),
    Column("value", about="a value as written, a number of things, or the stage of a deal"),
)


def lines(brief: Brief) -> Iterator[Line]:
    """Yield a card line by line; the sections and the ids of figures are a contract."""
    whole, head, fresh = brief.total, brief.headline, brief.freshness
    name = brief.subject.name if brief.subject else brief.title
    yield Line("total", "total", name, None, whole.total_usd, _many(whole.deals))
    yield Line("total", "firm", None, None, whole.firm_usd)
    yield Line("total", "pledged", None, None, whole.pledge_usd)
    if head:
        yield Line("headline", head.id, head.title, head.date, None, head.value)
        yield Line("headline", "counted", None, None, head.counted_usd, _many(head.deals))
        if head.gap_usd is not None:
            yield Line("headline", "gap", None, None, head.gap_usd)
    for group in brief.groups:
        yield Line(brief.by, group.group, group.label, None, group.total_usd, _many(group.deals))
    for deal in brief.largest:
        yield Line("largest", deal.id, deal.title, deal.date, deal.counted_usd, deal.stage)
    for happening in brief.latest:
        yield Line("latest", happening.id, happening.text, happening.date, None, happening.stage)
    for each in brief.indicators:
        for value in each.values:
            yield Line("indicator", each.id, each.title, each.period, None, f"{value} {each.unit}")
    yield Line("file", "as_of", None, fresh.as_of)
    yield Line("file", "newest_source", None, fresh.newest_source)
    yield Line("file", "entries", None, None, None, str(fresh.entries))
    yield Line("file", "sources", None, None, None, str(fresh.sources))


def _many(deals: int) -> str:
    return f"{deals} deal{'s' * (deals != 1)}"


def document(brief: Brief) -> dict[str, Any]:
    """Return a card as one JSON value, whose keys are the names of its fields."""
    found: dict[str, Any] = _plain(brief)
    return found


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _plain(each) for name, each in value._asdict().items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
