"""Citations: where a fact can be looked up, written as text, as BibTeX and as CSL-JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kzus import __version__
from kzus.facts import mentions
from kzus.index.kept import parse_body
from kzus.query import record as records
from kzus.values.text import visible

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping


class Citation(NamedTuple):
    """A page, document or data set to cite; `kind` is that of a source, `published` an ISO prefix."""

    id: str
    title: str
    publisher: str
    kind: str
    published: str | None = None
    url: str | None = None
    language: str | None = None
    version: str | None = None


LANGUAGES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese",
    "kk": "Kazakh", "ky": "Kyrgyz", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sl": "Slovenian", "tr": "Turkish", "uk": "Ukrainian", "uz": "Uzbek", "zh": "Chinese",
}  # fmt: skip
"""What the languages of sources are called; another one keeps its ISO 639-1 code."""
_CSL_TYPES = {"news": "article-newspaper", "dataset": "dataset", "filing": "report", "academic": "article"}
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    **{sign: "\\" + sign for sign in "$&#%_"},
}  # fmt: skip
"""A brace is named: BibTeX counts braces and doesn't see a backslash before one."""


def cited(index: sqlite3.Connection, names: Iterable[str]) -> list[Citation]:
    """Return the sources of entries of any kind, each once; raises `UnknownIdError`.

    A source is cited itself. A party or sector has no source of its own, so it has those of all that mentions it.
    """
    found: dict[str, Citation] = {}
    for name in names:
        found |= {source["id"]: _citation(source) for source in _sources(index, records.find(index, name))}
    return list(found.values())


def own(index: sqlite3.Connection) -> Citation:
    """Return the citation of kzus with the facts that it answers from."""
    facts = dict(index.execute("SELECT key, value FROM meta"))
    return Citation("kzus", facts["title"], "kzus", "dataset", facts["as_of"], version=__version__)


def text(citation: Citation) -> str:
    """Write a citation as one line: publisher, title, date, address, and the language unless it is English."""
    language = citation.language or "en"
    parts = (
        f"{citation.publisher} {citation.version or ''}".rstrip(),
        f"“{citation.title}”",
        citation.published or "n.d.",
        citation.url,
        f"in {LANGUAGES.get(language, language)}" if language != "en" else None,
    )
    return visible(", ".join(part for part in parts if part))


def bibtex(citation: Citation) -> str:
    """Write a citation as an entry for biblatex; dates keep the precision that they have."""
    language = citation.language or "en"
    fields = {
        "organization": _protected(citation.publisher),
        "title": _protected(citation.title),
        "version": citation.version,
        "date": citation.published,
        "url": _bare(citation.url),
        "language": LANGUAGES.get(language, language).lower() if language != "en" else None,
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
        "container-title" if citation.kind == "news" else "publisher": citation.publisher,
        "version": citation.version,
        "issued": {"date-parts": [[int(part) for part in citation.published.split("-")]]} if citation.published else {},
        "URL": citation.url,
        "language": citation.language,
    }
    return {name: value for name, value in fields.items() if value}


STYLES: Mapping[str, Callable[[Citation], Any]] = {"text": text, "bibtex": bibtex, "csl-json": csl}


def address(index: sqlite3.Connection, name: str) -> str | None:
    """Return where the first source of an entry that is on the web can be read; raises `UnknownIdError`."""
    return next((citation.url for citation in cited(index, [name]) if citation.url), None)


def _sources(index: sqlite3.Connection, record: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    if record["type"] == "source":
        return [record]
    return record.get("cited") or _sources_around(index, record["id"])


def _sources_around(index: sqlite3.Connection, name: str) -> list[Mapping[str, Any]]:
    rows = index.execute(
        "SELECT body FROM entries WHERE id IN (SELECT entry FROM mentions WHERE target = ?)", (name,)
    ).fetchall()
    around = dict.fromkeys(source for (text,) in rows for source in mentions.cited(parse_body(text)))
    return list(records.sources(index, list(around)))


def _citation(source: Mapping[str, Any]) -> Citation:
    return Citation(**{field: source[field] for field in Citation._fields if field in source})


def _protected(name: str) -> str:
    """Escape a text for TeX, in braces that keep its capitals and its `and` from being understood."""
    return f"{{{''.join(_TEX.get(sign, sign) for sign in visible(name))}}}"


def _bare(url: str | None) -> str | None:
    """Leave an address as it is, as biblatex takes it, but for what would end the field or a terminal would obey."""
    if url is None:
        return None
    from urllib.parse import quote

    return "".join(quote(sign) if sign in "{}\\" or not sign.isprintable() else sign for sign in url)
