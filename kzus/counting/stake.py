"""What counting reads of a deal: its flow, stage and amounts, and the deals that it is related to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kzus.facts.deals import counting_claims, current_stage, dollars, stated_claim
from kzus.facts.entries import related
from kzus.facts.vocabulary import RELATIONS
from kzus.values.amounts import parse_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kzus.facts.model import Deal

NO_VALUE = "no published value"
NO_COUNTING_VALUE = "no value that counts"


class Amounts(NamedTuple):
    """Whole U.S. dollars: what a deal states, and the extremes over the claims that compare with it."""

    stated: int
    low: int
    high: int


class Stake(NamedTuple):
    """What counting reads of a deal; without `amounts`, `missing` says why it states no dollars."""

    flow: str
    stage: str
    amounts: Amounts | None = None
    missing: str | None = NO_VALUE
    part_of: Sequence[str] = ()
    finances: Sequence[str] = ()
    supersedes: Sequence[str] = ()

    @property
    def is_financing(self) -> bool:
        """Whether its money stands in the ledger of loans and guarantees, which enters no total."""
        return self.flow == "financing"

    @property
    def is_valued(self) -> bool:
        """Whether a value of it that counts is published, in any currency."""
        return self.missing not in (NO_VALUE, NO_COUNTING_VALUE)


def read_stake(deal: Deal) -> Stake:
    """Reduce a deal to what counting reads of it."""
    amounts, missing = read_amounts(deal.get("values", ()))
    return Stake(deal["flow"], current_stage(deal), amounts, missing, *(related(deal, each) for each in RELATIONS))


def read_amounts(claims: Sequence[Mapping[str, Any]]) -> tuple[Amounts | None, str | None]:
    """Return the amounts of a deal's claims, or the reason why it states no dollars.

    The extremes are those of the claims that count and measure what the stated one does; a ceiling reaches down to 0.
    """
    stated = stated_claim(claims)
    if stated is None:
        return None, NO_COUNTING_VALUE if claims else NO_VALUE
    value = dollars(stated)
    if value is None:
        return None, f"stated in {parse_value(stated['value']).currency}"
    alike = (claim for claim in counting_claims(claims) if claim.get("measure") == stated.get("measure"))
    known = [each for each in map(dollars, alike) if each]
    return Amounts(value.stated, min(each.floor for each in known), max(each.high for each in known)), None
