"""What a person sees of each list: which columns, and words and short names in place of what a program reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kzus.query.listing import Column, has_words
from kzus.query.lists.entries import KIND
from kzus.query.uncounted import IS_UNCOUNTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Screen(NamedTuple):
    """How a terminal draws a list: a column for each name of `wide`, on a narrow one two at most in each of `narrow`.

    `columns` are those that only a person sees; one replaces the column of the list that has its name. `spare` are
    for the widest, in front of the id, as long as most cells of the others stay whole.
    """

    wide: tuple[str, ...]
    narrow: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...] = ()
    spare: tuple[str, ...] = ()

    @property
    def document(self) -> Screen:
        """What a document shows: all that the widest terminal has but the id, and the sources.

        A title has no marks there, since it may have such signs of its own.
        """
        columns = tuple(column for column in self.columns if column.kind != "marked")
        return Screen((*self.wide, *self.spare, "sources"), (), columns)

    def needed_columns(self, known: Sequence[Column]) -> tuple[Column, ...]:
        """Return the columns to read: those that are drawn, the id, and the address that a title links to."""
        by_name = {column.name: column for column in (*known, *self.columns)}
        drawn = (*self.wide, *(name for stack in self.narrow for name in stack), *self.spare)
        return tuple(by_name[name] for name in dict.fromkeys((*drawn, "id", "url")) if name in by_name)


STAGE_WORDS = {"implementation": "under way", "completion": "done"}
"""What a screen calls a stage, where that isn't the word of the file."""
FLOW_WORDS = {
    "trade": "trade", "investment": "invested", "financing": "lent", "grant": "given", "unclear": "unclear",
    "cooperation": "",  # no kind of money
}  # fmt: skip
"""What a screen calls a flow."""
_PLAIN_WORDS = ("It", "Its", "The", "This", "These", "A", "An", "They", "Their", "Both", "In", "On", "At", "By")
"""Words with which a text begins that is no name, so that it may go on behind a colon."""
_LONGEST_SUBJECT = 24
"""The most characters of a title in front of what is told of it, so that this has room on a line."""
_SHORT_NAMES = (
    "(SELECT group_concat(called, ', ') FROM (SELECT coalesce(short, name) AS called"
    # SQLite splits no text: written as a JSON array, ids become rows, whose keys keep their order.
    " FROM json_each('[\"' || replace({}, ',', '\",\"') || '\"]') AS each JOIN parties ON parties.id = each.value"
    " ORDER BY each.key))"
)
"""The short names of parties, from their ids with commas between."""


def _cases(column: str, words: Mapping[str, str], otherwise: str) -> str:
    """Return the SQL that puts words in place of the values of a column."""
    cases = " ".join(f"WHEN '{value}' THEN '{word}'" for value, word in words.items())
    return f"CASE {column} {cases} ELSE {otherwise} END"


