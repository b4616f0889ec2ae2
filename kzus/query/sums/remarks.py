"""Remarks beside a sum: on what it adds, and what it leaves out and why."""

# Annotations are evaluated here: Python compiles each that is text when it makes a NamedTuple, for every query.

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kzus.facts.vocabulary import DEAD_STAGES
from kzus.query.sums.added_deals import read_left_out
from kzus.query.sums.groupings import overlaps
from kzus.query.sums.kinds import IS_IN_TOTAL, first_side_invests, kinds_line, read_kinds
from kzus.query.sums.sum import whose
from kzus.query.uncounted import uncounted_figures
from kzus.values.amounts import parse_value, print_value
from kzus.values.numbers import print_amount
from kzus.values.text import as_sentence, many

if TYPE_CHECKING:
    from kzus.query.filters import Conditions
    from kzus.query.sums.added_deals import LeftOut
    from kzus.query.sums.sum import Group, Sum

_FEW = 6
_FEW_VALUES = 2
_FEW_FIGURES, _LINE = 5, 80
"""Figures that don't count are told where they are few and fit in a line of so many characters."""
_IS_DEAD = "rule IN ({})".format(", ".join(f"'{stage}'" for stage in sorted(DEAD_STAGES)))


def short_remarks(index: sqlite3.Connection, found: "Sum", *, is_of_source: bool = False) -> list[str]:
    """Return the lines under a sum: what is beside it, whose and what kind of money it is, and how much is unknown.

    Under what a source says there is one on its figures that don't count.
    """
    uncounted = uncounted_figures(index, found.conditions)
    apart = _uncounted_remark(uncounted) if is_of_source else []
    missing = found.total.deals - found.total.valued - len(uncounted)
    coverage = without_value(found.total.deals, missing, 0 if apart else len(uncounted))
    kinds = kinds_line(read_kinds(index, found), _LINE - 1)
    invested = [as_sentence(each) for each in first_side_invests(index, found)]
    said = [as_sentence(each) for each in (kinds, _old_stages(index, found), coverage) if each]
    if said:
        said[-1] += " More: --explain"
    return [*_in_no_total(index, found), *apart, *invested, *said, *overlaps(found.by)]


def without_value(deals: int, missing: int, uncounted: int) -> str:
    """Say how many deals publish no figure, and how many only figures that don't count: these aren't nothing."""
    have = "has" if (missing or uncounted) == 1 else "have"
    if missing:
        only = f", {uncounted} only figures that don't count" if uncounted else ""
        return f"{missing} of {deals} {have} no figure{only}"
    return f"{uncounted} of {deals} {have} only figures that don't count" if uncounted else ""


def _uncounted_remark(figures: "Mapping[str, str | None]") -> list[str]:
    """Say how many deals have only figures that don't count, with the figures where they have room in the line."""
    if not figures:
        return []
    said = f"{len(figures)} deal{'s have' if len(figures) > 1 else ' has'} figures, none that counts"
    every = f"{said}: {', '.join(_signed_figure(each) for each in figures.values() if each)}."
    # Deals whose figures are all deprecated have none to name.
    has_room = len(figures) <= _FEW_FIGURES and len(every) <= _LINE and any(figures.values())
    return [every if has_room else f"{said}."]


def _signed_figure(written: str) -> str:
    return print_value(parse_value(written), places=1)


def _in_no_total(index: sqlite3.Connection, found: "Sum") -> list[str]:
    """Say in as few lines as have room what is lent, what deals state in other currencies, and what dead ones state."""
    lent = lent_amounts(found.total.financing_firm_usd, found.total.financing_pledge_usd)
    other = other_currency(index, found.conditions)
    told = [f"lent {lent}"] if lent else []
    lines: list[str] = []
    for each in filter(None, (*told, other, _dead_deals(index, found.conditions))):
        longer = f"{lines[-1][:-1]}; {each}." if lines else ""
        if lines and len(longer) <= _LINE:
            lines[-1] = longer
        else:
            lines.append(f"In no total: {each}.")
    return lines if lines != [f"In no total: {other}."] else [as_sentence(f"{other}, not counted")]


def _dead_deals(index: sqlite3.Connection, found: "Conditions") -> str:
    """Say what deals state that lapsed or stopped: `4.6bn of 4 lapsed or suspended deals`."""
    rows = index.execute(
        f"SELECT rule, count(*), sum(left_usd) AS usd FROM deals{found.also(_IS_DEAD)} GROUP BY rule ORDER BY usd DESC",  # noqa: S608 - names of ours
        found.bound,
    ).fetchall()
    deals, usd = sum(row[1] for row in rows), sum(row[2] for row in rows)
    *others, last = (row[0] for row in rows) if rows else ("",)
    stages = f"{', '.join(others)} or {last}" if others else last
    return f"{_rounded_dollars(usd)} of {many(deals, f'{stages} deal')}" if rows else ""


