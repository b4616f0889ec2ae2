"""Questions to the index: one frozen filter, turned into SQL against the listing that is asked for."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from kzus.errors import UnknownNameError, UsageError
from kzus.facts.vocabulary import INSTRUMENTS, KINDS, STAGES
from kzus.query.limits import MOST_COLUMNS
from kzus.values.dates import parse_date
from kzus.values.names import fold, matching
from kzus.values.text import brief, quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, TypeVar

    from kzus.facts.lens import Lens

    _Item = TypeVar("_Item")


class Filter(NamedTuple):
    """Which rows are asked for; several names of one kind widen it, different kinds narrow it.

    Dates are ISO prefixes, bounds included; `min` and `max` are values as people write them.
    """

    text: str | None = None
    sector: Sequence[str] = ()
    party: Sequence[str] = ()
    instrument: Sequence[str] = ()
    stage: Sequence[str] = ()
    tag: Sequence[str] = ()
    package: Sequence[str] = ()
    kind: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    min: str | None = None
    max: str | None = None

    def active(self) -> dict[str, str]:
        """Return what is asked for, by the name of the filter, as it was given."""
        given = self._asdict().items()
        return {name: value if isinstance(value, str) else ", ".join(value) for name, value in given if value}


class Column(NamedTuple):
    """A column of a listing: its contract name, the kind of its cells, and the SQL behind it if not the same.

    `kind` is text, id, ids, texts, date, money, number, share, stage, value, sources, match or url; it says how a
    cell is shaped and drawn, never what is asked of the index. `about` says in a line what it means.
    """

    name: str
    kind: str = "text"
    sql: str = ""
    about: str = ""


class Listing(NamedTuple):
    """A list that can be asked for: a table of the index, its columns, and the SQL of each filter it knows.

    `layout` is what a terminal shows by default: per drawn column the names stacked in it, the first to
    stay when it gets narrow in front; `narrow` replaces it where it can't be read, `extra` joins it where there
    is room. The SQL of a filter has one `{}` for the placeholders, a `?` in `order` stands for the folded text.
    `years` names the date by which a person sees the rows set apart. `help` is that of the command, with examples.
    """

    name: str
    columns: tuple[Column, ...]
    filters: Mapping[str, str]
    order: str
    layout: tuple[tuple[str, ...], ...]
    singular: str = ""
    plural: str = ""
    years: str = ""
    narrow: tuple[tuple[str, ...], ...] = ()
    extra: tuple[tuple[str, ...], ...] = ()
    help: str = ""


class Answer(NamedTuple):
    """Rows, and what is needed to print them; `total` counts them before a limit."""

    columns: tuple[Column, ...]
    rows: list[tuple[object, ...]]
    total: int


def ask(
    index: sqlite3.Connection,
    listing: Listing,
    asked: Filter,
    *,
    columns: Sequence[str] = (),
    sort: str | None = None,
    limit: int | None = None,
) -> Answer:
    """Answer a listing's question; raises `UnknownNameError` for a name that the file or listing lacks."""
    shown, found = look(index, listing, asked, columns=columns, sort=sort, limit=limit)
    rows = found.fetchall()
    total = len(rows)
    if limit is not None and total == limit:
        where, bound = conditions(index, listing.filters, asked)
        total = index.execute(f"SELECT count(*) FROM {listing.name}{where}", bound).fetchone()[0]  # noqa: S608 - names from the listing
    return Answer(shown, rows, total)


def look(
    index: sqlite3.Connection,
    listing: Listing,
    asked: Filter,
    *,
    columns: Sequence[str] = (),
    sort: str | None = None,
    limit: int | None = None,
) -> tuple[tuple[Column, ...], sqlite3.Cursor]:
    """Answer as `ask` does, with rows that are looked up as they are taken."""
    shown = tuple(pick(listing.columns, name) for name in columns) or listing.columns
    where, bound = conditions(index, listing.filters, asked)
    chosen = ", ".join(column.sql or f'"{column.name}"' for column in shown)
    query = f"SELECT {chosen} FROM {listing.name}{where} ORDER BY {_order(listing, sort or '')} LIMIT ?"  # noqa: S608 - as above
    named = [fold(asked.text or "")] * listing.order.count("?")
    return shown, index.execute(query, (*bound, *named, -1 if limit is None else limit))


def arrange(
    columns: tuple[Column, ...],
    rows: Iterable[tuple[object, ...]],
    *,
    names: Sequence[str] = (),
    sort: str | None = None,
    limit: int | None = None,
) -> tuple[tuple[Column, ...], list[tuple[object, ...]]]:
    """Sort, cut and narrow rows that were worked out rather than looked up, as `ask` does for a listing."""
    arranged = list(rows)
    for name, is_descending in reversed(sort_keys(sort or "")):
        at = columns.index(pick(columns, name))
        arranged = in_order(arranged, itemgetter(at), is_descending=is_descending)
    shown = tuple(pick(columns, name) for name in names) or columns
    places = [columns.index(column) for column in shown]
    return shown, [tuple(row[at] for at in places) for row in arranged[:limit]]


