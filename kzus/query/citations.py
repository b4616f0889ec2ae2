"""Citations: where a fact can be read, written as text, as BibTeX and as CSL-JSON."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kzus import __version__
from kzus.facts import entries
from kzus.facts.deals import stated_claim
from kzus.index.kept import parse_body
from kzus.query import record as records
from kzus.values import codes
from kzus.values.dates import last_day
from kzus.values.text import visible

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence


class Edition(NamedTuple):
    """Which facts a citation was taken from: their version, and the first digits of the digest of their file."""

    version: str | None
    digest: str

    def __str__(self) -> str:
        version = f"facts {self.version}" if self.version else "facts"
        return f"{version}, digest {self.digest}"


class Citation(NamedTuple):
    """A page, document or data set to cite; `kind` is that of a source, `published` and `retrieved` are ISO prefixes.

    `version` is its own; `note` says from which facts it was taken.
    """

    id: str
    title: str
    publisher: str
    kind: str
    published: str | None = None
    url: str | None = None
    language: str | None = None
    retrieved: str | None = None
    version: str | None = None
    note: str | None = None


_DIGEST_LENGTH = 12
"""Digits of the digest of a fact file that are enough to tell two of one version apart."""
_FIRST_KINDS = ("official", "company", "filing", "dataset")
"""Kinds of sources that speak for themselves, the best first; all others only if there are none of these."""
_OTHER_KINDS = ("news", "academic", "analysis")
_CSL_TYPES = {"news": "article-newspaper", "dataset": "dataset", "filing": "report", "academic": "article"}
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    **{sign: "\\" + sign for sign in "$&#%_"},
}  # fmt: skip
"""A brace is named: BibTeX counts braces and doesn't see a backslash before one."""


def edition(index: sqlite3.Connection) -> Edition:
    """Return which facts an index was built from; it must be that of the fact file, without a lens."""
    known = dict(index.execute("SELECT key, value FROM meta"))
    return Edition(known.get("version"), known["digest"][:_DIGEST_LENGTH])


def citations(index: sqlite3.Connection, name: str, facts: Edition) -> list[Citation]:
    """Return the sources of an entry of any kind, the best first; raises `UnknownIdError`.

    Official pages come first, then those of companies, filings, data sets and all others. Within these, the source
    of the stated value is first, then what has a date, news before academic work and analysis, what has an address,
    and the earliest that isn't older than the entry itself; without a date of its own, the newest. A source is cited
    itself. A party or sector has no source of its own, so it has those of all that mentions it.
    """
    record = records.find_record(index, name)
    stated = stated_claim(record.get("values", ()))
    sources = _by_day(_cited_sources(index, record), record.get("date") or record.get("signed"))
    # Sorting keeps the order by day among sources that are equally good.
    sources.sort(key=partial(_citation_order, stated=stated["source"] if stated else None))
    return [_citation(source)._replace(note=f"as in kzus, {facts}") for source in sources]


def of_sources(index: sqlite3.Connection, names: Sequence[str]) -> list[Citation]:
    """Return the sources of these ids in their order."""
    found = {source["id"]: _citation(source) for source in records.sources(index, names)}
    return [found[name] for name in names]


def own(index: sqlite3.Connection, facts: Edition) -> Citation:
    """Return the citation of kzus with the facts that it answers from."""
    known = dict(index.execute("SELECT key, value FROM meta"))
    note = f"kzus {__version__}, digest {facts.digest}"
    return Citation("kzus", known["title"], "kzus", "dataset", known["as_of"], version=facts.version, note=note)


def text(citation: Citation) -> str:
    """Write a citation as one line.

    Publisher, title, version, date, address, the language unless it is English, when it was read, and the note.
    """
    language = citation.language or "en"
    parts = (
        citation.publisher,
        f"“{citation.title}”",
        f"version {citation.version}" if citation.version else None,
        citation.published or "n.d.",
        citation.url,
        f"in {_language(language)}" if language != "en" else None,
        f"accessed {citation.retrieved}" if citation.retrieved else None,
        citation.note,
    )
    return visible(", ".join(part for part in parts if part))


def _language(code: str) -> str:
    return codes.names("language").get(code, code)


