"""What no single entry can show: ids used twice, names that two entries share, relations in a circle.

It reads the plain tree, sound or not, so that these faults are reported along with all others.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kzus.facts.vocabulary import RELATIONS, SINGULAR
from kzus.values import amounts as values
from kzus.values.dates import is_after
from kzus.values.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kzus.facts.reader import Fault, Path

_READABLE = 10  # deals of a circle that a message names in full


def cross_check(root: dict[str, Any]) -> list[Fault]:
    """Return the faults between entries, each with the path at which to mend it."""
    return [
        *_ids_twice(root),
        *_names_twice(root, "sectors", "label"),
        *_names_twice(root, "parties", "name"),
        *(fault for relation in RELATIONS for fault in _circles(root, "deals", relation)),
        *_circles(root, "parties", "succeeds"),
        *_within_entries(root),
        *_without_source(root),
        *_homeless(root),
        *_members_twice(root),
        *_joint_values(root),
        *_updates_out_of_order(root),
    ]


def _entries(root: Mapping[str, Any], collection: str) -> dict[str, dict[str, Any]]:
    found = root.get(collection)
    if not isinstance(found, dict):
        return {}
    return {name: entry for name, entry in found.items() if isinstance(entry, dict)}


def _listed(given: object) -> list[Any]:
    return given if isinstance(given, list) else [] if given is None else [given]


def _within_entries(root: dict[str, Any]) -> Iterator[Fault]:
    for name, deal in _entries(root, "deals").items():
        yield from check_money(name, deal, root.get("parties"))
        yield from check_relations(name, deal)
        yield from check_ranks(("deals", name, "values"), deal.get("values"))
    for name, package in _entries(root, "packages").items():
        yield from check_ranks(("packages", name, "values"), package.get("values"))
    yield from check_sides(root.get("sides"))


def _ids_twice(root: dict[str, Any]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for collection, entries in root.items():
        # `sides` is a mapping too, but its keys are no ids.
        for name in entries if isinstance(entries, dict) and collection in SINGULAR else ():
            if name in seen:
                yield (
                    (collection, name),
                    f"the id '{name}' is taken by {seen[name]}.{name}; ids are unique over all kinds, so write another",
                )
            seen.setdefault(name, collection)


def _names_twice(root: dict[str, Any], collection: str, key: str) -> Iterator[Fault]:
    """One name, one entry: what a person types must lead to one place."""
    seen: dict[str, str] = {}
    for entry_id, entry in _entries(root, collection).items():
        named: list[tuple[Path, Any]] = [
            ((collection, entry_id), entry_id),
            ((collection, entry_id, key), entry.get(key)),
            ((collection, entry_id, "short"), entry.get("short")),
        ]
        named += [
            ((collection, entry_id, "aliases", at), alias) for at, alias in enumerate(_listed(entry.get("aliases")))
        ]
        for path, name in named:
            # An entry may have a name twice, such as an id and an alias that fold to the same.
            if isinstance(name, str) and seen.setdefault(fold(name), entry_id) != entry_id:
                yield path, f"the name '{name}' already stands for {collection}.{seen[fold(name)]}"


def _circles(root: dict[str, Any], collection: str, relation: str) -> Iterator[Fault]:
    entries = _entries(root, collection)
    # Ids that aren't there are told by the model.
    links = {name: [to for to in _others(entry, relation) if to in entries] for name, entry in entries.items()}
    for circle in _find_circles(links):
        yield (collection, circle[0], relation), f"runs in a circle: {' → '.join(circle)}"


def _others(entry: Mapping[str, Any], relation: str) -> Iterator[str]:
    for item in _listed(entry.get(relation)):
        other = item.get("deal") if isinstance(item, dict) else item
        if isinstance(other, str):
            yield other


def _find_circles(links: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Walk depth first without recursion, for chains may be as long as the file; one circle each once.

    Of a circle too long to be read, only the ends: circles may share most of a chain.
    """
    done: set[str] = set()
    for start in links:
        walked: list[str] = []
        ahead: dict[str, tuple[int, Iterator[str]]] = {}
        here: str | None = start if start not in done else None
        while here is not None:
            if here not in ahead:
                ahead[here] = len(walked), iter(links[here])
                walked.append(here)
            step = next((to for to in ahead[here][1] if to not in done), None)
            if step is None:
                done.add(here)
                del ahead[here]
                walked.pop()
                here = walked[-1] if walked else None
            elif step in ahead:
                # `ahead` holds the way from the start to here, so this one was met on it before.
                yield [*_ends(walked, ahead[step][0]), step]
            else:
                here = step


