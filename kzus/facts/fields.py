"""The scalars of a fact file: what each kind of text must look like, checked against the file's own ids and day.

YAML's own idea of a scalar plays no part: everything comes as text, and the field decides what it means.
"""

from __future__ import annotations

import re
from typing import Annotated, Any
from unicodedata import normalize

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
)
from pydantic_core import core_schema

from kzus.facts.vocabulary import LINT, SINGULAR
from kzus.values import amounts as values
from kzus.values import codes, dates

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
DAC_CODE = "[0-9]{3}([0-9]{2})?"
VERSION = r"[0-9]{4}\.[0-9]{2}\.[0-9]{2}"
_MONEY = re.compile(
    rf"[$€£¥₸₽]|\b(?:{'|'.join(sorted(codes.names('currency')))})\b"
    # A number behind the word makes it another thing: Euro 5 is a standard of engines.
    r"|\b(?i:dollars?|euros?|tenge|roubles?|rubles?|yen|yuan|renminbi|pounds? sterling|swiss francs?)\b(?![ -]?[0-9])"
)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.ASCII | re.IGNORECASE).fullmatch
is_slug = re.compile(SLUG, re.ASCII).fullmatch


class NotListedError(ValueError):
    """Raised when a word is none of those that may stand there; its arguments are those of `errors.unknown`."""

    def __str__(self) -> str:
        kind, name, _ = self.args
        return f"unknown {kind} '{name}'"


def _check_text(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; leave the key out")
    if text != text.strip():
        raise ValueError("begins or ends with a space; take it out")
    return text


def _check_slug(text: str) -> str:
    if not is_slug(text):
        raise ValueError(f"'{text}' is not an id; {_id_advice(text)}")
    return text


def _id_advice(text: str) -> str:
    # NFKD parts letters from their accents, so that é leaves an e.
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    spelled = "-".join(re.findall("[a-z0-9]+", plain))
    return f"write '{spelled}'" if spelled else "write lower-case Latin letters, digits and single hyphens"


def _refers_to(collection: str) -> AfterValidator:
    """Check that an id stands in a collection; the validation context holds the ids of each."""

    def check(name: str, info: ValidationInfo[dict[str, Any]]) -> str:
        return _known(collection, name, info)

    return AfterValidator(check)


def _known(collection: str, name: str, info: ValidationInfo[dict[str, Any]]) -> str:
    known = info.context["ids"][collection]
    if name not in known:
        raise NotListedError(SINGULAR[collection], name, known)
    return name


class _OrBare:
    """Lets a list of ids be written as one bare id."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(_as_list, handler(source))

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> Any:
        listed = handler(schema)
        return {"anyOf": [listed["items"], listed]}


def _as_list(given: Any) -> Any:
    # No id has a comma, so a list without its brackets is meant.
    if isinstance(given, str) and "," in given:
        raise ValueError(f"'{given}' is not a list; write [{given}]")
    return given if isinstance(given, list) else [given]


class _OrDealId:
    """Lets a relation be written as the id of the other deal alone."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        # No union: of one pydantic tells what is wrong with every branch.
        return core_schema.with_info_wrap_validator_function(_deal_or_relation, handler(source))

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> Any:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


def _deal_or_relation(given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo[dict[str, Any]]) -> Any:
    return _known("deals", given, info) if isinstance(given, str) else handler(given)


def _deals_once(relations: list[Any]) -> list[Any]:
    _unique([relation if isinstance(relation, str) else relation["deal"] for relation in relations])
    return relations


def _unique(items: list[Any]) -> list[Any]:
    seen = set()
    for item in items:
        key = item if isinstance(item, str) else repr(item)  # which may hold lists, and those have no hash
        if key in seen:
            raise ValueError(f"holds '{item}' twice" if isinstance(item, str) else "holds the same item twice")
        seen.add(key)
    return items


def _not_in_future(date: str, info: ValidationInfo[dict[str, Any]]) -> str:
    as_of = info.context["as_of"]
    # Where as_of is missing, that alone is told.
    if as_of and dates.is_after(date, as_of):
        raise ValueError(f"'{date}' lies after the file's as_of, {as_of}; mend it, or write a later `as_of`")
    return date


def _version(text: str) -> str:
    day = text.replace(".", "-")
    if not re.fullmatch(VERSION, text, re.ASCII):
        raise ValueError(f"'{text}' is not a version; write the day of curation, as in 2026.11.25")
    dates.parse_date(day)
    return text


def _side(name: str, info: ValidationInfo[dict[str, Any]]) -> str:
    sides = info.context["sides"]
    if name not in sides:
        raise NotListedError("side", name, sides)
    return name


def _no_money(unit: str) -> str:
    if _MONEY.search(unit):
        raise ValueError(f"'{unit}' is money; move it to `values`, with `counts: false` if it isn't the whole deal's")
    return unit


def _flag(text: Any) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f"'{text}' is neither true nor false; write one of them")
    return bool(text == "true")


def _check_dollars(text: str) -> str:
    if values.parse_value(text).currency != "USD":
        raise ValueError(f"'{text}' is not in USD; this key holds the value in U.S. dollars")
    return text


def _in_code_list(kind: str) -> AfterValidator:
    """Check that a code stands in the list of its standard."""

    def check(code: str) -> str:
        if code not in codes.names(kind):
            raise ValueError(codes.refuse(kind, code))
        return code

    return AfterValidator(check)


