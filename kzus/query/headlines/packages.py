"""Packages: which one a person means, and what a screen calls who publishes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kzus.errors import AmbiguousNameError, UnknownIdError, UsageError
from kzus.query.filters import read_dollars
from kzus.query.lookup import named
from kzus.values.dates import month_number
from kzus.values.names import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_VIA = " via "
_ARTICLES = ("The ", "U.S. ", "Department of ", "Ministry of ")
"""What a short name leaves out at its start, in this order."""
_BILLIONS = r"[0-9]{1,3}(\.[0-9]+)?"
_YEAR_PREFIX = len("2025-")


def same_publisher(one: str, other: str) -> bool:
    """Tell whether two pages speak for the same publisher, whoever passed them on."""
    return _publisher(one).casefold() == _publisher(other).casefold()


def short_name(publisher: str) -> str:
    """Return what a heading calls a publisher: `State` for the U.S. Department of State via MENAFN."""
    name = _publisher(publisher).partition(" (")[0].partition(",")[0]
    for article in _ARTICLES:
        name = name.removeprefix(article)
    return name or publisher


def claimant(publisher: str, via: str | None, *, is_short: bool = False) -> str:
    """Return who says something: whom a page names, and in brackets whose page that is."""
    name = short_name(publisher) if is_short else publisher
    return f"{via} ({name})" if via else name


def _publisher(name: str) -> str:
    return name.partition(_VIA)[0]


class _Package(NamedTuple):
    id: str
    title: str
    date: str
    place: str


def find_package(index: sqlite3.Connection, words: str) -> str:
    """Return the id of the package that a person means; raises `UnknownIdError` or `AmbiguousNameError`."""
    try:
        return named(index, words, "packages")
    except (UnknownIdError, AmbiguousNameError) as error:
        # An amount or words may mean a package all the same; raised below only if they don't.
        refused = error
    packages = [_Package(*row) for row in index.execute(_ALL_PACKAGES)]
    # As one amount first (`17 billion`): word by word, `billion` would have to stand in the title.
    found = _claiming(index, words, packages) or [each for each in packages if _has_words(index, each, words.split())]
    if len(found) == 1:
        return found[0].id
    if found:
        raise AmbiguousNameError(words, [(each.id, "package", each.title) for each in found])
    if isinstance(refused, AmbiguousNameError):
        raise refused
    raise UnknownIdError(words, [each.id for each in packages], "package")


_ALL_PACKAGES = "SELECT id, title, coalesce(date, ''), coalesce(place, '') FROM packages ORDER BY date DESC, id"


def _claiming(index: sqlite3.Connection, amount: str, packages: Sequence[_Package]) -> list[_Package]:
    """Return the packages of which some source claims an amount, none where the text is no amount.

    A small number alone is one of billions, as people call such a package: `17`.
    """
    try:
        # Three digits at most, since four are a year.
        usd = read_dollars("value", f"{amount}bn" if re.fullmatch(_BILLIONS, amount) else amount)
    except UsageError:
        return []
    query = "SELECT entry FROM claims WHERE currency = 'USD' AND ? BETWEEN low AND high"
    entries = {row[0] for row in index.execute(query, (usd,))}
    return [each for each in packages if each.id in entries]


def _has_words(index: sqlite3.Connection, package: _Package, words: Sequence[str]) -> bool:
    """Tell whether each word stands in the title or place, is the time of the package, or a value that it claims."""
    own = fold(f"{package.title} {package.place} {package.id}").replace(",", " ").split()
    return bool(words) and all(
        fold(word) in own or _is_time(package.date, word.casefold()) or _claiming(index, word, [package])
        for word in words
    )


def _is_time(date: str, word: str) -> bool:
    """Tell whether a date begins with a word, or is of the month that it names."""
    month = date[_YEAR_PREFIX : _YEAR_PREFIX + 2]
    return date.startswith(word) or (bool(month) and month_number(word) == int(month))