_STAGE_IN_WORDS = _cases("stage", STAGE_WORDS, "stage")
STAGE_WORD = Column("stage", "stage", f"iif(standing = 'dormant', standing, {_STAGE_IN_WORDS})")
OLD = "†"
_MARKED_STAGE = Column(
    "stage",
    "stage",
    f"{STAGE_WORD.sql} || iif(standing = 'firm' AND is_old AND stage <> 'completion', '{OLD}', '')",
)
"""What is firm has a mark if it is without news for as long as makes a pledge dormant."""
_PAST_STAGE = Column("stage", "stage", f"coalesce({_STAGE_IN_WORDS}, '')")
"""The stage of a deal at some time; whether it was dormant then isn't known. Other entries have none."""
_IN_FORCE = Column("in_force", "date", "iif(status = 'signed', coalesce(in_force, ''), in_force)")
"""A treaty that is only signed isn't in force, and so has no day of that."""
_AS_OF_YEAR = "substr((SELECT value FROM meta WHERE key = 'as_of'), 1, 4)"
_STATUS_AND_YEAR = Column(
    "status",
    sql="status || iif(status = 'in force'"
    f" AND substr(status_as_of, 1, 4) + 3 < {_AS_OF_YEAR} + 0, ' in ' || substr(status_as_of, 1, 4), '')",
)
"""That a treaty is in force has the year of its last news, unless that is one of the last three."""
_SIGNED_VALUE = Column("value", "signed")
MARKED_VALUE = Column(
    "value",
    "signed",
    f"iif({IS_UNCOUNTED}, '(…)', value || iif(measure = 'list price', '*', ''))",
)
"""A list price, and a deal that has figures of which none counts, have a mark each."""
FLOW_WORD = Column(
    "flow", sql=f"iif(flow = 'trade' AND direction IS NOT NULL, 'bought', {_cases('flow', FLOW_WORDS, 'NULL')})"
)
"""Trade without a direction isn't `bought`: others take part, or who pays whom isn't told."""
_PAYER, _PAYEE = (f"coalesce({_SHORT_NAMES.format(party)}, '–')" for party in ("payer", "payee"))
WHO_PAYS_WHOM = Column(
    "who pays whom",
    "payment",
    f"iif(payer IS NULL AND payee IS NULL, {_SHORT_NAMES.format('parties')}, {_PAYER} || ' → ' || {_PAYEE})",
)
"""Only the parties where nobody is told to pay."""
_SUBJECT = "(SELECT title FROM deals WHERE deals.id = timeline.id)"
_SUBJECT_START = f"substr({_SUBJECT}, 1, {_LONGEST_SUBJECT})"
_SUBJECT_WORDS = f"rtrim(rtrim({_SUBJECT_START}, replace({_SUBJECT_START}, ' ', '')), ' ,:;(–-')"
"""The words of a title that end within its start."""
_SHORT_SUBJECT = (
    f"iif(length({_SUBJECT}) <= {_LONGEST_SUBJECT}, {_SUBJECT},"
    f" coalesce(nullif({_SUBJECT_WORDS}, ''), {_SUBJECT_START}) || '…')"
)
# The first word with its space, looked for between spaces, so that no part of another word is found.
_IS_PLAIN = f"instr(' {' '.join(_PLAIN_WORDS)} ', ' ' || substr(text, 1, instr(text, ' ')))"
_IS_UPDATE = "kind = 'deal update'"
_TOLD_WITH_SUBJECT = Column(
    "text",
    sql=f"iif({_IS_UPDATE}, {_SHORT_SUBJECT} || ': '"
    f" || iif({_IS_PLAIN}, lower(substr(text, 1, 1)) || substr(text, 2), text), text)",
)
"""What happened; of an update the deal first, without which nobody knows what it is about."""
_TITLE_OF_HAPPENING = Column("title", sql=f"iif({_IS_UPDATE}, {_SUBJECT}, text)")
_STAGE_AND_TEXT = Column(
    "stage, text",
    sql=f"{_PAST_STAGE.sql} || iif({_IS_UPDATE}, iif({_PAST_STAGE.sql} = '', '', ' · ') || text, '')",
)
"""What stands below the title where that has a line of its own."""

_OF_DEAL = "(SELECT {} FROM deals WHERE deals.id = search.id)"
_STATUS = "(SELECT status FROM treaties WHERE treaties.id = search.id)"
_KIND_AND_STAGE = Column(
    "kind",
    sql=f"{KIND} || coalesce(', ' || iif(kind = 'deals', {_OF_DEAL.format(STAGE_WORD.sql)}, {_STATUS}), '')",
)
"""No value is told without the stage of its deal, and no treaty without what has become of it."""
# The title is the first column of the full text.
_MARKED_TITLE = Column("title", "marked", "highlight(search, 0, '‹', '›')")
_FOUND_DATE = Column(
    "date",
    "date",
    "(SELECT substr(date, 1, instr(date || '/', '/') - 1) FROM (SELECT coalesce(body ->> 'date', body ->> 'signed',"
    " body ->> 'published', '') AS date FROM entries WHERE position = search.rowid))",
)
"""The first day of what lasts several."""
_FOUND_VALUE = Column(
    "value",
    "signed",
    f"iif(kind = 'deals', {_OF_DEAL.format(MARKED_VALUE.sql)}, '')",
)
_FOUND_ELSEWHERE = Column("match", "match", f"iif({has_words('title')}, '', snippet(search, -1, '‹', '›', '…', 12))")
"""Nothing where the title has the words already."""

