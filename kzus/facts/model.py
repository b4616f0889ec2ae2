"""The fact file, format 2: what may stand where, and what it means.

These are pydantic models of plain dictionaries, so what has been checked is what the file holds, to the
letter; only `format` and flags change their type, and a bare id becomes a list of one. The same definitions
make the JSON Schema.
"""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field

from kzus.facts.fields import (
    Accept,
    Aliases,
    Cited,
    Countries,
    Country,
    DacCode,
    Date,
    Days,
    DealId,
    DealIds,
    Flag,
    Format,
    Language,
    Money,
    Note,
    PartyIds,
    PastDate,
    Period,
    ReadingText,
    Side,
    Slug,
    SourceId,
    Tags,
    Text,
    Topic,
    Unique,
    Url,
    Version,
    Via,
)
from kzus.facts.model_claims import Claim, Dates, Entry, Figure, Quantity, Relations, Update
from kzus.facts.vocabulary import DateKind, EventKind, FlowKind, Instrument, PartyKind, SourceKind, Stage, TreatyStatus


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
        SourceKind, Field(description="What sort of voice it is; an official or company page outranks the press.")
    ]
    published: Annotated[NotRequired[PastDate], Field(description="The day on the page; left out if unseen.")]
    url: NotRequired[Annotated[Url, Field(description="Where it can be read.")]]
    archive: NotRequired[Annotated[Url, Field(description="Where a copy is kept.")]]
    retrieved: NotRequired[Annotated[Date, Field(description="When it was read.")]]
    language: NotRequired[Language]
    cites: NotRequired[
        Annotated[list[Text], Field(min_length=1, description="Outlets or bodies that it names as its own.")]
    ]
    via: NotRequired[Via]
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Party(Entry):
    """Someone who agrees: a government, a firm, a university."""

    name: Annotated[Text, Field(description="The name settled on, however sources spell it.")]
    short: NotRequired[Annotated[Text, Field(description="The name where there is little room.")]]
    country: NotRequired[Country]
    kind: Annotated[
        PartyKind, Field(description="What it is; a central bank is government, a development bank an organisation.")
    ]
    succeeds: NotRequired[Annotated[PartyIds, Field(description="The parties whose place it has taken.")]]
    aliases: NotRequired[Aliases]
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Deal(Entry):
    """Something agreed, promised or ordered between a Kazakh and a U.S. side."""

    title: Annotated[Text, Field(description="What it is, in a few words.")]
    instrument: Annotated[Instrument, Field(description="The paper that carries it.")]
    flow: Annotated[FlowKind, Field(description="What kind of money it is.")]
    payer: NotRequired[Annotated[PartyIds, Field(description="Whose money it is, of the parties, where told.")]]
    payee: NotRequired[Annotated[PartyIds, Field(description="Who receives it, of the parties, where told.")]]
    stage: Annotated[
        Stage, Field(description="How firm it was on its date, in AidData's terms; updates may bring another.")
    ]
    stage_source: NotRequired[Annotated[SourceId, Field(description="The id of the source that shows the stage.")]]
    stage_as_of: NotRequired[Annotated[PastDate, Field(description="Up to when that is known, if not to as_of.")]]
    date: Annotated[PastDate, Field(description="When, as precisely as is known.")]
    date_kind: Annotated[DateKind, Field(description="What happened on that date.")]
    dates: NotRequired[Dates]
    period: NotRequired[Annotated[Period, Field(description="When it is to be carried out: `2027/2058`.")]]
    place: NotRequired[Annotated[Text, Field(description="Where.")]]
    sector: Topic
    tags: NotRequired[Tags]
    parties: Annotated[PartyIds, Field(description="Who agreed, Kazakh side first.")]
    values: Annotated[
        NotRequired[list[Claim]],
        Field(min_length=1, description="What it is worth, by source; the preferred or first is the stated value."),
        Unique,
    ]
    quantities: NotRequired[
        Annotated[list[Quantity], Field(min_length=1, description="What else is numbered."), Unique]
    ]
    part_of: NotRequired[Annotated[Relations, Field(description="The umbrella deals that it is a part of.")]]
    finances: NotRequired[Annotated[Relations, Field(description="The deals that this money pays for.")]]
    supersedes: NotRequired[Annotated[Relations, Field(description="The looser deals that this one replaces.")]]
    updates: NotRequired[Annotated[list[Update], Field(min_length=1, description="Later developments, oldest first.")]]
    sources: NotRequired[Cited]
    via: NotRequired[Via]
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Member(Entry):
    """A deal that a source puts into a package."""

    deal: Annotated[DealId, Field(description="The id of the deal.")]
    source: Annotated[SourceId, Field(description="The id of the source that puts it there.")]
    value: NotRequired[Annotated[Money, Field(description="What that list says of it.")]]
    note: NotRequired[Note]
    together_with: NotRequired[
        Annotated[DealIds, Field(description="The other deals of that list which the value holds as well.")]
    ]
    beside: NotRequired[
        Annotated[
            Flag,
            Field(
                description="`true` where the source doesn't say that it is one of the agreements which it claims:"
                " it tells of it beside them, or names only a firm."
            ),
        ]
    ]


