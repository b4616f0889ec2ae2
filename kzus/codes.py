"""Closed vocabularies: the stages and instruments of a deal, and the ISO codes that a fact file may use."""

from __future__ import annotations

from typing import Literal, get_args

Stage = Literal["pledge", "commitment", "implementation", "completion", "suspended", "cancelled"]
Instrument = Literal[
    "memorandum",
    "letter of intent",
    "term sheet",
    "roadmap",
    "mandate",
    "framework agreement",
    "agreement",
    "contract",
    "project",
    "announcement",
]

STAGES: tuple[str, ...] = get_args(Stage)
"""AidData's stages of a flow, least firm first, and the two ways in which one ends without money."""
FIRM_STAGES = frozenset(("commitment", "implementation", "completion"))
DEAD_STAGES = frozenset(("suspended", "cancelled"))
INSTRUMENTS: tuple[str, ...] = get_args(Instrument)
KINDS = {
    "sector": "sectors", "source": "sources", "party": "parties", "deal": "deals", "package": "packages",
    "treaty": "treaties", "indicator": "indicators", "event": "events", "statement": "statements",
}  # fmt: skip
"""What an entry is, and the collection that it stands in."""
SINGULAR = {many: one for one, many in KINDS.items()}
RELATIONS = ("part_of", "finances", "supersedes")

LINT = {
    "unused-sector": "a sector that no entry is in",
    "unused-party": "a party that takes part in nothing",
    "uncited-source": "a source that nothing cites",
    "same-page-twice": "two sources with the same address",
    "same-deal-twice": "two deals with the same parties and date and the same value, or no value and the same title",
    "scale-slip": "a figure 1,000 times another for the same thing, or a power of that: billions for millions",
    "one-sided": "a deal without a Kazakh or without a U.S. party",
    "unexplained-stage": "a stage firmer than the instrument, and no update that brings a firm one",
    "parts-exceed-umbrella": "parts that state more than their umbrella",
    "dollars-passed-over": "a stated value in another currency, though a source gives dollars",
    "update-before-deal": "an update that is older than its deal",
    "early-stage-date": "a stage_as_of older than the deal or than an update with a stage",
    "late-member": "a member of a package from more than three months after it",
    "early-source": "something from after all of its sources were published",
    "in-force-before-signed": "a treaty in force before it was signed",
    "invisible-character": "text with a character that nobody can see, such as a zero-width space",
}
"""What `kzus check` warns of in a sound file, by the name under which an entry may accept it."""

COUNTRIES = frozenset(
    # ISO 3166-1 alpha-2.
    """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER
    ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID
    IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV
    LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR
    NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL
    SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC
    VE VG VI VN VU WF WS YE YT ZA ZM ZW""".split()
)