def _ends(walked: list[str], start: int) -> list[str]:
    if len(walked) - start <= _READABLE:
        return walked[start:]
    return [*walked[start : start + 4], "…", *walked[-3:]]


def _without_source(root: dict[str, Any]) -> Iterator[Fault]:
    """A deal or package may leave its sources to its claims, but not have none at all."""
    for collection in ("deals", "packages"):
        for name, entry in _entries(root, collection).items():
            if not any(entry.get(key) for key in ("sources", "stage_source")) and not any(_sourced(entry)):
                yield (collection, name), "names no source; add `sources` or a claim with one"


def _sourced(entry: Mapping[str, Any]) -> Iterable[Any]:
    for found in entry.values():
        items = [found] if isinstance(found, dict) else found
        if isinstance(items, list):
            yield from (item["source"] for item in items if isinstance(item, dict) and item.get("source"))


def _homeless(root: dict[str, Any]) -> Iterator[Fault]:
    for name, party in _entries(root, "parties").items():
        if "country" not in party and party.get("kind") != "organisation":
            yield ("parties", name), "the key 'country' is missing; only an international organisation has none"


def _members_twice(root: dict[str, Any]) -> Iterator[Fault]:
    for name, package in _entries(root, "packages").items():
        seen: set[tuple[str, str]] = set()
        for at, member in enumerate(_listed(package.get("members"))):
            # What is no mapping is told by the model; its place makes it unlike every other.
            key = (str(member.get("deal")), str(member.get("source"))) if isinstance(member, dict) else ("", str(at))
            if key in seen:
                yield ("packages", name, "members", at), f"the deal '{key[0]}' is put here twice by the same source"
            seen.add(key)


def _joint_values(root: dict[str, Any]) -> Iterator[Fault]:
    """A list has one value for several deals at one of them, and adds it once: the others have none, nor another."""
    for name, package in _entries(root, "packages").items():
        members = [each if isinstance(each, dict) else {} for each in _listed(package.get("members"))]
        rows = {(str(each.get("source")), str(each.get("deal"))): each for each in members}
        shared: set[tuple[str, str]] = set()
        for at, member in enumerate(members):
            for found, complaint in _joint_faults(member, rows, _entries(root, "deals"), shared):
                yield ("packages", name, "members", at, "together_with", *found), complaint


def _joint_faults(
    member: Mapping[str, Any],
    rows: Mapping[tuple[str, str], Mapping[str, Any]],
    known: Collection[str],
    shared: set[tuple[str, str]],
) -> Iterator[tuple[Path, str]]:
    given, source = member.get("together_with"), str(member.get("source"))
    if given is not None and "value" not in member:
        yield (), "says whose value it shares, and there is none; add `value`"
        return
    for at, deal in enumerate(_listed(given)):
        path: Path = (at,) if isinstance(given, list) else ()
        key = (source, str(deal))
        if not isinstance(deal, str) or deal not in known:
            continue  # which is told by the model
        if key not in rows:
            yield path, f"'{deal}' is not on the list of '{source}'; add it there, or leave it out here"
        elif "value" in rows[key]:
            yield path, f"'{deal}' has a value of its own on that list; a joint value holds deals without one"
        elif key in shared:
            yield path, f"'{deal}' is in another joint value of that list; no dollar may stand in two"
        shared.add(key)