def _dac_code(code: str) -> str:
    if not re.fullmatch(DAC_CODE, code, re.ASCII):
        raise ValueError(
            f"'{code}' is not a code of OECD DAC; write the 3 digits of a sector or 5 of a purpose, as in 210"
        )
    return code


def _lint_rule(name: str) -> str:
    if name not in LINT:
        raise NotListedError("rule", name, LINT)
    return name


def _web_address(text: str) -> str:
    scheme, _, rest = text.partition("://")
    host = rest.partition("/")[0]
    # A host without a dot inside can't be looked up by others: localhost, a name cut short.
    if scheme not in ("http", "https") or "." not in host[1:-1] or text.split() != [text]:
        advice = f"write https://{text}" if _HOST(text) else "write one that begins with https:// or http://"
        raise ValueError(f"'{text}' is not a web address; {advice}")
    return text


def _only_format(text: Any) -> int:
    if text != "2":
        raise ValueError(f"'{text}' is not a format that this kzus reads; write 2")
    return 2


def _checks(check: Any) -> AfterValidator:
    """Run a parser for its complaints and keep the text as it was written."""

    def keep(text: str) -> str:
        check(text)
        return text

    return AfterValidator(keep)


# An editor's own YAML reader types scalars; the schema for editors allows what people write bare.
_BARE = {"type": ["string", "integer", "number"]}

Unique = AfterValidator(_unique)
OrBare = _OrBare()

Text = Annotated[str, AfterValidator(_check_text), Field(json_schema_extra={"minLength": 1})]
Slug = Annotated[str, AfterValidator(_check_slug), Field(json_schema_extra={"pattern": f"^{SLUG}$"})]
Date = Annotated[
    str,
    AfterValidator(dates.parse_date),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{dates.PATTERN}$"}),
]
PastDate = Annotated[Date, AfterValidator(_not_in_future)]
Period = Annotated[str, AfterValidator(dates.parse_period), WithJsonSchema(_BARE)]
Days = Annotated[str, AfterValidator(dates.parse_days), AfterValidator(_not_in_future), WithJsonSchema(_BARE)]
Version = Annotated[str, AfterValidator(_version), Field(json_schema_extra={"pattern": f"^{VERSION}$"})]
Money = Annotated[str, _checks(values.parse_listed_value)]
Count = Annotated[str, _checks(values.parse_count), WithJsonSchema(_BARE)]
ReadingText = Annotated[str, _checks(values.parse_reading), WithJsonSchema(_BARE)]
SectorId = Annotated[str, _refers_to("sectors")]
SourceId = Annotated[str, _refers_to("sources")]
PartyId = Annotated[str, _refers_to("parties")]
DealId = Annotated[str, _refers_to("deals")]
Url = Annotated[str, AfterValidator(_web_address), Field(json_schema_extra={"format": "uri"})]
OrDealId = _OrDealId()
DealsOnce = AfterValidator(_deals_once)
SourceIds = Annotated[list[SourceId], Field(min_length=1), Unique, OrBare]
PartyIds = Annotated[list[PartyId], Field(min_length=1), Unique, OrBare]
DealIds = Annotated[list[DealId], Field(min_length=1), Unique, OrBare]
Tags = Annotated[list[Slug], Unique, OrBare, Field(min_length=1, description="Finer topics than the sector.")]
Aliases = Annotated[list[Text], Unique, Field(min_length=1, description="Other names that people type.")]
Note = Annotated[Text, Field(description="Doubts, conflicts and reasons, in the curator's words.")]
Via = Annotated[Text, Field(description="Whom the source itself names for this.")]
Cited = Annotated[SourceIds, Field(description="The sources that report it.")]
CountryCode = Annotated[str, _in_code_list("country"), Field(json_schema_extra={"pattern": "^[A-Z]{2}$"})]
Country = Annotated[CountryCode, Field(description="ISO 3166-1 alpha-2 code of its home.")]
Countries = Annotated[list[CountryCode], Field(min_length=1), Unique, OrBare]
Side = Annotated[str, AfterValidator(_side)]
Unit = Annotated[Text, AfterValidator(_no_money)]
Dollars = Annotated[
    Money, AfterValidator(_check_dollars), Field(description="The source's own figure in U.S. dollars.")
]
Flag = Annotated[bool, BeforeValidator(_flag)]
Format = Annotated[int, BeforeValidator(_only_format), WithJsonSchema({"const": 2})]
DacCode = Annotated[
    str,
    AfterValidator(_dac_code),
    Field(description="OECD DAC sector or purpose code."),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{DAC_CODE}$", "minimum": 100, "maximum": 99999}),
]
Language = Annotated[
    str,
    _in_code_list("language"),
    Field(description="ISO 639-1 code of its language.", json_schema_extra={"pattern": "^[a-z]{2}$"}),
]
Rule = Annotated[str, AfterValidator(_lint_rule), Field(json_schema_extra={"enum": list(LINT)})]
Accept = Annotated[
    dict[Rule, Text],
    Field(min_length=1, description="Warnings of `kzus check` that are right to stand here, each with the reason."),
]
Topic = Annotated[SectorId, Field(description="The id of its sector.")]