DIFFERS = "≠"
"""The mark of a reading that another source or side contradicts."""
# Readings of one period, or of a day within a month that is told, more than 5 percent apart as they are worded.
_IS_DIFFERENT = """EXISTS (
    SELECT 1 FROM observations AS own JOIN observations AS other USING (indicator)
    WHERE own.indicator = indicators.id AND own.period = indicators.period AND own.value = indicators.value
    AND (other.period = own.period OR other.period LIKE own.period || '-%' AND length(own.period) = length('2025-11'))
    AND (
        CAST(other.low AS REAL) > 1.05 * CAST(own.high AS REAL)
        AND own.value NOT LIKE 'more than %' AND own.value NOT LIKE 'at least %'
        OR CAST(own.low AS REAL) > 1.05 * CAST(other.high AS REAL)
        AND other.value NOT LIKE 'more than %' AND other.value NOT LIKE 'at least %'
    )
)"""
_MARKED_READING = Column("value", "value", f"value || iif({_IS_DIFFERENT}, ' {DIFFERS}', '')")

SCREENS = {
    "deals": Screen(
        ("date", "stage", "title", "value", "flow", "who pays whom"),
        (("date", "stage"), ("title", "who pays whom"), ("value", "flow")),
        (_MARKED_STAGE, MARKED_VALUE, FLOW_WORD, WHO_PAYS_WHOM),
    ),
    "packages": Screen(
        ("date", "title", "value", "by", "count", "members"),
        (("date", "place"), ("title", "by"), ("value", "count"), ("members",)),
        (_SIGNED_VALUE,),
    ),
    "timeline": Screen(
        ("date", "kind", "text", "stage"),
        (("date", "kind"), ("title", "stage, text")),
        (_PAST_STAGE, _TOLD_WITH_SUBJECT, _TITLE_OF_HAPPENING, _STAGE_AND_TEXT),
    ),
    "events": Screen(
        ("date", "kind", "title", "place"),
        (("date", "kind"), ("title", "place")),
    ),
    "indicators": Screen(
        ("title", "period", "value", "unit"),
        (("title", "basis"), ("period",), ("value", "unit")),
        (_MARKED_READING,),
        spare=("basis",),
    ),
    "parties": Screen(
        ("name", "country", "kind", "deals", "aliases"),
        (("name", "aliases"), ("country",), ("kind",), ("deals",)),
    ),
    "sectors": Screen(
        ("label", "dac", "deals", "aliases"),
        (("label", "aliases"), ("dac",), ("deals",)),
    ),
    "sources": Screen(
        ("published", "title", "publisher", "kind"),
        (("published", "kind"), ("title", "publisher")),
    ),
    "statements": Screen(
        ("date", "text", "by"),
        (("date",), ("text", "by")),
    ),
    "treaties": Screen(
        ("signed", "title", "status", "in_force"),
        (("signed", "in_force"), ("title", "citation"), ("status",)),
        (_IN_FORCE, _STATUS_AND_YEAR),
        spare=("sector", "citation"),
    ),
    "search": Screen(
        ("kind", "date", "title", "value", "match"),
        (("kind", "date"), ("title", "match"), ("value",)),
        (_KIND_AND_STAGE, _MARKED_TITLE, _FOUND_DATE, _FOUND_VALUE, _FOUND_ELSEWHERE),
    ),
}
"""The screen of each list, by its name."""
