"""Make random small fact files that are sound, and full of what is hard to count."""

from __future__ import annotations

from random import Random
from typing import Any

Tree = dict[str, Any]

AS_OF = ("2026-06-30",) * 4 + ("2026-06", "2026")
FLOWS = ("trade", "trade", "investment", "financing", "financing", "grant", "grant", "unclear", "cooperation")
STAGES = (
    *("pledge",) * 8, *("commitment",) * 4, "implementation", "implementation", "completion",
    "suspended", "cancelled", "lapsed",
)  # fmt: skip
MEASURES = ("price", "price", "list price", "planned", "project cost", "principal", "grant", "spent", "estimate")
INSTRUMENTS = (
    "memorandum", "letter of intent", "term sheet", "roadmap", "mandate", "framework agreement", "agreement",
    "contract", "grant agreement", "loan agreement", "guarantee", "exchange of notes", "project", "announcement",
)  # fmt: skip
DATES = (
    "2018", "2019", "2019-11", "2019-11-19", "2021-02-28", "2022-09-20", "2023", "2023-06", "2023-06-29", "2023-06-30",
    "2023-07-01", "2024", "2024-02-29", "2025-09-22", "2025-11", "2026-01-02", "2026-06-30",
)  # fmt: skip
PREFIXES = ("about ", "nearly ", "up to ", "at least ", "more than ", "less than ")
LANDS = ("KZ", "US", "DE", "JP")
"""The first two are the sides of the file, as a rule."""


def generate(seed: int) -> Tree:
    """Return a fact file as a plain tree; the same for the same number."""
    return _Generator(Random(seed)).facts()  # noqa: S311 - it makes examples, no secrets


