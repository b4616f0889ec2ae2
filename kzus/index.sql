-- The index: what `kzus sql` and `kzus export sqlite` show, so names are those of the fact file.
-- Lists of ids are joined by commas in the order of the file, the link tables hold them row by row;
-- lists of free text (aliases, people, cites) are JSON.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Every entry of every kind, whole: `position` is that in the file, `body` its JSON as there. The rest is what `search`
-- reads: `parties` and `sector` is what they are called, `words` all other text that people look for.
CREATE TABLE entries (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
    aliases TEXT NOT NULL, words TEXT NOT NULL, parties TEXT NOT NULL, sector TEXT NOT NULL
);

-- The full text of `entries`; what an entry is called weighs more than what it says.
CREATE VIRTUAL TABLE search USING fts5 (
    title, aliases, words, parties, sector, id, kind UNINDEXED,
    content = entries, content_rowid = position, tokenize = 'unicode61 remove_diacritics 2'
);
-- Merging as it goes is for an index that grows; this one is filled once.
INSERT INTO search (search, rank) VALUES ('automerge', 0), ('rank', 'bm25(10, 10, 1, 3, 0.5, 10)');

-- What a person may type for a sector or party: id, name and aliases, folded.
CREATE TABLE names (kind TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID;

-- Any mention of one entry in another: a deal's party, a package's member, an update's source.
CREATE TABLE mentions (
    entry TEXT NOT NULL, field TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (target, field, entry)
) WITHOUT ROWID;

CREATE TABLE sectors (id TEXT PRIMARY KEY, position INTEGER NOT NULL, label TEXT NOT NULL, dac TEXT, aliases TEXT, note TEXT);

-- `position` is that in the file.
CREATE TABLE sources (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL, publisher TEXT NOT NULL, kind TEXT NOT NULL,
    published TEXT, language TEXT, url TEXT, cites TEXT, note TEXT
);

CREATE TABLE parties (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, country TEXT, kind TEXT NOT NULL, aliases TEXT, note TEXT
);

CREATE TABLE deals (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, date TEXT NOT NULL, date_kind TEXT NOT NULL,
    sector TEXT NOT NULL, tags TEXT NOT NULL, instrument TEXT NOT NULL, stage TEXT NOT NULL, stage_as_of TEXT,
    parties TEXT NOT NULL, value TEXT, amount_usd INTEGER, low_usd INTEGER, high_usd INTEGER,
    counted_usd INTEGER NOT NULL, counted_low_usd INTEGER NOT NULL, counted_high_usd INTEGER NOT NULL,
    reason TEXT, sources TEXT NOT NULL, place TEXT, note TEXT
);
CREATE INDEX deals_by_sector ON deals (sector, date);

CREATE TABLE deal_parties (deal TEXT NOT NULL, party TEXT NOT NULL, PRIMARY KEY (party, deal)) WITHOUT ROWID;
CREATE TABLE deal_tags (deal TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (tag, deal)) WITHOUT ROWID;

-- part_of, finances, supersedes: `deal` does it to `other`.
CREATE TABLE relations (
    deal TEXT NOT NULL, relation TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (other, relation, deal)
) WITHOUT ROWID;

-- Every figure that a source gives for a deal or package, in file order; `value` as written.
CREATE TABLE claims (
    entry TEXT NOT NULL, position INTEGER NOT NULL, value TEXT NOT NULL, currency TEXT NOT NULL,
    low INTEGER NOT NULL, high INTEGER NOT NULL, usd TEXT, "of" TEXT, source TEXT NOT NULL,
    preferred INTEGER NOT NULL, via TEXT, note TEXT, PRIMARY KEY (entry, position)
) WITHOUT ROWID;

-- Every number of things; for a package, its counts.
CREATE TABLE quantities (
    entry TEXT NOT NULL, position INTEGER NOT NULL, count TEXT NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL,
    unit TEXT NOT NULL, source TEXT NOT NULL, via TEXT, note TEXT, PRIMARY KEY (entry, position)
) WITHOUT ROWID;

CREATE TABLE updates (
    deal TEXT NOT NULL, position INTEGER NOT NULL, date TEXT NOT NULL, text TEXT NOT NULL, stage TEXT,
    source TEXT NOT NULL, via TEXT, PRIMARY KEY (deal, position)
) WITHOUT ROWID;

CREATE TABLE packages (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, date TEXT, place TEXT, value TEXT, count TEXT,
    members INTEGER NOT NULL, sources TEXT NOT NULL, note TEXT
);
CREATE TABLE members (
    package TEXT NOT NULL, deal TEXT NOT NULL, source TEXT NOT NULL, note TEXT, PRIMARY KEY (package, deal, source)
) WITHOUT ROWID;

CREATE TABLE treaties (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL, signed TEXT, in_force TEXT, citation TEXT, status TEXT NOT NULL,
    status_as_of TEXT, sector TEXT, sources TEXT NOT NULL, note TEXT
);

-- A series, with its latest reading in file order of the latest period.
CREATE TABLE indicators (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, unit TEXT NOT NULL, sector TEXT, period TEXT NOT NULL,
    value TEXT NOT NULL, basis TEXT, observations INTEGER NOT NULL, sources TEXT NOT NULL, note TEXT
);
-- `low` and `high` are exact decimals, kept as text.
CREATE TABLE observations (
    indicator TEXT NOT NULL, position INTEGER NOT NULL, period TEXT NOT NULL, value TEXT NOT NULL,
    low TEXT NOT NULL, high TEXT NOT NULL, basis TEXT, source TEXT NOT NULL, via TEXT, note TEXT,
    PRIMARY KEY (indicator, position)
) WITHOUT ROWID;

CREATE TABLE events (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, date TEXT NOT NULL, title TEXT NOT NULL, place TEXT, people TEXT, parties TEXT,
    sector TEXT, text TEXT, sources TEXT NOT NULL, note TEXT
);

CREATE TABLE statements (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, date TEXT, "by" TEXT NOT NULL, text TEXT NOT NULL, sector TEXT,
    sources TEXT NOT NULL, via TEXT, note TEXT
);

-- What happened: deals (with the stage that they had then), their updates, events and treaties.
-- `position` is that among the happenings of one entry.
CREATE TABLE timeline (
    date TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, stage TEXT,
    sector TEXT, sources TEXT NOT NULL, PRIMARY KEY (date, id, position)
) WITHOUT ROWID;
