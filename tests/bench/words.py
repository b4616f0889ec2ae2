"""The words that generated fact files are made of."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple


class Field(NamedTuple):
    """A sector: its label, DAC code, tags and what agreements in it are about."""

    label: str
    dac: str
    tags: tuple[str, ...]
    things: tuple[str, ...]


SECTORS = {
    "transport": Field("Transport", "210", ("rail", "aviation", "ports"), ("locomotives", "wagons", "aircraft")),
    "energy": Field("Energy", "230", ("grid", "wind", "gas-power"), ("gas turbines", "wind turbines", "substations")),
    "oil-gas": Field("Oil and gas", "32262", ("drilling", "pipelines"), ("drilling rigs", "compressors")),
    "mining": Field("Mining and critical minerals", "322", ("uranium", "tungsten"), ("haul trucks", "assay labs")),
    "industry": Field("Industry", "321", ("steel", "chemicals"), ("rolling mills", "production lines")),
    "agriculture": Field("Agriculture", "311", ("grain", "cattle"), ("tractors", "combine harvesters", "silos")),
    "digital": Field("Digital and AI", "220", ("satellites", "data-centres"), ("data centres", "ground stations")),
    "finance": Field("Finance", "240", ("credit", "equity"), ("credit lines", "funds", "guarantees")),
    "education": Field("Education and science", "110", ("universities", "exchange"), ("campuses", "scholarships")),
    "health": Field("Health", "120", ("hospitals", "vaccines"), ("clinics", "scanners", "vaccine lines")),
    "defence": Field("Defence and security", "152", ("training", "border"), ("patrol boats", "radars")),
    "trade": Field("Trade", "331", ("customs", "standards"), ("customs posts", "trade missions")),
    "diplomacy": Field("Diplomacy and governance", "151", ("courts", "cities"), ("exchanges", "working groups")),
    "environment": Field("Environment and water", "410", ("water", "forests"), ("treatment plants", "gauges")),
    "tourism": Field("Tourism and culture", "332", ("museums", "hotels"), ("hotels", "exhibitions")),
}
PLACES = ("Astana", "Almaty", "Shymkent", "Aktau", "Aktobe", "Atyrau", "Karaganda", "Pavlodar", "Kostanay", "Oskemen",
          "New York", "Washington", "Houston", "San Francisco", "Detroit", "Boston")  # fmt: skip
OUTLETS = {
    "Akorda": "official", "U.S. Department of State": "official", "Ministry of Foreign Affairs": "official",
    "Caspian Wire": "news", "Steppe Times": "news", "Astana Ledger": "news", "Prairie Post": "news",
    "Silk Road Review": "analysis", "Central Asia Institute": "academic", "Register of Filings": "filing",
}  # fmt: skip
PEOPLE = ("Dana Serik", "Arman Bek", "Jane Doe", "Alma Nur", "John Roe", "Mary Major", "Timur Sadyk", "Ann Poe")
FIRST = {"Altyn": "Алтын", "Tengri": "Тәңірі", "Sary": "Сары", "Kazyna": "Қазына", "Dala": "Дала", "Zhetisu": "Жетісу",
         "Alatau": "Алатау", "Ertis": "Ертіс", "Ulytau": "Ұлытау", "Qyran": "Қыран"}  # fmt: skip
PRAIRIE = ("Blue Ridge", "Lakeshore", "Cascade", "Ironwood", "Red River", "Pioneer", "Summit", "Keystone", "Harbor",
           "Mesa")  # fmt: skip
TRADES = ("Rail", "Power", "Steel", "Grain", "Capital", "Water", "Digital", "Medical", "Air", "Minerals", "Oilfield",
          "Logistics", "Machinery", "Research", "Telecom", "Textile", "Chemical", "Cement", "Timber", "Energy",
          "Transit", "Seeds", "Foods", "Motors", "Optics")  # fmt: skip
FORMS = ("Group", "Holding", "Works", "Partners", "Trading")


def names() -> list[tuple[str, str, str]]:
    """Return 2500 party names, each with its country and an alias or nothing, Kazakh and American in turn."""
    found = []
    for form, trade, (kazakh, american) in product(FORMS, TRADES, zip(FIRST, PRAIRIE, strict=True)):
        found.append((f"{kazakh} {trade} {form}", "KZ", f"{FIRST[kazakh]} {trade} {form}"))
        found.append((f"{american} {trade} {form}", "US", ""))
    return found


def slug(text: str) -> str:
    """Make an id of plain words."""
    return "-".join(text.lower().replace(".", "").split())