def _updates_out_of_order(root: dict[str, Any]) -> Iterator[Fault]:
    """The last update with a stage is the newest, so their order carries meaning."""
    for name, deal in _entries(root, "deals").items():
        updates = [update for update in _listed(deal.get("updates")) if isinstance(update, dict)]
        for at, (before, after) in enumerate(pairwise(updates), start=1):
            # A missing date is told by the model. Here '' is after nothing, and '9' before nothing.
            if is_after(str(before.get("date", "")), str(after.get("date", "9"))):
                yield ("deals", name, "updates", at), "lies before the update above it; write the oldest first"


def check_money(name: str, deal: Mapping[str, Any], known: object) -> Iterator[Fault]:
    """Find payers and payees, of the known parties, who don't agree to the deal, and values of a deal without money."""
    # A list without brackets, 'a, b', is told by the model; its ids need no second complaint.
    parties = [each.strip() for party in _listed(deal.get("parties")) for each in str(party).split(",")]
    for key in ("payer", "payee"):
        for at, party in enumerate(_listed(deal.get(key))):
            if isinstance(party, str) and party not in parties and isinstance(known, dict) and party in known:
                path: Path = ("deals", name, key, at) if isinstance(deal[key], list) else ("deals", name, key)
                yield path, f"'{party}' is none of the parties of the deal; add it there, or leave it out here"
    if deal.get("flow") == "cooperation" and deal.get("values"):
        yield (
            ("deals", name, "values"),
            "stands at a deal whose flow is 'cooperation', which tells of no money; choose another flow",
        )


def check_relations(name: str, deal: Mapping[str, Any]) -> Iterator[Fault]:
    """Find relations that name a source and are said to be a reading all the same."""
    for key in RELATIONS:
        for at, item in enumerate(_listed(deal.get(key))):
            if isinstance(item, dict) and "source" in item and "inferred" in item:
                path: Path = ("deals", name, key, at) if isinstance(deal[key], list) else ("deals", name, key)
                yield (*path, "inferred"), "stands beside a source; keep the one that is so"


def check_ranks(path: Path, claims: object) -> Iterator[Fault]:
    """Find ranks that contradict each other, or that nobody gives a reason for."""
    ranked = [(at, claim) for at, claim in enumerate(_listed(claims)) if isinstance(claim, dict)]
    preferred = [at for at, claim in ranked if claim.get("rank") == "preferred"]
    for at in preferred[1:]:
        yield (*path, at, "rank"), f"is 'preferred' as values[{preferred[0]}] is; a deal has one stated value"
    # One amount, whoever tells it, needs no reason why one of its claims is preferred.
    differ = len({amount for _, claim in ranked if (amount := _stated_amount(claim))}) > 1
    for at, claim in ranked:
        rank = claim.get("rank")
        # In the plain tree a flag is still text.
        if rank == "preferred" and claim.get("counts") == "false":
            yield (
                (*path, at, "rank"),
                "is 'preferred' though it doesn't count; the stated value measures the whole deal",
            )
        if "because" in claim and rank not in ("preferred", "deprecated"):
            yield (*path, at, "because"), "gives the reason of a rank that isn't there; add `rank`, or write a `note`"
        elif "because" not in claim and (rank == "deprecated" or (rank == "preferred" and differ)):
            why = "the claims differ" if rank == "preferred" else "such a claim is struck"
            yield (*path, at, "rank"), f"is '{rank}' without a reason; add `because`, since {why}"


def _stated_amount(claim: Mapping[str, Any]) -> object:
    """Return what a claim says that may be stated, without its qualifier; nothing of what can't be read."""
    if claim.get("counts") == "false" or claim.get("rank") == "deprecated":
        return None
    try:
        return values.parse_value(claim["value"])[:3]
    except (KeyError, TypeError, ValueError):
        return None


def check_sides(sides: object) -> Iterator[Fault]:
    """Find countries in two sides."""
    seen: dict[str, str] = {}
    for side, countries in sides.items() if isinstance(sides, dict) else ():
        for at, country in enumerate(_listed(countries)):
            if isinstance(country, str) and seen.setdefault(country, side) != side:
                path: Path = ("sides", side, at) if isinstance(countries, list) else ("sides", side)
                yield path, f"'{country}' is of the side '{seen[country]}' already"
