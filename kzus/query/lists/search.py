"""What a search finds: entries of every kind, the best match first."""

from __future__ import annotations

from kzus.facts.vocabulary import KINDS
from kzus.query.listing import Column, Listing

_KIND = "CASE kind " + " ".join(f"WHEN '{many}' THEN '{one}'" for one, many in KINDS.items()) + " END"

SEARCH = Listing(
    "search",
    (
        Column("id", "id", about="what `kzus show` takes"),
        Column("kind", "text", _KIND, about="deal, party, source …"),
        Column("title", about="its title, name or text"),
        Column("match", "match", "snippet(search, -1, '‹', '›', '…', 12)", about="where the words occur, ‹marked›"),
    ),
    {"text": "search MATCH ?", "kind": f"{_KIND} IN ({{}})"},
    # Whoever is called just so comes first, then whoever's name has it; sources, which say where to read on, last.
    "id IN (SELECT id FROM names WHERE name = ?) DESC,"
    " id IN (SELECT id FROM names WHERE instr(' ' || name, ' ' || ?)) DESC,"
    " kind = 'sources', rank * (1 + (kind = 'deals')), rowid",
    (("kind",), ("title", "id", "match")),
    "match",
    "matches",
)
