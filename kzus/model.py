"""The fact file, format 1: what may stand where, and what it means.

These are pydantic models of plain dictionaries, so what has been checked is what the file holds, to the
letter; only `format` and `preferred` change their type. The same definitions make the JSON Schema.
"""

from __future__ import annotations

import sys
from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field

from kzus.codes import Instrument, Stage
from kzus.fields import (
    Accept,
    Aliases,
    Cited,
    Count,
    Country,
    DacCode,
    Date,
    DealId,
    DealIds,
    Dollars,
    Flag,
    Format,
    Language,
    Money,
    Note,
    OnePreferred,
    PartyIds,
    PastDate,
    Period,
    Reading,
    Slug,
    SourceId,
    Text,
    Topic,
    Unique,
    Url,
    Via,
)

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:  # pydantic can read the keys of a TypedDict from the standard library only from 3.12 on.
    from typing_extensions import TypedDict


class Entry(TypedDict):
    """What every mapping of the file has in common: no key that isn't defined."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]


class Sector(Entry):
    """A field of the economy; the order of the file is the order of display."""

    label: Annotated[Text, Field(description="Its name as shown.")]
    dac: NotRequired[DacCode]
    aliases: NotRequired[Aliases]
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Source(Entry):
    """A page or document that states something."""

    title: Annotated[Text, Field(description="The title as published, or one in the curator's words.")]
    publisher: Annotated[Text, Field(description="Who published it.")]
    kind: Annotated[
        Literal["official", "company", "filing", "dataset", "news", "analysis", "academic"],
        Field(description="What sort of voice it is; an official or company page outranks the press."),
    ]
    published: Annotated[NotRequired[PastDate], Field(description="The day on the page; left out if unseen.")]
    url: NotRequired[Annotated[Url, Field(description="Where it can be read.")]]
    language: NotRequired[Language]
    cites: NotRequired[Annotated[list[Text], Field(description="Outlets or bodies that it names as its own.")]]
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Party(Entry):
    """Someone who agrees: a government, a firm, a university."""

    name: Annotated[Text, Field(description="The name settled on, however sources spell it.")]
    country: NotRequired[Country]
    kind: Annotated[
        Literal["government", "state company", "company", "fund", "university", "organisation"],
        Field(description="What it is; a central bank is government, a development bank an organisation."),
    ]
    aliases: NotRequired[Aliases]
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Claim(Entry):
    """What one source says that a deal or package is worth."""

    value: Annotated[Money, Field(description="As a person says it: `about 4.2bn USD`, `3–5bn USD`.")]
    of: Annotated[NotRequired[Text], Field(description="What the figure measures.")]
    source: Annotated[SourceId, Field(description="The id of the source that states it.")]
    usd: NotRequired[Dollars]
    preferred: NotRequired[Annotated[Flag, Field(description="Makes it the stated value, instead of the first.")]]
    via: NotRequired[Via]
    note: NotRequired[Note]


class Quantity(Entry):
    """A number of things that one source states: machines, years, agreements."""

    count: Annotated[Count, Field(description="A whole number, with a qualifier if the source has one.")]
    unit: Annotated[Text, Field(description="What is counted, in the plural.")]
    source: Annotated[SourceId, Field(description="The id of the source that states it.")]
    via: NotRequired[Via]
    note: NotRequired[Note]


class DateClaim(Entry):
    """On which day one source puts a deal or package."""

    date: Annotated[PastDate, Field(description="When, as precisely as the source tells.")]
    kind: NotRequired[
        Annotated[
            Literal["signed", "announced"],
            Field(description="What happened then; the deal's date_kind, for a package announced, unless given."),
        ]
    ]
    source: Annotated[SourceId, Field(description="The id of the source that states it.")]
    via: NotRequired[Via]
    note: NotRequired[Note]


Dates = Annotated[list[DateClaim], Field(min_length=1, description="Its dates by source, where they differ."), Unique]


class Update(Entry):
    """A dated later development of a deal."""

    date: Annotated[PastDate, Field(description="When it happened.")]
    text: Annotated[Text, Field(description="What happened, in the curator's words.")]
    source: Annotated[SourceId, Field(description="The id of the source that reports it.")]
    stage: NotRequired[Annotated[Stage, Field(description="The stage that the deal reached with it.")]]
    via: NotRequired[Via]


class Deal(Entry):
    """Something agreed, promised or ordered between a Kazakh and a U.S. side."""

    title: Annotated[Text, Field(description="What it is, in a few words.")]
    instrument: Annotated[Instrument, Field(description="The paper that carries it.")]
    stage: Annotated[
        Stage, Field(description="How firm it was on its date, in AidData's terms; updates may bring another.")
    ]
    stage_as_of: NotRequired[Annotated[PastDate, Field(description="Up to when that is known, if not to as_of.")]]
    date: Annotated[PastDate, Field(description="When, as precisely as is known.")]
    date_kind: Annotated[Literal["signed", "announced"], Field(description="What happened on that date.")]
    dates: NotRequired[Dates]
    place: NotRequired[Annotated[Text, Field(description="Where.")]]
    sector: Topic
    tags: NotRequired[Annotated[list[Slug], Unique, Field(description="Finer topics than the sector.")]]
    parties: Annotated[PartyIds, Field(description="Who agreed, Kazakh side first.")]
    values: Annotated[
        NotRequired[list[Claim]],
        Field(min_length=1, description="What it is worth, by source; the preferred or first is the stated value."),
        Unique,
        OnePreferred,
    ]
    quantities: NotRequired[
        Annotated[list[Quantity], Field(min_length=1, description="What else is numbered."), Unique]
    ]
    part_of: NotRequired[Annotated[DealIds, Field(description="The umbrella deals that it is a part of.")]]
    finances: NotRequired[Annotated[DealIds, Field(description="The deals that this money pays for.")]]
    supersedes: NotRequired[Annotated[DealIds, Field(description="The looser deals that this one replaces.")]]
    updates: NotRequired[Annotated[list[Update], Field(min_length=1, description="Later developments, oldest first.")]]
    sources: NotRequired[Cited]
    via: NotRequired[Via]
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Member(Entry):
    """A deal that a source puts into a package."""

    deal: Annotated[DealId, Field(description="The id of the deal.")]
    source: Annotated[SourceId, Field(description="The id of the source that puts it there.")]
    note: NotRequired[Note]


class Package(Entry):
    """A headline that is said to hold many deals; it never enters a sum."""

    title: Annotated[Text, Field(description="What it is called.")]
    date: NotRequired[Annotated[PastDate, Field(description="When it was announced.")]]
    dates: NotRequired[Dates]
    place: NotRequired[Annotated[Text, Field(description="Where.")]]
    values: NotRequired[
        Annotated[list[Claim], Field(min_length=1, description="What it is said to be worth."), Unique, OnePreferred]
    ]
    counts: NotRequired[
        Annotated[list[Quantity], Field(min_length=1, description="How many deals it is said to hold."), Unique]
    ]
    members: NotRequired[Annotated[list[Member], Field(min_length=1, description="Its deals, by source."), Unique]]
    sources: NotRequired[Cited]
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Treaty(Entry):
    """An agreement between the two states under international law."""

    title: Annotated[Text, Field(description="Its name.")]
    signed: NotRequired[Annotated[PastDate, Field(description="When it was signed.")]]
    in_force: NotRequired[Annotated[PastDate, Field(description="When it came into force.")]]
    citation: NotRequired[Annotated[Text, Field(description="Where it is printed, such as a TIAS number.")]]
    status: Annotated[
        Literal["signed", "in force", "replaced", "expired", "terminated", "unclear"],
        Field(description="What has become of it."),
    ]
    status_as_of: NotRequired[Annotated[PastDate, Field(description="Up to when the status is known.")]]
    sector: NotRequired[Topic]
    parties: NotRequired[Annotated[PartyIds, Field(description="Bodies named beside the two governments.")]]
    sources: Cited
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Observation(Entry):
    """One reading of a series, as one source gives it."""

    period: Annotated[Period, Field(description="The date it stands for, or two with a slash: `1993/2025`.")]
    value: Annotated[Reading, Field(description="A number with k, m, bn, tn if need be; the unit is the series'.")]
    source: Annotated[SourceId, Field(description="The id of the source that states it.")]
    basis: NotRequired[Annotated[Text, Field(description="Whose statistics, or what is counted in.")]]
    via: NotRequired[Via]
    note: NotRequired[Note]


class Indicator(Entry):
    """A series of figures about the two countries."""

    title: Annotated[Text, Field(description="What is measured.")]
    unit: Annotated[Text, Field(description="USD, %, rank, tonnes …")]
    sector: NotRequired[Topic]
    observations: Annotated[list[Observation], Field(min_length=1, description="Its readings, in any order."), Unique]
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Event(Entry):
    """Something that happened on a day and is no deal."""

    title: Annotated[Text, Field(description="What happened, in a few words.")]
    date: Annotated[PastDate, Field(description="When, as precisely as is known.")]
    place: NotRequired[Annotated[Text, Field(description="Where.")]]
    people: NotRequired[Annotated[list[Text], Unique, Field(description="Who took part.")]]
    parties: NotRequired[Annotated[PartyIds, Field(description="Which parties took part.")]]
    sector: NotRequired[Topic]
    text: NotRequired[Annotated[Text, Field(description="More of it, in the curator's words.")]]
    sources: Cited
    via: NotRequired[Via]
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Statement(Entry):
    """What somebody says without a number."""

    text: Annotated[Text, Field(description="What is said, in the curator's words.")]
    by: Annotated[Text, Field(description="Who says it.")]
    sector: NotRequired[Topic]
    date: NotRequired[Annotated[PastDate, Field(description="When it was said.")]]
    source: Annotated[SourceId, Field(description="The id of the source that reports it.")]
    via: NotRequired[Via]
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Facts(Entry):
    """A whole fact file; every collection is a mapping from id to entry, each id unique in the file."""

    format: Annotated[Format, Field(description="The format that the file is written in: 1.")]
    title: Annotated[Text, Field(description="What the file is about.")]
    as_of: Annotated[Date, Field(description="How far curation reaches.")]
    sectors: Annotated[dict[Slug, Sector], Field(description="The controlled vocabulary, in display order.")]
    sources: Annotated[dict[Slug, Source], Field(description="Pages and documents that state something.")]
    parties: NotRequired[Annotated[dict[Slug, Party], Field(description="Who agrees with whom.")]]
    deals: NotRequired[Annotated[dict[Slug, Deal], Field(description="What was agreed.")]]
    packages: NotRequired[Annotated[dict[Slug, Package], Field(description="Headlines over many deals.")]]
    treaties: NotRequired[Annotated[dict[Slug, Treaty], Field(description="Treaties between the states.")]]
    indicators: NotRequired[Annotated[dict[Slug, Indicator], Field(description="Series of figures.")]]
    events: NotRequired[Annotated[dict[Slug, Event], Field(description="What happened.")]]
    statements: NotRequired[Annotated[dict[Slug, Statement], Field(description="What is said without a number.")]]


COLLECTIONS = (
    "sectors", "sources", "parties", "deals", "packages", "treaties", "indicators", "events", "statements",
)  # fmt: skip