class Package(Entry):
    """A headline that is said to hold many deals; it never enters a sum."""

    title: Annotated[Text, Field(description="What it is called.")]
    date: NotRequired[Annotated[PastDate, Field(description="When it was announced.")]]
    dates: NotRequired[Dates]
    place: NotRequired[Annotated[Text, Field(description="Where.")]]
    values: NotRequired[
        Annotated[list[Figure], Field(min_length=1, description="What it is said to be worth."), Unique]
    ]
    quantities: NotRequired[
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
    status: Annotated[TreatyStatus, Field(description="What has become of it.")]
    status_as_of: NotRequired[Annotated[PastDate, Field(description="Up to when the status is known.")]]
    sector: NotRequired[Topic]
    parties: NotRequired[Annotated[PartyIds, Field(description="Bodies named beside the two governments.")]]
    sources: Cited
    note: NotRequired[Note]
    accept: NotRequired[Accept]


class Observation(Entry):
    """One reading of a series, as one source gives it."""

    period: Annotated[Period, Field(description="The date it stands for, or two with a slash: `1993/2025`.")]
    value: Annotated[ReadingText, Field(description="A number with k, m, bn, tn if need be; the unit is the series'.")]
    source: Annotated[SourceId, Field(description="The id of the source that states it.")]
    basis: NotRequired[Annotated[Text, Field(description="Whose statistics, or what is counted in.")]]
    side: NotRequired[Annotated[Side, Field(description="Whose figure it is: a side of the file.")]]
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
    date: Annotated[Days, Field(description="When, as precisely as is known, or two days with a slash.")]
    kind: NotRequired[Annotated[EventKind, Field(description="What sort of thing happened.")]]
    place: NotRequired[Annotated[Text, Field(description="Where.")]]
    people: NotRequired[Annotated[list[Text], Unique, Field(min_length=1, description="Who took part.")]]
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

    format: Annotated[Format, Field(description="The format that the file is written in: 2.")]
    title: Annotated[Text, Field(description="What the file is about.")]
    version: NotRequired[Annotated[Version, Field(description="Of the facts, as the day of curation: 2026.11.25.")]]
    as_of: Annotated[Date, Field(description="How far curation reaches; nothing that is told happened later.")]
    sides: NotRequired[
        Annotated[
            dict[Text, Countries],
            Field(
                min_length=1,
                description="Country codes a side; unless given, each country is a side, and no deal has a direction.",
            ),
        ]
    ]
    sectors: Annotated[dict[Slug, Sector], Field(description="The controlled vocabulary, in display order.")]
    sources: Annotated[dict[Slug, Source], Field(description="Pages and documents that state something.")]
    parties: NotRequired[Annotated[dict[Slug, Party], Field(min_length=1, description="Who agrees with whom.")]]
    deals: NotRequired[Annotated[dict[Slug, Deal], Field(min_length=1, description="What was agreed.")]]
    packages: NotRequired[Annotated[dict[Slug, Package], Field(min_length=1, description="Headlines over many deals.")]]
    treaties: NotRequired[
        Annotated[dict[Slug, Treaty], Field(min_length=1, description="Treaties between the states.")]
    ]
    indicators: NotRequired[Annotated[dict[Slug, Indicator], Field(min_length=1, description="Series of figures.")]]
    events: NotRequired[Annotated[dict[Slug, Event], Field(min_length=1, description="What happened.")]]
    statements: NotRequired[
        Annotated[dict[Slug, Statement], Field(min_length=1, description="What is said without a number.")]
    ]