def in_order(items: Sequence[_Item], key: Callable[[_Item], Any], *, is_descending: bool) -> list[_Item]:
    """Sort as SQLite does, numbers before text, but with what is unknown last either way."""
    known = [(isinstance(value, str), value, item) for item in items if (value := key(item)) is not None]
    known.sort(key=itemgetter(0, 1), reverse=is_descending)
    return [item for *_, item in known] + [item for item in items if key(item) is None]


def pick(columns: Iterable[Column], name: str) -> Column:
    """Find a column by its name; raises `UnknownNameError`."""
    known = {column.name: column for column in columns}
    if name not in known:
        raise UnknownNameError("column", name, known)
    return known[name]


def conditions(index: sqlite3.Connection, known: Mapping[str, str], asked: Filter) -> tuple[str, list[object]]:
    """Turn a filter into a WHERE clause and what is bound to it."""
    clauses: list[str] = []
    bound: list[object] = []
    for name, given in _meant(index, asked).items():
        clauses.append(known[name].format(", ".join("?" * len(given))))
        bound += given
    return (f" WHERE {' AND '.join(clauses)}" if clauses else ""), bound


def resolve(index: sqlite3.Connection, kind: str, name: str) -> str:
    """Find what a person means by the name of a sector, party, stage …; raises `UnknownNameError`.

    Sectors and parties go by id, name or alias, all others by what they are called in the fact file.
    """
    known: dict[str, str]
    if kind == "kind":
        known = {word: one for one, many in KINDS.items() for word in (one, many)}
    elif kind in _COLLECTIONS:
        rows = index.execute("SELECT name, id FROM names WHERE kind = ? ORDER BY name", (_COLLECTIONS[kind],))
        known = dict(rows)
    else:
        words = _WORDS.get(kind) or [row[0] for row in index.execute(_WORDS_IN_USE[kind])]
        known = {fold(word): word for word in words}
    if fold(name) not in known:
        raise UnknownNameError(kind, name, (i if fold(i) == word else word for word, i in known.items()))
    return known[fold(name)]


_COLLECTIONS = {"sector": "sectors", "party": "parties"}
_WORDS = {"instrument": INSTRUMENTS, "stage": STAGES}
_WORDS_IN_USE = {
    "tag": "SELECT DISTINCT tag FROM deal_tags ORDER BY tag",
    "package": "SELECT id FROM packages ORDER BY id",
    "source": "SELECT id FROM sources ORDER BY id",
}


def _meant(index: sqlite3.Connection, asked: Filter) -> dict[str, list[object]]:
    """Return what each active filter binds, its names resolved; every value is checked before any query."""
    meant: dict[str, list[object]] = {}
    if asked.text:
        meant["text"] = [matching(asked.text)]
    for name, read in (("since", date), ("until", date), ("min", _dollars), ("max", _dollars)):
        if (given := getattr(asked, name)) is not None:
            meant[name] = [read(f"--{name}", given)]
    for name in (*_COLLECTIONS, *_WORDS, *_WORDS_IN_USE, "kind"):
        if given := getattr(asked, name, None):
            meant[name] = list(dict.fromkeys(resolve(index, name, word) for word in dict.fromkeys(given)))
    return meant


def lens(index: sqlite3.Connection, source: Iterable[str], as_of: str | None) -> Lens:
    """Read a lens as people write it; raises `UnknownNameError` and `UsageError`."""
    from kzus.facts.lens import Lens

    day = None if as_of is None else date("--as-of", as_of)
    return Lens([resolve(index, "source", name) for name in dict.fromkeys(source)], day)


def date(option: str, text: str) -> str:
    """Read the date given to an option; raises `UsageError`."""
    try:
        return parse_date(text)
    except ValueError as error:
        raise UsageError(f"{option}: {brief(str(error))}") from None


def _dollars(option: str, text: str) -> int:
    from kzus.values.amounts import parse_value

    try:
        value = parse_value(text, currency="USD")
    except ValueError as error:
        raise UsageError(f"{option}: {brief(str(error))}") from None
    if value.currency != "USD" or value.qualifier or value.low != value.high:
        raise UsageError(f"{option}: {quoted(text)} is not a single amount in USD; write it as in '1bn' or '250m USD'")
    return value.low


def sort_keys(sort: str) -> list[tuple[str, bool]]:
    """Read `--sort`: names of columns, the first to decide in front, each with whether it descends.

    Raises `UsageError` for more than SQLite can sort by.
    """
    names = [name.strip() for name in sort.split(",")]
    keys = [(name.removeprefix("-"), name.startswith("-")) for name in names if name]
    if len(keys) > MOST_COLUMNS:
        raise UsageError(f"--sort: {len(keys)} names are too many; write {MOST_COLUMNS} at most")
    return keys


def _order(listing: Listing, sort: str) -> str:
    """Sort by columns with what is unknown last, ascending or not, then as the listing does."""
    order = []
    for name, is_descending in sort_keys(sort):
        column = pick(listing.columns, name)
        expression = column.sql or f'"{column.name}"'
        order += [f"{expression} IS NULL", f"{expression}{' DESC' if is_descending else ''}"]
    return ", ".join((*order, listing.order))
