"""The scalars of a fact file: what each kind of text must look like, checked against the file's own ids and day.

YAML's own idea of a scalar plays no part: everything comes as text, and the field decides what it means.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

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

from kzus.facts.vocabulary import COUNTRIES, LINT, SINGULAR
from kzus.values import amounts as values
from kzus.values import dates

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
VERSION = r"[0-9]{4}\.[0-9]{2}\.[0-9]{2}"
_DAY = len("2025-11-04")
_MONEY = re.compile(
    rf"[$€£¥₸₽]|\b(?:{'|'.join(sorted(values.CURRENCIES))})\b"
    r"|\b(?i:dollars?|euros?|tenge|roubles?|rubles?|yen|yuan|renminbi|pounds? sterling|swiss francs?)\b(?![ -]?[0-9])"
)
_IS_SLUG = re.compile(SLUG, re.ASCII).fullmatch


class NotListedError(ValueError):
    """Raised when a word is none of those that may stand there; its arguments are those of `errors.unknown`."""

    def __str__(self) -> str:
        kind, name, _ = self.args
        return f"unknown {kind} '{name}'"


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; leave the key out")
    if text != text.strip():
        raise ValueError("has space at an end")
    return text


def _slug(text: str) -> str:
    if not _IS_SLUG(text):
        raise ValueError(f"'{text}' is not an id; write lower-case letters, digits and single hyphens")
    return text


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
    return given if isinstance(given, list) else [given]


class _OrDealId:
    """Lets a relation be written as the id of the other deal alone."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
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
        key = item if isinstance(item, str) else tuple(item.items())
        if key in seen:
            raise ValueError("holds the same item twice" if isinstance(key, tuple) else f"holds '{item}' twice")
        seen.add(key)
    return items


def _not_in_future(date: str, info: ValidationInfo[dict[str, Any]]) -> str:
    as_of = info.context["as_of"]
    if as_of and dates.is_after(date, as_of):
        raise ValueError(f"'{date}' lies after the file's as_of, {as_of}")
    return date


def _period(text: str) -> str:
    start, slash, end = text.partition("/")
    dates.parse_date(start)
    if slash and dates.is_after(start, dates.parse_date(end)):
        raise ValueError(f"'{text}' ends before it begins")
    return text


def _days(text: str) -> str:
    start, slash, end = text.partition("/")
    if not slash:
        return dates.parse_date(start)
    if len(start) != _DAY or len(end) != _DAY:
        raise ValueError(f"'{text}' is no range of days; write both whole, as in 2025-11-04/2025-11-07")
    return _period(text)


def _version(text: str) -> str:
    day = text.replace(".", "-")
    if not re.fullmatch(VERSION, text, re.ASCII):
        raise ValueError(f"'{text}' is not a version; write the day of curation as in 2026.11.25")
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
        raise ValueError(f"'{text}' is neither true nor false")
    return bool(text == "true")


def _dollars(text: str) -> str:
    if values.parse_value(text).currency != "USD":
        raise ValueError(f"'{text}' is not in USD; this key holds the value in U.S. dollars")
    return text


def _country(text: str) -> str:
    if text not in COUNTRIES:
        raise NotListedError("ISO 3166-1 country code", text, COUNTRIES)
    return text


def _lint_rule(name: str) -> str:
    if name not in LINT:
        raise NotListedError("rule", name, LINT)
    return name


def _web_address(text: str) -> str:
    scheme, _, rest = text.partition("://")
    host = rest.partition("/")[0]
    if scheme not in ("http", "https") or "." not in host[1:-1] or text.split() != [text]:
        raise ValueError(f"'{text}' is not a web address; write one that begins with https:// or http://")
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

Text = Annotated[str, AfterValidator(_text), Field(json_schema_extra={"minLength": 1})]
Slug = Annotated[str, AfterValidator(_slug), Field(json_schema_extra={"pattern": f"^{SLUG}$"})]
Date = Annotated[
    str,
    AfterValidator(dates.parse_date),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{dates.PATTERN}$"}),
]
PastDate = Annotated[Date, AfterValidator(_not_in_future)]
Period = Annotated[str, AfterValidator(_period), WithJsonSchema(_BARE)]
Days = Annotated[str, AfterValidator(_days), AfterValidator(_not_in_future), WithJsonSchema(_BARE)]
Version = Annotated[str, AfterValidator(_version), Field(json_schema_extra={"pattern": f"^{VERSION}$"})]
Money = Annotated[str, _checks(values.parse_value)]
Count = Annotated[str, _checks(values.parse_count), WithJsonSchema(_BARE)]
Reading = Annotated[str, _checks(values.parse_reading), WithJsonSchema(_BARE)]
SectorId = Annotated[str, _refers_to("sectors")]
SourceId = Annotated[str, _refers_to("sources")]
PartyId = Annotated[str, _refers_to("parties")]
DealId = Annotated[str, _refers_to("deals")]
Url = Annotated[str, AfterValidator(_web_address), Field(json_schema_extra={"format": "uri"})]
OrDealId = _OrDealId()
DealsOnce = AfterValidator(_deals_once)
SourceIds = Annotated[list[SourceId], Field(min_length=1), Unique, OrBare]
PartyIds = Annotated[list[PartyId], Field(min_length=1), Unique, OrBare]
Tags = Annotated[list[Slug], Unique, OrBare, Field(description="Finer topics than the sector.")]
Aliases = Annotated[list[Text], Unique, Field(description="Other names that people type.")]
Note = Annotated[Text, Field(description="Doubts, conflicts and reasons, in the curator's words.")]
Via = Annotated[Text, Field(description="Whom the source itself names for this.")]
Cited = Annotated[SourceIds, Field(description="The sources that report it.")]
CountryCode = Annotated[str, AfterValidator(_country)]
Country = Annotated[CountryCode, Field(description="ISO 3166-1 alpha-2 code of its home.")]
Countries = Annotated[list[CountryCode], Field(min_length=1), Unique, OrBare]
Side = Annotated[str, AfterValidator(_side)]
Unit = Annotated[Text, AfterValidator(_no_money)]
Dollars = Annotated[Money, AfterValidator(_dollars), Field(description="The source's own figure in U.S. dollars.")]
Flag = Annotated[bool, BeforeValidator(_flag)]
Format = Annotated[int, BeforeValidator(_only_format), WithJsonSchema({"const": 2})]
DacCode = Annotated[
    str,
    Field(pattern="^[0-9]{3}([0-9]{2})?$", description="OECD DAC sector or purpose code."),
    WithJsonSchema({"type": ["string", "integer"]}),
]
Language = Annotated[str, Field(pattern="^[a-z]{2}$", description="ISO 639-1 code of its language.")]
Rule = Annotated[str, AfterValidator(_lint_rule), Field(json_schema_extra={"enum": list(LINT)})]
Accept = Annotated[
    dict[Rule, Text],
    Field(min_length=1, description="Warnings of `kzus check` that are right to stand here, each with the reason."),
]
Topic = Annotated[SectorId, Field(description="The id of its sector.")]
