"""A list that can be asked for: its columns, its filters, and the SQL that answers it."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kzus.errors import UnknownNameError, UsageError
from kzus.query.filters import Filter, conditions
from kzus.query.limits import MOST_COLUMNS
from kzus.values.names import fold, sort_key

if TYPE_CHECKING:
    from kzus.query.filters import Conditions

    _Item = TypeVar("_Item")


class Column(NamedTuple):
    """A column of a listing: its contract name, the kind of its cells, and the SQL behind it if not the same.

    `kind` is text, label, id, ids, texts, date, money, sum, number, ratio, share, coverage, stage, value, signed,
    sources, cite, match, marked, payment, figures, url or urls; it says how a cell is shaped and drawn, never what is
    asked of the index. `about` says in a line what it means. `amount` is the SQL to sort by where a cell is an amount
    as written. `heading` is what people see in place of the name, for columns that are named by data.
    """

    name: str
    kind: str = "text"
    sql: str = ""
    about: str = ""
    amount: str = ""
    heading: str = ""

    @property
    def expression(self) -> str:
        """The SQL of its cells."""
        return self.sql or f'"{self.name}"'

    @property
    def order(self) -> str:
        """The SQL to sort by: amounts by size, text as people sort it."""
        if self.amount:
            return self.amount
        return f"sort_key({self.expression})" if self.kind in ("text", "match") else self.expression


class Listing(NamedTuple):
    """A list that can be asked for: a table of the index, its columns, and the SQL of each filter it knows.

    The SQL of a filter has `{}` for the placeholders. In `order` a `?` is bound to the folded text, a `?` behind MATCH
    to the full-text query. `kinds` are the words of `--kind`. `years` names the date by which a person sees the rows
    set apart. `help` is that of the command, with examples. What a person sees of it stands in `lists.screens`.
    """

    name: str
    columns: tuple[Column, ...]
    filters: Mapping[str, str]
    order: str
    singular: str = ""
    plural: str = ""
    years: str = ""
    help: str = ""
    kinds: tuple[str, ...] = ()

    @property
    def every_column(self) -> tuple[Column, ...]:
        """The columns that can be named: those of each answer, and where the words of the question occur."""
        names = [column.name for column in self.columns]
        if "text" not in self.filters or "match" in names:
            return self.columns
        return (*self.columns, Column("match", "match", _MATCH.format(self.name), "where the words occur, ‹marked›"))


_MATCH = (
    "(SELECT snippet(search, -1, '‹', '›', '…', 12) FROM search WHERE search MATCH ?"
    " AND search.rowid = (SELECT position FROM entries WHERE entries.id = {}.id))"
)
"""The SQL of the words of an entry that were found; the `?` stands for the question to the full text."""


class Answer(NamedTuple):
    """Rows, and what is needed to print them; `total` counts them before a limit."""

    columns: tuple[Column, ...]
    rows: list[tuple[object, ...]]
    total: int


def fetch(
    index: sqlite3.Connection,
    listing: Listing,
    asked: Filter,
    *,
    columns: Sequence[str] = (),
    sort: str | None = None,
    limit: int | None = None,
    shown: Sequence[Column] = (),
) -> Answer:
    """Answer a listing's question; raises `UnknownNameError` for a name that the file or listing lacks.

    The columns are those of `columns`, else `shown`, else those of the list.
    """
    drawn, found = fetch_rows(index, listing, asked, columns=columns, sort=sort, limit=limit, shown=shown)
    rows = found.fetchall()
    total = len(rows)
    if limit is not None and total == limit:  # with fewer rows there are no others to count
        every = _conditions(index, listing, asked)
        total = index.execute(f"SELECT count(*) FROM {listing.name}{every.where}", every.bound).fetchone()[0]  # noqa: S608 - names from the listing
    return Answer(drawn, rows, total)


def fetch_rows(
    index: sqlite3.Connection,
    listing: Listing,
    asked: Filter,
    *,
    columns: Sequence[str] = (),
    sort: str | None = None,
    limit: int | None = None,
    shown: Sequence[Column] = (),
) -> tuple[tuple[Column, ...], sqlite3.Cursor]:
    """Answer as `fetch` does, but read rows only as they are taken."""
    named_columns = tuple(pick(listing.every_column, name) for name in columns)
    drawn = named_columns or tuple(shown) or listing.columns
    found = _conditions(index, listing, asked)
    chosen = ", ".join(column.expression for column in drawn)
    order = _order(listing, sort or "")
    if "sort_key(" in order:  # a function of Python's, which takes time to make
        index.create_function("sort_key", 1, sort_key, deterministic=True)
    query = f"SELECT {chosen} FROM {listing.name}{found.where} ORDER BY {order} LIMIT ?"  # noqa: S608 - as above
    # Bound in the order of the text: columns, WHERE, ORDER BY. A limit of -1 is none.
    marked, named = _bound_in(index, chosen, asked), _bound_in(index, order, asked)
    return drawn, index.execute(query, (*marked, *found.bound, *named, -1 if limit is None else limit))


def occurs(index: sqlite3.Connection, listing: Listing, word: str) -> bool:
    """Tell whether a word occurs in any entry of a listing."""
    query = f"SELECT 1 FROM {listing.name} WHERE {listing.filters['text']} LIMIT 1"  # noqa: S608 - as above
    return index.execute(query, _bound_words(index, Filter(word))).fetchone() is not None


def _bound_in(index: sqlite3.Connection, sql: str, asked: Filter) -> list[str]:
    """Return what to bind in SQL: the question to the full text behind a MATCH, else the folded words."""
    parts = sql.split("?")[:-1]
    words = _bound_words(index, asked)[0] if any("MATCH" in part for part in parts) else ""
    return [words if "MATCH" in part else fold((asked.text or "").replace("*", "")) for part in parts]


def _bound_words(index: sqlite3.Connection, asked: Filter) -> list[str]:
    """Return what to bind for the words that are looked for."""
    from kzus.query.words import full_text_query

    return [full_text_query(index, asked.text or "")]


def _conditions(index: sqlite3.Connection, listing: Listing, asked: Filter) -> "Conditions":
    return conditions(index, listing.filters, asked, {fold(kind): kind for kind in listing.kinds} or None)


def arrange(
    columns: tuple[Column, ...],
    rows: Iterable[tuple[object, ...]],
    *,
    names: Sequence[str] = (),
    sort: str | None = None,
    limit: int | None = None,
) -> tuple[tuple[Column, ...], list[tuple[object, ...]]]:
    """Sort, cut and narrow rows that were worked out rather than read, as `fetch` does for a listing."""
    places = {column.name: at for at, column in enumerate(columns)}
    arranged = sort_items(list(rows), columns, sort, lambda row, name: row[places[name]])
    shown = tuple(pick(columns, name) for name in names) or columns
    return shown, [tuple(row[places[column.name]] for column in shown) for row in arranged[:limit]]


def sort_items(
    items: "list[_Item]", columns: Iterable[Column], sort: str | None, cell: "Callable[[_Item, str], Any]"
) -> "list[_Item]":
    """Sort what has these columns as `fetch` does; `cell` returns what an item has in the column of a name."""
    # Sorting keeps the order of equal items, so the key that decides first comes last.
    for name, is_descending in reversed(sort_keys(sort or "")):
        items = in_order(items, _key(pick(columns, name), cell), is_descending=is_descending)
    return items


def _key(column: Column, cell: "Callable[[_Item, str], Any]") -> "Callable[[_Item], Any]":
    """Return what items are sorted by, as `Column.order` does it in SQL."""
    keys: Mapping[str, Callable[[Any], Any]] = {"value": _sortable_amount, "text": sort_key}
    key = keys.get(column.kind) or (lambda known: known)
    return lambda item: key(cell(item, column.name))


def _sortable_amount(written: Any) -> Any:
    """Return the amount of a value as written; what is no amount is sorted as text."""
    if not isinstance(written, str):
        return written
    from kzus.values.amounts import parse_reading, parse_value

    try:
        return parse_value(written).low
    except ValueError:
        try:
            return float(parse_reading(written)[0])
        except ValueError:
            return sort_key(written)


def in_order(items: "Sequence[_Item]", key: "Callable[[_Item], Any]", *, is_descending: bool) -> "list[_Item]":
    """Sort as SQLite does, numbers before text, but with what is unknown last either way."""
    # Numbers and text in one column, as in the lines of show, are parted first: Python can't compare them.
    known = [(isinstance(value, str), value, item) for item in items if (value := key(item)) is not None]
    known.sort(key=itemgetter(0, 1), reverse=is_descending)
    return [item for *_, item in known] + [item for item in items if key(item) is None]


def pick(columns: Iterable[Column], name: str) -> Column:
    """Find a column by its name, or by the part of it that no other has; raises `UnknownNameError`.

    `amount` is `amount_usd`, `stage-as-of` is `stage_as_of`, `party` is `parties`.
    """
    known = {column.name: column for column in columns}
    if name in known:
        return known[name]
    folded = fold(name)
    # The nearest spelling first; one that fits several columns decides nothing.
    for spelled in (_same, _same_beginning, _same_noun):
        found = [column for each, column in known.items() if spelled(fold(each), folded)]
        if len(found) == 1:
            return found[0]
    raise UnknownNameError("column", name, known)


def _same(column: str, name: str) -> bool:
    return column == name


def _same_beginning(column: str, name: str) -> bool:
    return column.removesuffix(" usd") == name


def _same_noun(column: str, name: str) -> bool:
    return column in (f"{name}s", f"{name[:-1]}ies", name.removesuffix("s"))


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
        column = pick(listing.every_column, name)
        unknown = column.amount or column.expression
        # SQLite has NULL in front of all values, and at their end only where they descend.
        order += [f"{unknown} IS NULL", f"{column.order}{' DESC' if is_descending else ''}"]
    # Behind all keys the order of the list, or equal rows would come in any.
    return ", ".join((*order, listing.order))


ID_COLUMN = Column("id", "id", about="what kzus show takes")
SOURCES_COLUMN = Column("sources", "sources", about="ids of the sources, in the order of the file")
NOTE_COLUMN = Column("note", about="what else must be known")
TEXT = "id IN (SELECT id FROM search WHERE search MATCH ?)"
SECTOR = "sector IN ({})"
STAGE = "(stage IN ({}) OR iif(standing = 'pledge', 'pledged', standing) IN ({}))"
"""`firm`, `pledged` and `dormant` are standings of a deal, and stages to whoever reads a screen."""


def has_words(columns: str) -> str:
    """Return the SQL that tells whether these columns of the full text have all words; `?` stands for the question."""
    return f"search.rowid IN (SELECT rowid FROM search WHERE search MATCH '{{{columns}}}: (' || ? || ')')"  # noqa: S608 - ours


def dates(column: str, *, until: str = "", last: str = "") -> dict[str, str]:
    """A date of low precision stays in wherever it may fall within the bounds; `last` is the end of a longer time."""
    # A prefix is filled to its last day (-31 for June too: it is only compared); `~` sorts behind all signs of a date.
    end = last or column
    return {"since": f"{end} || substr('-12-31', length({end}) - 3) >= ?", "until": f"{until or column} <= ? || '~'"}


_WITH_PREDECESSORS = (
    "WITH RECURSIVE meant (id) AS (SELECT id FROM parties WHERE id IN ({}) UNION SELECT former.id FROM meant"
    " JOIN parties AS heir ON heir.id = meant.id AND heir.succeeds IS NOT NULL"
    " JOIN parties AS former ON instr(',' || heir.succeeds || ',', ',' || former.id || ',')) SELECT id FROM meant"
)
"""The parties asked for, and those whose place they took."""
PARTY = f"id IN (SELECT entry FROM mentions WHERE field = 'parties' AND target IN ({_WITH_PREDECESSORS}))"  # noqa: S608 - our own names
"""An entry is found by any party that it mentions, or that one took the place of."""
