"""The fact file, format 2: what one source says of a deal or package."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, NotRequired

from pydantic import ConfigDict, Field

from kzus.facts.fields import (
    Count,
    DealId,
    DealsOnce,
    Dollars,
    Flag,
    Money,
    Note,
    OrBare,
    OrDealId,
    PastDate,
    SourceId,
    Text,
    Unique,
    Unit,
    Via,
)
from kzus.facts.vocabulary import DateKind, Measure, Rank, Stage

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:  # pydantic can read the keys of a TypedDict from the standard library only from 3.12 on.
    from typing_extensions import TypedDict


class Entry(TypedDict):
    """What every mapping of the file has in common: no key that isn't defined."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]


class Figure(Entry):
    """What one source says that a package is worth."""

    value: Annotated[Money, Field(description="As a person says it: `about 4.2bn USD`, `3–5bn USD`.")]
    of: Annotated[NotRequired[Text], Field(description="What precisely is measured.")]
    source: Annotated[SourceId, Field(description="The id of the source that states it.")]
    usd: NotRequired[Dollars]
    counts: NotRequired[
        Annotated[Flag, Field(description="`false` for a part, or for more than the whole: it is shown, never stated.")]
    ]
    rank: NotRequired[
        Annotated[Rank, Field(description="`preferred` is stated instead of the first; `deprecated` never counts.")]
    ]
    because: NotRequired[Annotated[Text, Field(description="Why it is preferred or deprecated.")]]
    via: NotRequired[Via]
    note: NotRequired[Note]


class Claim(Figure):
    """What one source says that a deal is worth."""

    measure: Annotated[Measure, Field(description="What kind of figure it is.")]


class Quantity(Entry):
    """A number of things that one source states: machines, years, agreements."""

    count: Annotated[Count, Field(description="A whole number, with a qualifier if the source has one.")]
    unit: Annotated[Unit, Field(description="What is counted, in the plural; never money.")]
    source: Annotated[SourceId, Field(description="The id of the source that states it.")]
    via: NotRequired[Via]
    note: NotRequired[Note]


class DateClaim(Entry):
    """On which day one source puts a deal or package."""

    date: Annotated[PastDate, Field(description="When, as precisely as the source tells.")]
    kind: NotRequired[
        Annotated[
            DateKind,
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


class Relation(Entry):
    """Another deal, with who says so; as a bare id where nobody need be named."""

    deal: Annotated[DealId, Field(description="The id of the other deal.")]
    source: NotRequired[Annotated[SourceId, Field(description="The id of the source that says so.")]]
    inferred: NotRequired[Annotated[Flag, Field(description="`true` where it is the curator's reading.")]]


if TYPE_CHECKING:
    DealOrRelation = str | Relation
else:
    DealOrRelation = Annotated[Relation, OrDealId]

Relations = Annotated[list[DealOrRelation], Field(min_length=1), DealsOnce, OrBare]