def other_currency(index: sqlite3.Connection, found: "Conditions") -> str:
    """Say what deals state that give no dollars: `1 deal states 5m EUR`; of many only the currencies."""
    where = found.also("rule = 'stated in another currency'")
    values = [row[0] for row in index.execute(f"SELECT value FROM deals{where} ORDER BY date DESC", found.bound)]  # noqa: S608 - a clause of `conditions`
    if not values:
        return ""
    # The currency is the last word of a value.
    currencies = dict.fromkeys(value.rpartition(" ")[2] for value in values)
    is_short = len(values) <= _FEW_VALUES
    money = " and ".join(map(_signed_figure, values)) if is_short else f"money in {', '.join(currencies)}"
    return f"{len(values)} deal{'s state' if len(values) != 1 else ' states'} {money}"


def long_remarks(index: sqlite3.Connection, found: "Sum") -> list[str]:
    """Return every remark on a sum, a line each: what is lent, kinds of figures, old stages, what is left out."""
    kinds = [as_sentence(kind.describe()) for kind in read_kinds(index, found)]
    return [
        *_lent_remark(found.total),
        *map(as_sentence, first_side_invests(index, found)),
        *kinds,
        *_old_stage_remarks(index, found),
        *overlaps(found.by),
        *_left_out_remarks(read_left_out(index, found), uncounted_figures(index, found.conditions)),
    ]


def _lent_remark(total: "Group") -> list[str]:
    amounts = lent_amounts(total.financing_firm_usd, total.financing_pledge_usd)
    return [f"In no total: lent {amounts}."] if amounts else []


def lent_amounts(firm: int | None, pledged: int | None) -> str:
    """Say what is lent: `547m firm, 3.9bn pledged`; nothing of what is 0."""
    known = {word: usd for word, usd in (("firm", firm), ("pledged", pledged)) if usd != 0}
    return ", ".join(
        f"{word} without a value that counts" if usd is None else f"{print_amount(usd, places=1)} {word}"
        for word, usd in known.items()
    )


def _old_stages(index: sqlite3.Connection, found: "Sum") -> str:
    """Say in a line how much of what is firm is old: `no news in 36 months, not completed: 864.8m firm`."""
    words = {"firm": "firm", "lent, firm": "lent"}
    told = [f"{_rounded_dollars(usd)} {words[money]}" for money, usd in _read_old_stages(index, found)]
    return f"no news in 36 months, not completed: {', '.join(told)}" if told else ""


def _old_stage_remarks(index: sqlite3.Connection, found: "Sum") -> Iterator[str]:
    """Say how much of what is firm was last known more than 36 months ago."""
    old = "was last known more than 36 months before the day of the facts"
    for money, usd in _read_old_stages(index, found):
        yield f"Of what is {money} and not completed, {_rounded_dollars(usd)} {old}."


def _read_old_stages(index: sqlite3.Connection, found: "Sum") -> Iterator[tuple[str, int]]:
    """Yield how much firm money, and firm loans, was last known more than 36 months ago; what is completed stays so."""
    join, bound, given, _ = whose((), found.conditions)
    for money, flows in (("firm", IS_IN_TOTAL), ("lent, firm", "flow = 'financing'")):
        (usd,) = index.execute(
            f"SELECT sum(counted_usd * {given}) FROM deals{join}"  # noqa: S608 - names of ours
            + found.conditions.also(f"{flows} AND standing = 'firm' AND is_old AND stage <> 'completion'"),
            (*bound, *found.conditions.bound),
        ).fetchone()
        if usd:
            yield money, usd


def _left_out_remarks(left_out: "Sequence[LeftOut]", figures: "Mapping[str, str | None]") -> Iterator[str]:
    """Say for each rule of counting how many deals and dollars it leaves out, and which deals first.

    `figures` has a figure of each deal of which none counts.
    """
    by_rule: dict[str, list[LeftOut]] = {}
    for each in left_out:
        by_rule.setdefault(_rule_of(each.reason), []).append(each)
    dollars = {rule: sum(each.left_usd or 0 for each in left) for rule, left in by_rule.items()}
    for rule in sorted(by_rule, key=lambda rule: (-dollars[rule], rule)):
        yield _left_out_line(rule, by_rule[rule], dollars[rule], figures)


def _rule_of(reason: str) -> str:
    """Return what reasons that name a deal or a currency have in common."""
    named = {"finances": "finances another deal", "superseded": "superseded by another deal"}
    named["stated"] = "stated in another currency"
    return named.get(reason.partition(" ")[0], reason)


def _left_out_line(rule: str, left: "Sequence[LeftOut]", dollars: int, figures: "Mapping[str, str | None]") -> str:
    size = f"{len(left)}, {_rounded_dollars(dollars)}" if dollars else f"{len(left)}"
    more = f" and {len(left) - _FEW} more" if len(left) > _FEW else ""
    named = ", ".join(_left_out_deal(each, figures.get(each.id)) for each in left[:_FEW])
    return f"Left out, {rule} ({size}): {named}{more}."


def _left_out_deal(each: "LeftOut", figure: str | None) -> str:
    named = f" ({each.reason.rpartition(' ')[2]})" if _rule_of(each.reason) != each.reason else ""
    named = f" ({_signed_figure(figure)})" if figure else named
    return f"{each.id}{named}{f' {_rounded_dollars(each.left_usd)}' if each.left_usd else ''}"


def _rounded_dollars(usd: int | None) -> str:
    return print_amount(usd or 0, places=1)
