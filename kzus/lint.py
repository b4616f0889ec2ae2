"""What a careful editor would query in a sound fact file: slips and gaps that no single entry can show.

Each rule is a function from checked facts to faults; `codes.LINT` says what each looks for. An entry keeps
a rule quiet about itself by `accept`, with the reason.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import category

from kzus import counting, values
from kzus.amounts import print_amount
from kzus.codes import FIRM_STAGES
from kzus.dates import is_after, last_day
from kzus.mentions import cited
from kzus.names import fold
from kzus.tables import collections, stake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kzus.model import Claim, Deal, Facts
    from kzus.reader import Path

Fault = tuple["Path", str]

NEEDLESS = "needless-acceptance"
_LOOSE = frozenset(("memorandum", "letter of intent", "term sheet", "roadmap", "mandate", "announcement"))
_SIDES = {"KZ": "Kazakh", "US": "U.S."}
_LATE_MONTHS = 3
_HAPPENED = {"deals": "date", "events": "date", "statements": "date", "treaties": "signed"}
_UNSEEN = ("Cf", "Zl", "Zp")
_NEAR = 4
"""How far from a power of 1,000 two figures may be and still look like a slip of the scale word."""


class Finding(NamedTuple):
    """Something to look at again: where, what, and the name of the rule that says so."""

    path: Path
    message: str
    rule: str


def lint(facts: Facts) -> list[Finding]:
    """Return what the rules find and no entry accepts, then acceptances of what no rule finds."""
    found = [Finding(path, message, rule) for rule, find in RULES.items() for path, message in find(facts)]
    accepted = {
        (kind, name, rule)
        for kind, entries in collections(facts)
        for name, entry in entries.items()
        for rule in entry.get("accept", ())
    }
    needed = {(*finding.path[:2], finding.rule) for finding in found}
    return [
        *(finding for finding in found if (*finding.path[:2], finding.rule) not in accepted),
        *(
            Finding((kind, name, "accept", rule), "accepts what no longer is so; take it out", NEEDLESS)
            for kind, name, rule in sorted(accepted - needed)
        ),
    ]


def _unused_sectors(facts: Facts) -> Iterator[Fault]:
    used = {entry.get("sector") for _, _, entry in _entries(facts)}
    yield from _idle("sectors", facts["sectors"], used, "no entry is in this sector")


def _unused_parties(facts: Facts) -> Iterator[Fault]:
    used = {party for _, _, entry in _entries(facts) for party in entry.get("parties", ())}
    yield from _idle("parties", facts.get("parties", {}), used, "takes part in nothing")


def _uncited_sources(facts: Facts) -> Iterator[Fault]:
    used = {source for _, _, entry in _entries(facts) for source in cited(entry)}
    yield from _idle("sources", facts["sources"], used, "nothing cites it")


def _idle(kind: str, names: Iterable[str], used: set[Any], message: str) -> Iterator[Fault]:
    yield from (((kind, name), message) for name in names if name not in used)


def _pages_twice(facts: Facts) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, source in facts["sources"].items():
        if "url" not in source:
            continue
        page = source["url"].partition("://")[2].partition("#")[0].removeprefix("www.").rstrip("/")
        if seen.setdefault(page, name) != name:
            yield ("sources", name, "url"), f"is the page of {seen[page]} as well; keep one entry a page"


def _deals_twice(facts: Facts) -> Iterator[Fault]:
    seen: dict[Any, str] = {}
    for name, deal in _deals(facts).items():
        value = values.parse_value(stated["value"])[:3] if (stated := _stated(deal)) else fold(deal["title"])
        key = (frozenset(deal["parties"]), deal["date"], value)
        if seen.setdefault(key, name) != name:
            what = "value" if stated else "title"
            yield ("deals", name), f"has the parties, the date and the {what} of {seen[key]}"


class _Figure(NamedTuple):
    path: Path
    amount: Decimal
    text: str
    source: str


def _scale_slips(facts: Facts) -> Iterator[Fault]:
    """Compare each figure with the middle one for the same thing, which a single slip can't be of three."""
    for figures in _comparable(facts):
        known = sorted((figure for figure in figures if figure.amount), key=lambda figure: figure.amount)
        if not known:
            continue
        usual = known[(len(known) - 1) // 2]
        for figure in known:
            if times := _thousands(figure.amount, usual.amount):
                yield figure.path, f"'{figure.text}' is about {times} the '{usual.text}' of {usual.source}"


def _thousands(amount: Decimal, usual: Decimal) -> str | None:
    ratio = max(amount, usual) / min(amount, usual)
    power = 10 ** (3 * round(len(str(int(ratio))) / 3))
    if power == 1 or not power <= ratio * _NEAR <= power * _NEAR**2:
        return None
    return f"{power:,} times" if amount > usual else f"a {power:,}th of"


def _comparable(facts: Facts) -> Iterator[list[_Figure]]:
    """Yield figures for one thing: claims in a currency, counts of a unit, the readings of a series."""
    for kind, name, entry in _entries(facts):
        groups: dict[str | None, list[_Figure]] = {}
        for at, claim in enumerate(entry.get("values", ())):
            for key in ("value", "usd"):
                if text := claim.get(key):
                    read = values.parse_value(text)
                    figure = _Figure((kind, name, "values", at, key), Decimal(read.stated), text, claim["source"])
                    groups.setdefault(read.currency, []).append(figure)
        for key in ("quantities", "counts"):
            for at, item in enumerate(entry.get(key, ())):
                amount = Decimal(values.parse_count(item["count"]).stated)
                figure = _Figure((kind, name, key, at, "count"), amount, item["count"], item["source"])
                groups.setdefault(item["unit"], []).append(figure)
        for at, reading in enumerate(entry.get("observations", ())):
            amount = abs(Decimal(values.parse_reading(reading["value"])[0]))
            figure = _Figure((kind, name, "observations", at, "value"), amount, reading["value"], reading["source"])
            groups.setdefault(None, []).append(figure)
        yield from groups.values()


def _one_sided(facts: Facts) -> Iterator[Fault]:
    homes = {name: party.get("country") for name, party in facts.get("parties", {}).items()}
    for name, deal in _deals(facts).items():
        there = {homes[party] for party in deal["parties"]}
        missing = [side for country, side in _SIDES.items() if country not in there]
        if missing:
            yield ("deals", name, "parties"), f"has no {' and no '.join(missing)} party"


def _unexplained_stages(facts: Facts) -> Iterator[Fault]:
    for name, deal in _deals(facts).items():
        if deal["instrument"] not in _LOOSE or deal["stage"] not in FIRM_STAGES:
            continue
        if not any(update.get("stage") in FIRM_STAGES for update in deal.get("updates", ())):
            stage, paper = deal["stage"], deal["instrument"]
            yield (
                ("deals", name, "stage"),
                f"'{stage}' is firmer than a {paper}; add the update that says so, or write pledge",
            )


def _parts_beyond_umbrellas(facts: Facts) -> Iterator[Fault]:
    deals = _deals(facts)
    stakes = {name: stake(deal) for name, deal in deals.items()}
    counted = counting.count(stakes)
    parts: dict[str, list[int]] = {}
    for name, each in stakes.items():
        if each.amounts and counted[name].reason in (None, counting.REMAINDER):
            for umbrella in each.part_of:
                parts.setdefault(umbrella, []).append(each.amounts.stated)
    for name, amounts in parts.items():
        if not stakes[name].amounts or not (stated := _stated(deals[name])):
            continue
        most = values.parse_value(stated["usd"] if "usd" in stated else stated["value"])
        if most.qualifier not in ("at least", "more than") and sum(amounts) > most.high:
            together = print_amount(sum(amounts))
            many = f"its {len(amounts)} parts state" if len(amounts) > 1 else "its part states"
            yield _stated_path(name, deals[name]), f"'{stated['value']}' is less than {many}, {together} USD"


def _dollars_passed_over(facts: Facts) -> Iterator[Fault]:
    for name, deal in _deals(facts).items():
        if not (stated := _stated(deal)) or _in_dollars(stated):
            continue
        if known := next((claim for claim in deal["values"] if _in_dollars(claim)), None):
            dollars = known.get("usd", known["value"])
            yield (
                _stated_path(name, deal),
                f"'{stated['value']}' enters no sum; give its usd, or prefer the '{dollars}' of {known['source']}",
            )


def _in_dollars(claim: Claim) -> bool:
    return "usd" in claim or values.parse_value(claim["value"]).currency == "USD"


def _updates_before_deals(facts: Facts) -> Iterator[Fault]:
    for name, deal in _deals(facts).items():
        for at, update in enumerate(deal.get("updates", ())):
            if is_after(deal["date"], update["date"]):
                path = ("deals", name, "updates", at, "date")
                yield path, f"'{update['date']}' lies before the deal itself, {deal['date']}"


def _early_stage_dates(facts: Facts) -> Iterator[Fault]:
    for name, deal in _deals(facts).items():
        known = deal.get("stage_as_of")
        dated = [deal["date"], *(update["date"] for update in deal.get("updates", ()) if "stage" in update)]
        if known and is_after(dated[-1], known):
            yield ("deals", name, "stage_as_of"), f"'{known}' lies before the stage itself, {dated[-1]}"


def _late_members(facts: Facts) -> Iterator[Fault]:
    deals = _deals(facts)
    for name, package in facts.get("packages", {}).items():
        for at, member in enumerate(package.get("members", ())):
            date = deals[member["deal"]]["date"]
            if "date" in package and _months(date + "-01") - _months(last_day(package["date"])) > _LATE_MONTHS:
                path = ("packages", name, "members", at, "deal")
                yield path, f"'{member['deal']}' is of {date}, long after the package, {package['date']}"


def _months(date: str) -> int:
    return int(date[:4]) * 12 + int(date[5:7])


def _early_sources(facts: Facts) -> Iterator[Fault]:
    """A page can't report what was still to come: either date is wrong, or it was a plan."""
    published = {name: source.get("published") for name, source in facts["sources"].items()}
    for path, date, sources in _reports(facts):
        days = {source: published[source] for source in sources}
        if not all(days.values()):
            continue
        newest = max(days, key=lambda source: last_day(days[source] or ""))
        if is_after(date, days[newest] or ""):
            yield path, f"'{date}' lies after its newest source, {newest} of {days[newest]}"


def _reports(facts: Facts) -> Iterator[tuple[Path, str, Sequence[str]]]:
    """Yield everything that has a date, with those who tell of it."""
    for kind, name, entry in _entries(facts):
        if date := entry.get(_HAPPENED.get(kind, "")):
            yield (kind, name, _HAPPENED[kind]), date, cited(entry)
        for at, update in enumerate(entry.get("updates", ())):
            yield (kind, name, "updates", at, "date"), update["date"], [update["source"]]
        for at, reading in enumerate(entry.get("observations", ())):
            end = reading["period"].rpartition("/")[2]
            yield (kind, name, "observations", at, "period"), end, [reading["source"]]


def _in_force_before_signed(facts: Facts) -> Iterator[Fault]:
    for name, treaty in facts.get("treaties", {}).items():
        signed, in_force = treaty.get("signed", ""), treaty.get("in_force")
        if in_force and is_after(signed, in_force):
            yield ("treaties", name, "in_force"), f"'{in_force}' lies before it was signed, {signed}"


def _invisible_characters(facts: Facts) -> Iterator[Fault]:
    for kind, name, entry in _entries(facts):
        for path, text in _texts(entry, (kind, name)):
            if not text.isprintable() and (unseen := next((each for each in text if category(each) in _UNSEEN), None)):
                yield path, f"holds U+{ord(unseen):04X}, which nobody can see; take it out"


def _texts(node: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, inner in node.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(node, list):
        for at, inner in enumerate(node):
            yield from _texts(inner, (*path, at))


def _entries(facts: Facts) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for kind, entries in collections(facts):
        for name, entry in entries.items():
            yield kind, name, entry


def _deals(facts: Facts) -> Mapping[str, Deal]:
    return facts.get("deals", {})


def _stated(deal: Deal) -> Claim | None:
    claims = deal.get("values")
    return claims[_stated_at(claims)] if claims else None


def _stated_at(claims: Sequence[Claim]) -> int:
    return next((at for at, claim in enumerate(claims) if claim.get("preferred")), 0)


def _stated_path(name: str, deal: Deal) -> Path:
    return ("deals", name, "values", _stated_at(deal["values"]), "value")


RULES: dict[str, Callable[[Facts], Iterator[Fault]]] = {
    "unused-sector": _unused_sectors,
    "unused-party": _unused_parties,
    "uncited-source": _uncited_sources,
    "same-page-twice": _pages_twice,
    "same-deal-twice": _deals_twice,
    "scale-slip": _scale_slips,
    "one-sided": _one_sided,
    "unexplained-stage": _unexplained_stages,
    "parts-exceed-umbrella": _parts_beyond_umbrellas,
    "dollars-passed-over": _dollars_passed_over,
    "update-before-deal": _updates_before_deals,
    "early-stage-date": _early_stage_dates,
    "late-member": _late_members,
    "early-source": _early_sources,
    "in-force-before-signed": _in_force_before_signed,
    "invisible-character": _invisible_characters,
}
"""Every rule under the name by which a warning and an acceptance call it."""
