"""The ways to group deals in a sum, and how amounts of groups add up."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kzus.errors import UnknownNameError, UsageError
from kzus.facts.vocabulary import FLOWS, INSTRUMENTS, MEASURES, STAGES

FLOWS_IN_TOTAL = ("trade", "investment", "grant", "unclear")
MOST_GROUPINGS = 2


class Grouping(NamedTuple):
    """A way to group deals: the SQL of a deal's group and, if groups are ids, of what each is called.

    `none` is what the group of deals without one is called. Groups come in the order of `words`, else in their own if
    `is_sorted`, else the largest first. `overlaps` says that a deal may stand in several groups, so that the rows don't
    add up to the total.
    """

    group: str
    labels: str = ""
    join: str = ""
    none: str = "(none)"
    words: Sequence[str] = ()
    is_sorted: bool = False
    overlaps: bool = False


# DISTINCT, since two parties of one country or two sources of one package would add a deal to its group twice.
_COUNTRIES = "(SELECT DISTINCT deal, country FROM deal_parties JOIN parties ON parties.id = deal_parties.party)"
_PACKAGES = "(SELECT DISTINCT deal, package FROM members)"

GROUPINGS: Mapping[str, Grouping] = {
    "sector": Grouping("sector", "SELECT id, label FROM sectors"),
    "flow": Grouping("flow", words=FLOWS),
    "direction": Grouping("direction", none="other, not told"),
    "stage": Grouping("iif(standing = 'dormant', standing, stage)", words=("pledge", "dormant", *STAGES[1:])),
    "measure": Grouping("measure", none="no value", words=MEASURES),
    "instrument": Grouping("instrument", words=INSTRUMENTS),
    "year": Grouping("substr(date, 1, 4)", is_sorted=True),
    "month": Grouping("substr(date, 1, 7)", is_sorted=True),
    "party": Grouping(
        "share.party",
        "SELECT id, name FROM parties",
        # From shares rather than deal_parties: a party has the deals of those whose place it took as well.
        " LEFT JOIN shares AS share ON share.deal = deals.id",
        overlaps=True,
    ),
    "country": Grouping("country", "", f" LEFT JOIN {_COUNTRIES} AS home ON home.deal = deals.id", overlaps=True),
    "tag": Grouping("tag", "", " LEFT JOIN deal_tags ON deal_tags.deal = deals.id", overlaps=True),
    "package": Grouping(
        "package",
        "SELECT id, title FROM packages",
        f" LEFT JOIN {_PACKAGES} AS listed ON listed.deal = deals.id",
        none="in no package",
        overlaps=True,
    ),
}


def add_known(amounts: Iterable[int | None]) -> int | None:
    """Add up amounts of groups, of which 0 is that no deal feeds it, and null that none of those has a value."""
    # So 0 beside null is unknown.
    fed = [amount for amount in amounts if amount != 0]
    known = [amount for amount in fed if amount is not None]
    return sum(known) if known or not fed else None


def pick_groupings(by: str) -> tuple[str, ...]:
    """Read one grouping, or two with a comma between; raises `UnknownNameError` and `UsageError`."""
    names = tuple(name.strip() for name in by.split(","))
    for name in names:
        if name not in GROUPINGS:
            raise UnknownNameError("grouping", name, GROUPINGS)
    if len(names) > MOST_GROUPINGS:
        raise UsageError(f"--by: {len(names)} groupings are too many; write one or two, as in --by sector,stage")
    if len(set(names)) < len(names):
        raise UsageError(f"--by: {names[0]} stands twice; name two different groupings")
    return names


def overlaps(by: Iterable[str]) -> Iterator[str]:
    """Say for each grouping of which a deal may have several that rows overlap."""
    for name in by:
        if GROUPINGS[name].overlaps:
            yield f"A deal may have more than one {name}: rows overlap, and the total counts each deal once."