def bibtex(citation: Citation) -> str:
    """Write a citation as an entry for biblatex; dates keep the precision that they have."""
    language = citation.language or "en"
    fields = {
        "organization": _protected(citation.publisher),
        "title": _protected(citation.title),
        "version": citation.version,
        "date": citation.published,
        "url": _bare(citation.url),
        # It says when an address was visited, so nothing without one.
        "urldate": citation.retrieved if citation.url else None,
        "language": _language(language).lower() if language != "en" else None,
        "note": citation.note,
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{'online' if citation.url else 'misc'}{{{citation.id},\n{''.join(lines)}}}"


def csl(citation: Citation) -> dict[str, Any]:
    """Return a citation as an item of CSL-JSON."""
    usual = "webpage" if citation.url else "document"
    fields = {
        "id": citation.id,
        "type": _CSL_TYPES.get(citation.kind, usual),
        "title": citation.title,
        # CSL has the newspaper that an article is in as its container.
        "container-title" if citation.kind == "news" else "publisher": citation.publisher,
        "version": citation.version,
        "issued": _date_parts(citation.published),
        "accessed": _date_parts(citation.retrieved),
        "URL": citation.url,
        "language": citation.language,
        "note": citation.note,
    }
    return {name: value for name, value in fields.items() if value}


def _date_parts(date: str | None) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else {}


STYLES: Mapping[str, Callable[[Citation], Any]] = {"text": text, "bibtex": bibtex, "csl-json": csl}


def address(index: sqlite3.Connection, name: str) -> str | None:
    """Return where the best source of an entry that is on the web can be read; raises `UnknownIdError`."""
    # The edition is only told in a note, of which an address has none.
    return next((each.url for each in citations(index, name, Edition(None, "")) if each.url), None)


def _by_day(sources: Iterable[Mapping[str, Any]], happened: str | None) -> list[Mapping[str, Any]]:
    """Sort sources from the first that isn't older than what happened, or from the newest."""
    if happened is None:
        return sorted(sources, key=lambda source: str(source.get("published", "")), reverse=True)
    # An event of several days has happened from its first on.
    happened = happened.partition("/")[0]

    def day(source: Mapping[str, Any]) -> tuple[bool, str]:
        published = source.get("published", "")
        return (last_day(published) < happened if published else True, published)

    return sorted(sources, key=day)


def _citation_order(source: Mapping[str, Any], stated: str | None) -> tuple[int, bool, bool, int, bool]:
    """Return what a source is sorted by."""
    kind = source["kind"]
    return (
        _FIRST_KINDS.index(kind) if kind in _FIRST_KINDS else len(_FIRST_KINDS),
        source["id"] != stated,
        "published" not in source,
        _OTHER_KINDS.index(kind) if kind in _OTHER_KINDS else len(_OTHER_KINDS),
        "url" not in source,
    )


def _cited_sources(index: sqlite3.Connection, record: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    if record["type"] == "source":
        return [record]
    # A sector or party that names no source has those of what it stands in.
    return record.get("cited") or _sources_around(index, record["id"])


def _sources_around(index: sqlite3.Connection, name: str) -> list[Mapping[str, Any]]:
    rows = index.execute(
        "SELECT body FROM entries WHERE id IN (SELECT entry FROM mentions WHERE target = ?)", (name,)
    ).fetchall()
    around = dict.fromkeys(source for (text,) in rows for source in entries.cited(parse_body(text)))
    return list(records.sources(index, list(around)))


def _citation(source: Mapping[str, Any]) -> Citation:
    return Citation(**{field: source[field] for field in Citation._fields if field in source and field != "note"})


def _protected(name: str) -> str:
    """Escape a text for TeX, in braces that keep its capitals and its `and` from being understood."""
    return f"{{{''.join(_TEX.get(sign, sign) for sign in visible(name))}}}"


def _bare(url: str | None) -> str | None:
    """Leave an address as it is, as biblatex takes it, but for what would end the field or a terminal would obey."""
    if url is None:
        return None
    from urllib.parse import quote

    return "".join(quote(sign) if sign in "{}\\" or not sign.isprintable() else sign for sign in url)
