"""Conflicts for a terminal: a line each, what sources say side by side, those that are none at the end."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from kzus.facts.vocabulary import OVERLENT, REVISION, SAME
from kzus.query.conflicts.conflicts import BETWEEN_DEALS, group_of
from kzus.query.conflicts.words import describe
from kzus.query.headlines.packages import short_name
from kzus.query.listing import Column
from kzus.query.lists.screens import STAGE_WORDS, Screen
from kzus.values.amounts import parse_value, print_value, with_sign, with_thousands
from kzus.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Found = Mapping[str, Any]

CONFLICT_LINE = (
    Column("apart", "number"),
    Column("title"),
    Column("who says what", "figures"),
    Column("about"),
    Column("id", "id"),
    Column("title, about"),
)
_NARROW = (("apart",), ("title, about", "who says what"))
CONFLICT_SCREEN = Screen(("apart", "title", "who says what", "about"), _NARROW)
SAME_SCREEN = Screen(("title", "who says what"), _NARROW)
"""The screen for one figure given for different things: it has no ratio and no subject."""
_LONGEST_NAME, _LONGEST_THING = 16, 28
_BETWEEN_SIGNS = {REVISION: " → "}
"""What stands between the figures of a conflict, where it isn't that they differ."""


def in_screen_order(found: Sequence[Found]) -> list[Found]:
    """Return conflicts as objects, those that are none behind the others, and revisions before those."""
    return sorted(found, key=lambda each: (group_of(each), each["what"] == REVISION))


def conflict_line(conflict: Found) -> tuple[str, ...]:
    """Return a conflict as a row of `CONFLICT_LINE`."""
    title, is_same = conflict["title"], conflict["what"] == SAME
    about = "" if is_same else show_subject(conflict)
    both = title if is_same else f"{title} · {about}"
    return show_ratio(conflict) or "", title, show_figures(conflict), about, conflict["id"], both


def show_ratio(conflict: Found) -> str:
    """Return how far the claims lie apart, nothing where that can't be measured."""
    return next((part for part in describe(conflict)[1:] if part.endswith(("×", "∞"))), "")


def show_subject(conflict: Found) -> str:
    """Say what a conflict is about, and whether its claims measure the same."""
    head, *others = describe(conflict)
    head = head.removesuffix(" in USD")
    return " · ".join((head, *(part for part in others if not part.endswith(("×", "∞")))))


def show_figures(conflict: Found) -> str:
    """Set the claims side by side: `4.2bn (Wabtec) ≠ 4bn (Reuters)`; sources that say the same share a figure.

    What differs by a word alone, as 4bn and about 4bn, has a comma between.
    """
    what, claims = conflict["what"], conflict["claims"]
    # All say one figure, so it stands once, in front of the things that it is told of.
    if what == SAME:
        things = _by_names((shortened(each["of"] or "it", _LONGEST_THING), each) for each in claims)
        return f"{_signed_figure(what, claims[0]['value'])}: {'; '.join(things)}"
    claims = _with_years(claims)
    figures = [(_signed_figure(what, each["value"]), each) for each in claims]
    if what in BETWEEN_DEALS:  # two loans of one sum are two loans
        *parts, whole = [_by_names([each])[0] for each in figures]
        return f"{' + '.join(parts)}{' > ' if what == OVERLENT else ' of '}{whole}"
    # Dates and stages have no low end, and are alike only by their words.
    amounts = groupby(figures, key=lambda each: (each[1]["low"], each[1]["high"]) if each[1]["low"] else each[0])
    written = [", ".join(_by_names(alike)) for _, alike in amounts]
    if what != REVISION:  # the two that lie farthest apart first, since a line may have no room for more
        written = [*written[:1], *written[-1:], *written[1:-1]] if len(written) > 1 else written
    return _BETWEEN_SIGNS.get(what, " ≠ ").join(written)


def _with_years(claims: Sequence[Found]) -> list[Found]:
    """Give each claim the year in which it was published, where in no year all figures were."""
    years = [str(each["published"] or "")[:4] for each in claims]
    of_figures: dict[object, set[str]] = {}
    for each, year in zip(claims, years, strict=True):
        of_figures.setdefault((each["low"], each["high"]) if each["low"] is not None else each["value"], set()).add(
            year
        )
    is_told = len({*years} - {""}) > 1 and not set.intersection(*of_figures.values())
    return [{**each, "year": year * is_told} for each, year in zip(claims, years, strict=True)]


def _by_names(said: Iterable[tuple[str, Found]]) -> list[str]:
    """Return each thing that is said once, with the names of those who say it."""
    names: dict[str, list[str]] = {}
    for text, claim in said:
        name = shortened(short_name(claim["publisher"]), _LONGEST_NAME)
        names.setdefault(text, []).append(f"{name} {claim.get('year', '')}".rstrip())
    return [f"{text} ({_first_of(list(dict.fromkeys(by)))})" for text, by in names.items()]


def _first_of(names: Sequence[str]) -> str:
    """Name the first and count the others, so that the next figure has room on the line."""
    return f"{names[0]} +{len(names) - 1}" if len(names) > 1 else names[0]


def _signed_figure(what: str, value: str) -> str:
    """Write a figure with signs; one of money without the dollars that go without saying."""
    if what in ("date", "stage"):
        return STAGE_WORDS.get(value, value)
    try:
        return print_value(parse_value(value))
    except ValueError:  # a number of things, or a reading
        return with_thousands(with_sign(value))
