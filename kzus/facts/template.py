"""A small sound fact file to begin with: one of everything, for two countries, with comments."""

from __future__ import annotations

import re
from string import Template
from unicodedata import normalize

from kzus.errors import UsageError
from kzus.values.codes import names, refuse

_MOST_SIDES = 2
_TEMPLATE = Template("""\
# A fact file of kzus, format 2, with an invented example of everything. Replace the examples with your own entries.
# `kzus check FILE` says what is wrong, where and what to write instead. A text with ': ', ' #' or a first sign such as
# @ or * stands in quotes. What isn't known is left out, key and all.
format: 2
title: $home–$other agreements
version: $version            # of the facts; citations name it
as_of: $today              # how far curation reaches: nothing below happened later
sides: {$home_side: [$home_code], $other_side: [$other_code]}   # countries of each side, by ISO 3166-1 code

# Every entry stands under an id: lower-case letters, digits and hyphens, unique over all kinds.
sectors:                       # in the order of display
  energy: {label: Energy, dac: "230", aliases: [power, electricity]}   # dac: code of OECD DAC

sources:                       # kind: official, company, filing, dataset, news, analysis or academic
  ministry-announcement:
    title: The two ministries sign on wind power
    publisher: Ministry of Energy of $home
    kind: official
    published: $today
    url: https://example.org/wind-power
    language: en               # ISO 639-1
  news-report: {title: "Wind power: what was signed", publisher: Example News, kind: news, published: $today}

parties:                       # kind: government, state company, company, fund, university, aid agency or organisation
  $home_id-energy-ministry: {name: Ministry of Energy of $home, country: $home_code, kind: government}
  $other_id-turbine-maker: {name: Turbine Maker of $other, short: Turbine Maker, country: $other_code, kind: company}
  $other_id-export-bank: {name: Export Bank of $other, country: $other_code, kind: state company}

deals:
  wind-framework:
    title: Framework agreement on wind power
    instrument: framework agreement   # contract, grant agreement, loan agreement, memorandum, exchange of notes …
    flow: cooperation          # trade, investment, financing, grant, cooperation (no money is told of) or unclear
    stage: commitment          # pledge, commitment, implementation, completion, suspended, cancelled or lapsed
    stage_source: ministry-announcement   # who shows that it is firmer than a pledge
    date: $year                # $year, $month or $today: as precisely as is known
    date_kind: signed          # signed, announced, exchanged or ratified
    sector: energy
    parties: [$home_id-energy-ministry, $other_id-turbine-maker]
    sources: ministry-announcement
  wind-turbines:
    title: 50 wind turbines
    instrument: contract
    flow: trade
    payer: $home_id-energy-ministry   # whose money it is, and who receives it, where a source tells
    payee: $other_id-turbine-maker
    stage: pledge
    date: $month
    date_kind: signed
    period: $year/$later       # when it is to be carried out
    place: The capital of $home
    sector: energy
    tags: [wind]
    parties: [$home_id-energy-ministry, $other_id-turbine-maker]
    values:                    # what each source says of its worth; one that is preferred is stated, else the first
      # [about|nearly|up to|at least|more than|less than] 4.2bn USD, 3–5m JPY: k, m, bn, tn and an ISO 4217 code
      # measure: price, list price, planned, project cost, principal, grant, spent or estimate
      - {value: 120m USD, measure: price, source: ministry-announcement, rank: preferred, because: The buyer's own.}
      - {value: about 130m USD, measure: price, source: news-report}
      - {value: 30m USD, measure: price, of: the first 12 turbines, source: news-report, counts: false}   # of a part
    quantities:                # whole numbers of things, never money
      - {count: 50, unit: wind turbines, source: ministry-announcement}
    part_of: {deal: wind-framework, source: news-report}   # or the id alone, or {deal: wind-framework, inferred: true}
    updates:                   # later developments, oldest first; a stage is that which the deal reached with it
      - {date: $today, text: The first turbines are being built., source: news-report, stage: implementation}
  wind-loan:
    title: Loan for the wind turbines
    instrument: memorandum
    flow: financing            # loans, guarantees, letters of interest; sums show it in columns of its own
    payer: $other_id-export-bank   # the lender
    payee: $home_id-energy-ministry
    stage: pledge
    date: $today
    date_kind: announced
    sector: energy
    parties: [$home_id-energy-ministry, $other_id-export-bank]
    values:
      - {value: up to 100m USD, measure: principal, source: news-report}
    finances: wind-turbines    # the others: part_of, supersedes
    note: Nobody names the rate of interest.   # doubts and reasons, in your words

packages:                      # a headline over many deals; it enters no sum
  energy-summit:
    title: Energy summit in $other
    date: $today
    values:
      - {value: about 250m USD, source: news-report}
    quantities:
      - {count: 2, unit: agreements, source: news-report}
    members:                   # which deals a source puts in, and what it says of each
      - {deal: wind-turbines, source: news-report, value: about 130m USD}
      - {deal: wind-loan, source: news-report, beside: true}   # told beside the claimed agreements, not as one
      # one value for several of a list: {deal: …, source: …, value: 5m USD, together_with: wind-loan}

treaties:                      # status: signed, in force, replaced, expired, terminated or unclear
  investment-treaty:
    title: Treaty on the protection of investment
    signed: $year
    status: signed
    sources: ministry-announcement

indicators:                    # a series of figures, such as trade
  trade-total:
    title: Goods traded between the two
    unit: USD
    observations:              # the period is a date or two with a slash, as in $before-01/$before-03 for a quarter
      - {period: $before, value: 1.2bn, source: ministry-announcement, basis: customs of $home, side: $home_side}
      - {period: $before, value: 1.1bn, source: news-report}

events:                        # kind: visit, meeting, law, decision, milestone or other
  energy-visit:
    title: A visit to $other
    date: $yesterday/$today   # a date, or the first and the last day
    kind: visit
    people: [The minister of energy]
    sources: news-report

statements:                    # what somebody says without a number, in your words
  turbines-first:
    text: Wind comes before all other power.
    by: The minister of energy of $home
    sector: energy
    date: $today
    source: news-report
""")


def new_fact_file(sides: str, today: str) -> str:
    """Write a fact file for two countries, given as `KZ,US`, that was curated up to a day.

    Raises `UsageError` unless these are two ISO 3166-1 codes.
    """
    home, other = _codes(sides)
    countries, year = names("country"), int(today[:4])
    return _TEMPLATE.substitute(
        home=countries[home],
        other=countries[other],
        home_code=home,
        other_code=other,
        home_side=_slug_of(countries[home]),
        other_side=_slug_of(countries[other]),
        home_id=home.lower(),
        other_id=other.lower(),
        today=today,
        yesterday=_day_before(today),
        month=today[:7],
        year=year,
        later=year + 3,
        before=year - 1,
        version=today.replace("-", "."),
    )


def _codes(sides: str) -> tuple[str, str]:
    codes = [code.strip() for code in sides.split(",")]
    if len(codes) != _MOST_SIDES or len(set(codes)) != _MOST_SIDES:
        raise UsageError(f"--sides: '{sides}' doesn't name two countries; write two ISO 3166-1 codes, as in KZ,US")
    for code in codes:
        if code not in names("country"):
            raise UsageError(f"--sides: {refuse('country', code)}")
    return codes[0], codes[1]


def _slug_of(name: str) -> str:
    return "-".join(re.findall("[a-z]+", normalize("NFKD", name).encode("ascii", "ignore").decode().lower()))


def _day_before(day: str) -> str:
    from datetime import date, timedelta

    return str(date.fromisoformat(day) - timedelta(days=1))
