"""What a careful editor would query in a sound fact file: slips and gaps that no single entry can show.

Each rule is a function from checked facts to faults; `vocabulary.LINT` says what each looks for. Those about figures
and dates have modules of their own. An entry keeps a rule quiet about itself by `accept`, with the reason.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import category

from kzus.facts.deals import stated_claim
from kzus.facts.entries import all_entries, cited, sides
from kzus.facts.lint import dates as lint_dates
from kzus.facts.lint import figures as lint_figures
from kzus.values import amounts as values
from kzus.values.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from kzus.facts.model import Facts
    from kzus.facts.reader import Fault, Path

NEEDLESS = "needless-acceptance"
_LEAST_SIDES = 2
_UNSEEN = ("Cf", "Zl", "Zp")  # Unicode: format characters, line and paragraph separators
_JOINERS = {"\u200c", "\u200d", *map(chr, range(0xE0020, 0xE0080))}
"""The joiner and non-joiner of letters and emoji, and the tags of which flags of regions are made."""
_JOINED = ("So", "Sk", "Mn", "Mc", "Lo", "Cf")
"""What they join: emoji, signs on letters, letters without case; Latin and Cyrillic have no use for them."""


class Finding(NamedTuple):
    """Something to check again: where, what, and the name of the rule that says so."""

    path: Path
    message: str
    rule: str


def lint(facts: Facts, adding: Collection[str]) -> list[Finding]:
    """Return what the rules find and no entry accepts, then acceptances of what no rule finds.

    `adding` are the ids of the deals that add something to a sum, as counting has it.
    """
    found = [Finding(path, message, rule) for rule, path, message in _findings(facts, adding)]
    accepted = {(kind, name, rule) for kind, name, entry in all_entries(facts) for rule in entry.get("accept", ())}
    needed = {(*finding.path[:2], finding.rule) for finding in found}
    return [
        *(finding for finding in found if (*finding.path[:2], finding.rule) not in accepted),
        *(
            Finding((kind, name, "accept", rule), "accepts what no longer is so; take it out", NEEDLESS)
            for kind, name, rule in sorted(accepted - needed)
        ),
    ]


def _findings(facts: Facts, adding: Collection[str]) -> Iterator[tuple[str, Path, str]]:
    for rule, find in RULES.items():
        yield from ((rule, *fault) for fault in find(facts))
    for rule, find_in_sums in SUM_RULES.items():
        yield from ((rule, *fault) for fault in find_in_sums(facts, adding))


def _unused_sectors(facts: Facts) -> Iterator[Fault]:
    used = {entry.get("sector") for _, _, entry in all_entries(facts)}
    yield from _idle("sectors", facts["sectors"], used, "no entry is in this sector")


def _unused_parties(facts: Facts) -> Iterator[Fault]:
    used = {party for _, _, entry in all_entries(facts) for party in entry.get("parties", ())}
    yield from _idle("parties", facts.get("parties", {}), used, "takes part in nothing")


def _uncited_sources(facts: Facts) -> Iterator[Fault]:
    used = {source for _, _, entry in all_entries(facts) for source in cited(entry)}
    yield from _idle("sources", facts["sources"], used, "nothing cites it")


def _idle(kind: str, names: Iterable[str], used: set[Any], message: str) -> Iterator[Fault]:
    yield from (((kind, name), message) for name in names if name not in used)


def _pages_twice(facts: Facts) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, source in facts["sources"].items():
        if "url" not in source:
            continue
        # http or https, www., a fragment and a slash at the end lead to the same page.
        page = source["url"].partition("://")[2].partition("#")[0].removeprefix("www.").rstrip("/")
        if seen.setdefault(page, name) != name:
            yield ("sources", name, "url"), f"is the page of {seen[page]} as well; keep one entry a page"


def _deals_twice(facts: Facts) -> Iterator[Fault]:
    seen: dict[Any, str] = {}
    for name, deal in facts.get("deals", {}).items():
        claim = stated_claim(deal.get("values", ()))
        # Without the qualifier: 'about 5m' and '5m' on one day may well be one deal.
        value = values.parse_value(claim["value"])[:3] if claim else fold(deal["title"])
        key = (frozenset(deal["parties"]), deal["date"], value)
        if seen.setdefault(key, name) != name:
            what = "value" if claim else "title"
            yield ("deals", name), f"has the parties, the date and the {what} of {seen[key]}"


def _one_sided(facts: Facts) -> Iterator[Fault]:
    side_of = sides(facts)
    homes = {name: side_of.get(party.get("country", "")) for name, party in facts.get("parties", {}).items()}
    every = facts.get("sides", {})
    for name, deal in facts.get("deals", {}).items():
        there = {homes[party] for party in deal["parties"]}
        missing = [side for side in every if side not in there]
        # A file may name one side only, and then one is enough.
        if every and len(every) - len(missing) < min(_LEAST_SIDES, len(every)):
            yield ("deals", name, "parties"), f"has no {' and no '.join(missing)} party"
        elif not every and len(there) < _LEAST_SIDES:
            yield ("deals", name, "parties"), "has parties of one country only"


def _invisible_characters(facts: Facts) -> Iterator[Fault]:
    for kind, name, entry in all_entries(facts):
        for path, text in _texts(entry, (kind, name)):
            # isprintable() is quick, and false of all that is looked for here.
            if not text.isprintable() and (unseen := _unseen(text)):
                yield path, f"holds U+{ord(unseen):04X}, which nobody can see; take it out"


def _unseen(text: str) -> str | None:
    """Return the first character that nobody can see, but for those that emoji, Indic and Arabic letters need."""
    for before, sign in pairwise(f" {text}"):
        if category(sign) in _UNSEEN and not (sign in _JOINERS and category(before) in _JOINED):
            return sign
    return None


def _texts(node: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, inner in node.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(node, list):
        for at, inner in enumerate(node):
            yield from _texts(inner, (*path, at))


RULES: dict[str, Callable[[Facts], Iterator[Fault]]] = {
    "unused-sector": _unused_sectors,
    "unused-party": _unused_parties,
    "uncited-source": _uncited_sources,
    "same-page-twice": _pages_twice,
    "same-deal-twice": _deals_twice,
    "scale-slip": lint_figures.scale_slips,
    "one-sided": _one_sided,
    "unexplained-stage": lint_dates.unexplained_stages,
    "announced-but-signed": lint_dates.signed_when_announced,
    "flow-of-instrument": lint_figures.flows_against_instruments,
    "other-measure": lint_figures.other_measures,
    "list-price-preferred": lint_figures.preferred_list_prices,
    "dollars-passed-over": lint_figures.dollars_passed_over,
    "update-before-deal": lint_dates.updates_before_deals,
    "period-over": lint_dates.periods_over,
    "old-pledge": lint_dates.old_pledges,
    "old-in-force": lint_dates.old_treaties,
    "early-stage-date": lint_dates.early_stage_dates,
    "late-member": lint_dates.late_members,
    "early-source": lint_dates.early_sources,
    "in-force-before-signed": lint_dates.in_force_before_signed,
    "long-title": lint_figures.long_titles,
    "invisible-character": _invisible_characters,
}
"""The rules that need the facts alone, under the name by which a warning and an acceptance call them."""
SUM_RULES: dict[str, Callable[[Facts, Collection[str]], Iterator[Fault]]] = {
    "orphaned-part": lint_figures.orphaned_parts,
    "parts-exceed-umbrella": lint_figures.parts_beyond_umbrellas,
}
"""The rules that must know which deals add something to a sum."""