class _Generator:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.published = {f"source-{at}": self._published(at) for at in range(random.randint(2, 5))}
        self.sources = list(self.published)
        self.sectors = [f"sector-{at}" for at in range(random.randint(1, 3))]
        self.parties = self._parties()
        self.deals: dict[str, Tree] = {}

    def facts(self) -> Tree:
        sides = {"kazakh": ["KZ"], "american": ["US"]}
        if self._maybe(0.1):
            sides = {"american": ["US", "DE"], "kazakh": ["KZ"]}
        # The ids are shuffled, so that the first by id isn't always the first of the file.
        names = [f"deal-{at:02}" for at in range(self.random.randint(1, 14))]
        self.random.shuffle(names)
        for name in names:
            self.deals[name] = self._deal(name)
        self._relate(names)
        facts: Tree = {
            "format": "2", "title": "Generated", "version": "2026.06.30", "as_of": self.random.choice(AS_OF),
            "sides": sides,
            "sectors": {name: {"label": name.capitalize()} for name in self.sectors},
            "sources": {name: self._source(name) for name in self.sources},
            "parties": self.parties,
            "deals": self.deals,
        }  # fmt: skip
        if self._maybe(0.7):
            facts["packages"] = {f"package-{at}": self._package(at) for at in range(self.random.randint(1, 2))}
        return facts

    def _maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def _some(self, of: list[str], most: int) -> list[str]:
        return self.random.sample(of, self.random.randint(1, min(most, len(of))))

    def _published(self, at: int) -> str | None:
        """Return the day of a source; the first has none, so that there is one for whatever happened."""
        return self.random.choice(DATES) if at and self._maybe(0.9) else None

    def _source(self, name: str) -> Tree:
        day = self.published[name]
        return {"title": name.capitalize(), "publisher": "Press", "kind": "news", **({"published": day} if day else {})}

    def _telling(self, day: str) -> list[str]:
        """Return the sources that can tell of a day: some foretell it, as a rule none is older than what it tells."""
        if self._maybe(0.05):
            return self.sources
        return [name for name, published in self.published.items() if not published or published[: len(day)] >= day]

    def _parties(self) -> dict[str, Tree]:
        parties: dict[str, Tree] = {}
        for at in range(self.random.randint(2, 7)):
            land = LANDS[at] if at < 2 else self.random.choice((*LANDS, *LANDS[:2] * 2, None))
            party: Tree = {"name": f"Party {at}", "kind": "company" if land else "organisation"}
            if land:
                party["country"] = land
            older = [name for name, other in parties.items() if other.get("country") == land]
            if older and self._maybe(0.25):
                party["succeeds"] = self._bare(self._some(older, 2))
            parties[f"party-{at}"] = party
        return parties

    def _bare(self, items: list[Any]) -> Any:
        """Write a list of one as the bare item, now and then."""
        return items[0] if len(items) == 1 and self._maybe(0.5) else items

    def _deal(self, name: str) -> Tree:
        flow = self.random.choice(FLOWS)
        day = self.random.choice(DATES)
        telling = self._telling(day)
        if self._maybe(0.4):  # then a lens on another source hides the deal
            telling = [self.random.choice(telling)]
        parties = self._some(list(self.parties), 4)
        deal: Tree = {
            "title": name.capitalize(),
            "instrument": self.random.choice(INSTRUMENTS),
            "flow": flow,
            "stage": self.random.choice(STAGES),
            "date": day,
            "date_kind": self.random.choice(("signed", "announced")),
            "sector": self.random.choice(self.sectors),
            "parties": self._bare(parties),
            "sources": self._bare(self._some(telling, 2)),
        }
        lands = self.random.choice((LANDS[:2], LANDS[1::-1], LANDS[1:3]))
        for key, land in zip(("payer", "payee"), lands, strict=True):
            if self._maybe(0.8):
                likely = [party for party in parties if self.parties[party].get("country") == land] or parties
                deal[key] = self._bare(self._some(likely, 2 if self._maybe(0.2) else 1))
        if self._maybe(0.4):
            deal["stage_source"] = self.random.choice(telling)
        if self._maybe(0.3):
            deal["stage_as_of"] = self.random.choice(DATES)
        if self._maybe(0.6):
            deal["tags"] = self._some(["rail", "air", "ai"], 2)
        if flow != "cooperation" and self._maybe(0.85):
            deal["values"] = self._claims(telling)
        if self._maybe(0.1):
            source = self.random.choice(self._telling(day))
            deal["quantities"] = [{"count": "3", "unit": "ships", "source": source}]
        if self._maybe(0.3):
            deal["updates"] = self._updates(day)
        return deal

    def _updates(self, since: str) -> list[Tree]:
        updates: list[Tree] = []
        for day in sorted(self._some([day for day in DATES if len(day) == 10 and day >= since], 3)):
            update = {"date": day, "text": f"News of {day}.", "source": self.random.choice(self._telling(day))}
            if self._maybe(0.6):
                update["stage"] = self.random.choice(STAGES)
            updates.append(update)
        return updates

    def _claims(self, telling: list[str]) -> list[Tree]:
        measures = [self.random.choice(MEASURES) for _ in range(2 if self._maybe(0.3) else 1)]
        claims: list[Tree] = []
        for at in range(self.random.choice((1, 1, 1, 2, 2, 3, 4))):
            claim = {"value": self._amount(self._currency()), "measure": self.random.choice(measures), "of": f"{at}"}
            if not claim["value"].endswith("USD") and self._maybe(0.5):
                claim["usd"] = self._amount("USD")
            claim["source"] = self.random.choice(telling)
            if self._maybe(0.15):
                claim["counts"] = "false"
            if self._maybe(0.15):
                claim |= {"rank": "deprecated", "because": "It was a slip."}
            elif self._maybe(0.1):
                claim["rank"] = "normal"
            claims.append(claim)
        if self._maybe(0.3):
            best = self.random.choice(claims)
            if "counts" not in best:
                best |= {"rank": "preferred", "because": "It is the buyer's own account."}
        return claims

    def _currency(self) -> str:
        return self.random.choice(("USD", "USD", "USD", "USD", "USD", "USD", "EUR", "KZT"))

    def _amount(self, currency: str) -> str:
        low = self.random.choice((1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 20, 40))
        number = str(low)
        if self._maybe(0.15):
            first = self.random.choice((0, low, low, low))
            number = f"{first}{self.random.choice('–-')}{low + self.random.randint(1, 9)}"
        elif self._maybe(0.15):
            number += ".5"
        prefix = self.random.choice(PREFIXES[:1] if "-" in number or "–" in number else PREFIXES)
        if self._maybe(0.65):
            prefix = ""
        return f"{prefix}{number}{self.random.choice(('m', 'm', 'm', ' m', 'bn', 'k'))} {currency}"

    def _relate(self, names: list[str]) -> None:
        """Relate later deals to earlier ones, so that no relation runs in a circle."""
        chances = {key: self.random.choice((0, 0.3, 0.7)) for key in ("part_of", "finances", "supersedes")}
        for key, chance in chances.items():
            order = names[:]
            self.random.shuffle(order)
            for at, name in enumerate(order):
                if at and self._maybe(chance):
                    others = self._some(self._worth_relating(key, order[:at]), 2)
                    self.deals[name][key] = self._bare([self._relation(name, other) for other in others])
        self._cut_circles_of_grants()

    def _worth_relating(self, key: str, names: list[str]) -> list[str]:
        """Return the deals to choose from; what pays for something pays for an umbrella, more often than not."""
        umbrellas = {other for deal in self.deals.values() for other in _ids(deal.get("part_of"))}
        found = [name for name in names if name in umbrellas]
        return found if found and key == "finances" and self._maybe(0.6) else names

    def _relation(self, name: str, other: str) -> Any:
        match self.random.randint(1, 8):
            case 1:
                return {"deal": other, "source": self.random.choice(self._telling(self.deals[name]["date"]))}
            case 2:
                return {"deal": other, "inferred": "true"}
        return other

    def _cut_circles_of_grants(self) -> None:
        """Drop what a grant finances where whether it counts would hang on whether it counts.

        The contract gives no answer to a grant that pays for what another grant is in, and the other way round.
        """
        for name, deal in self.deals.items():
            if deal["flow"] == "grant" and "finances" in deal and self._hangs_on_itself(name):
                del deal["finances"]

    def _hangs_on_itself(self, grant: str) -> bool:
        seen: set[str] = set()
        ahead = self._hangs_on(grant)
        while ahead:
            seen |= ahead
            if grant in seen:
                return True
            ahead = {deeper for name in ahead for deeper in self._hangs_on(name)} - seen
        return False

    def _hangs_on(self, grant: str) -> set[str]:
        """Return the deals that decide whether a grant counts, without itself."""
        if self.deals[grant]["flow"] != "grant":
            return set()
        found = set(_ids(self.deals[grant].get("finances")))
        while more := {name for name in self.deals if found & {*_ids(self.deals[name].get("part_of"))}} - found:
            found |= more
        return found - {grant}

    def _package(self, at: int) -> Tree:
        members: dict[tuple[str, str], Tree] = {}
        for _ in range(self.random.randint(1, 5)):
            deal = self.random.choice(list(self.deals))
            source = self.random.choice(self._telling(self.deals[deal]["date"]))
            members[deal, source] = {"deal": deal, "source": source}
            if self._maybe(0.3):
                members[deal, source]["value"] = self._amount("USD")
        claim = {"value": "about 17bn USD", "source": self.sources[0]}
        package: Tree = {"title": f"Package {at}", "values": [claim], "members": list(members.values())}
        return package | ({"date": self.random.choice(DATES)} if self._maybe(0.4) else {})


def _ids(relations: Any) -> list[str]:
    listed = relations if isinstance(relations, list) else [relations] if relations else []
    return [item["deal"] if isinstance(item, dict) else item for item in listed]
