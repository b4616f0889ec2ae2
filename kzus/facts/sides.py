"""The sides of a fact file: which country stands for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def sides(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return the side of each country that the file names, or each country of a party as its own side."""
    if "sides" in facts:
        return {country: side for side, countries in facts["sides"].items() for country in countries}
    homes = (party.get("country") for party in facts.get("parties", {}).values())
    return {country: country for country in homes if country}
