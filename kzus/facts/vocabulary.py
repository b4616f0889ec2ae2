"""Closed vocabularies of the fact file, with the standards behind them, kinds of conflict, and rules of the check."""

from __future__ import annotations

from typing import Literal, get_args

Stage = Literal["pledge", "commitment", "implementation", "completion", "suspended", "cancelled", "lapsed"]
Instrument = Literal[
    "memorandum",
    "letter of intent",
    "term sheet",
    "roadmap",
    "mandate",
    "framework agreement",
    "agreement",
    "contract",
    "grant agreement",
    "loan agreement",
    "guarantee",
    "exchange of notes",
    "project",
    "announcement",
]
FlowKind = Literal["trade", "investment", "financing", "grant", "cooperation", "unclear"]
Measure = Literal["price", "list price", "planned", "project cost", "principal", "grant", "spent", "estimate"]
Rank = Literal["preferred", "normal", "deprecated"]
"""Wikidata's ranks of a statement."""
DateKind = Literal["signed", "announced", "exchanged", "ratified"]
"""What made the day: the ways of the Vienna Convention to be bound, and a mere announcement."""
SourceKind = Literal["official", "company", "filing", "dataset", "news", "analysis", "academic"]
PartyKind = Literal["government", "state company", "company", "fund", "university", "aid agency", "organisation"]
TreatyStatus = Literal["signed", "in force", "replaced", "expired", "terminated", "unclear"]
EventKind = Literal["visit", "meeting", "law", "decision", "milestone", "other"]

STAGES: tuple[str, ...] = get_args(Stage)
"""AidData's stages of a flow, least firm first, and the three ways in which one ends without money."""
FIRM_STAGES = frozenset(("commitment", "implementation", "completion"))
DEAD_STAGES = frozenset(("suspended", "cancelled", "lapsed"))
INSTRUMENTS: tuple[str, ...] = get_args(Instrument)
FLOWS: tuple[str, ...] = get_args(FlowKind)
MEASURES: tuple[str, ...] = get_args(Measure)
SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)
PARTY_KINDS: tuple[str, ...] = get_args(PartyKind)
EVENT_KINDS: tuple[str, ...] = get_args(EventKind)
KINDS = {
    "sector": "sectors", "source": "sources", "party": "parties", "deal": "deals", "package": "packages",
    "treaty": "treaties", "indicator": "indicators", "event": "events", "statement": "statements",
}  # fmt: skip
"""What an entry is, and the collection that it stands in."""
SINGULAR = {many: one for one, many in KINDS.items()}
RELATIONS = ("part_of", "finances", "supersedes")
SAME, OVERLENT, REVISION = "same figure, different thing", "lent more than it pays for", "revision"
CONFLICT_KINDS = ("value", "share", OVERLENT, "count", "reading", SAME, "date", "stage", REVISION)
"""What a conflict is about, in the order of display.

It is one of two deals for a share and for what is lent. One figure for different things, and what a publisher revises,
contradict nothing. They stand here, and not where conflicts are found, because every query knows this module already.
"""

LINT = {
    "unused-sector": "a sector that no entry is in",
    "unused-party": "a party that takes part in nothing",
    "uncited-source": "a source that nothing cites",
    "same-page-twice": "two sources with the same address",
    "same-deal-twice": "two deals with the same parties and date and the same value, or no value and the same title",
    "scale-slip": "a figure 1,000 times another for the same thing, or a power of that: billions for millions",
    "one-sided": "a deal without a party of one of the sides",
    "unexplained-stage": "a stage firmer than a pledge without stage_source or an update that brings a firm one",
    "announced-but-signed": "a deal dated as announced where its title, a claim or its note says signed",
    "flow-of-instrument": "a flow at odds with the instrument, such as a loan agreement with trade",
    "other-measure": "a claim of another measure than the stated one, without counts: false",
    "list-price-preferred": "a preferred list price beside a price",
    "orphaned-part": "a part that counts of a superseded umbrella, and isn't part of the successor",
    "parts-exceed-umbrella": "parts that state more than their umbrella",
    "dollars-passed-over": "a stated value in another currency, though a source gives dollars",
    "update-before-deal": "an update that is older than its deal",
    "period-over": "a period that ended before as_of under a stage that goes on",
    "old-pledge": "a pledge without news in the 36 months before as_of",
    "old-in-force": "a treaty last known to be in force more than ten years before as_of",
    "early-stage-date": "a stage_as_of older than the deal or than an update with a stage",
    "late-member": "a member of a package from more than three months after it",
    "early-source": "something from after all of its sources were published",
    "in-force-before-signed": "a treaty in force before it was signed",
    "long-title": "a title of more than 60 characters",
    "invisible-character": "text with a character that nobody can see, such as a zero-width space",
}
"""What `kzus check` warns of in a sound file, by the name under which an entry may accept it."""
