-- The index. What stands within a statement stays with its table: `kzus sql --schema` prints it, `kzus export sqlite`
-- carries it along, and `kzus export datapackage` takes its schemas from it. So names are those of the fact file, a
-- comment says what a column holds, and the words in front of TEXT and INTEGER say how it is written:
-- DATE: 2025, 2025-09 or 2025-09-22. IDS: ids joined by commas. LIST: a JSON array, of texts unless it says otherwise. JSON: a JSON object.
-- DECIMAL: an exact decimal. URL: a web address. URLS: some with '; ' between. FLAG: 1 or 0.

CREATE TABLE meta ( -- What this file holds: title, version, as_of and sides (JSON) of the facts, and the format of these tables.
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE entries ( -- Every entry of every kind, whole.
    position INTEGER PRIMARY KEY, -- Its place in the fact file, from 0.
    id TEXT NOT NULL UNIQUE, -- Unique over all kinds.
    kind TEXT NOT NULL, -- The collection that it stands in: deals, sources …
    title TEXT NOT NULL, -- What it is called, whatever the fact file calls that.
    body JSON TEXT NOT NULL, -- The entry as in the fact file.
    aliases TEXT NOT NULL, -- For the search: its other names.
    words TEXT NOT NULL, -- For the search: all its other text.
    parties TEXT NOT NULL -- For the search: what its parties are called.
);

-- What an entry is called weighs more than what it says. Datasette and sqlite-utils find `content` only as it is written.
CREATE VIRTUAL TABLE search USING fts5 ( -- The full text of entries: WHERE search MATCH 'wabtec' ORDER BY rank.
    title, aliases, words, parties, id, kind UNINDEXED,
    content="entries", content_rowid = position, tokenize = 'unicode61 remove_diacritics 2'
);
-- Merging as it goes is for an index that grows; this one is filled once.
INSERT INTO search (search, rank) VALUES ('automerge', 0), ('rank', 'bm25(10, 10, 1, 3, 10)');

CREATE TABLE spellings ( -- Words of the full text that people also type otherwise, such as Oʻzbekiston.
    folded TEXT NOT NULL, -- The word without case, accents and apostrophes.
    spelling TEXT NOT NULL, -- The word as it is written.
    PRIMARY KEY (folded, spelling)
) WITHOUT ROWID;

CREATE TABLE names ( -- What a person may type for a sector or party.
    kind TEXT NOT NULL, -- sectors or parties.
    name TEXT NOT NULL, -- Its id, its name or an alias, without case and hyphens.
    id TEXT NOT NULL REFERENCES entries (id),
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;

CREATE TABLE hidden_names ( -- What a person may type for what a lens hides; nothing in a whole file.
    kind TEXT NOT NULL, -- parties, packages, tags, countries or people.
    name TEXT NOT NULL, -- As in names; of a package its id, and a tag, a country or a person itself.
    id TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;

CREATE TABLE mentions ( -- Any mention of one entry in another: a deal's party, a package's member, a claim's source.
    entry TEXT NOT NULL REFERENCES entries (id), -- The entry that mentions.
    field TEXT NOT NULL, -- The key under which it does: parties, sector, source, part_of …
    target TEXT NOT NULL REFERENCES entries (id), -- The entry that is mentioned.
    PRIMARY KEY (target, field, entry)
) WITHOUT ROWID;

CREATE TABLE sectors ( -- Fields of the economy.
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL, -- Its place in the order of display, from 0.
    label TEXT NOT NULL, -- Its name.
    dac TEXT, -- The OECD DAC sector code, to join with data on aid.
    aliases LIST TEXT, -- Other names.
    note TEXT
);

CREATE TABLE sources ( -- Pages and documents that state something.
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL, -- Its place in the fact file, from 0.
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    kind TEXT NOT NULL, -- official, company, filing, dataset, news, analysis or academic.
    published DATE TEXT, -- The day on the page.
    language TEXT, -- ISO 639-1 code.
    url URL TEXT,
    cites LIST TEXT, -- Outlets and bodies that it names as its own sources.
    note TEXT,
    retrieved DATE TEXT, -- When the page was last looked at.
    archive URL TEXT, -- A copy that stays.
    via TEXT -- Whom the source itself names as a whole.
);

CREATE TABLE parties ( -- Those who agree.
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL, -- Its place in the fact file, from 0.
    name TEXT NOT NULL,
    country TEXT, -- ISO 3166-1 alpha-2 code of its home; international organisations have none.
    kind TEXT NOT NULL, -- government, state company, company, fund, university, aid agency or organisation.
    aliases LIST TEXT, -- Other names.
    note TEXT,
    short TEXT, -- The name that a table has room for.
    succeeds IDS TEXT -- The parties whose place it took.
);

CREATE TABLE deals ( -- What was agreed, newest first, with what it counts. All amounts are whole U.S. dollars.
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    date DATE TEXT NOT NULL,
    date_kind TEXT NOT NULL, -- What happened on that date: signed, announced, exchanged or ratified.
    sector TEXT NOT NULL REFERENCES sectors (id),
    tags IDS TEXT, -- Finer topics; deal_tags has them row by row.
    instrument TEXT NOT NULL, -- The paper that carries it: contract, memorandum …
    flow TEXT NOT NULL, -- What kind of money: trade, investment, financing, grant, cooperation or unclear.
    direction TEXT, -- From whose side to whose, by the first country of each: KZ-US; nothing where it isn't told.
    stage TEXT NOT NULL, -- How firm it is now: pledge, commitment, implementation, completion, suspended …
    stage_as_of DATE TEXT, -- Up to when that is known, where the fact file tells.
    last_known DATE TEXT NOT NULL, -- The last day on which anything is known of it.
    standing TEXT, -- Its column in a sum: firm, pledge or dormant; nothing if it is suspended, cancelled or lapsed.
    is_old FLAG INTEGER NOT NULL, -- Whether nothing is known of it in the 36 months before as_of.
    period TEXT, -- When it is to be carried out: a date, or two with a slash.
    parties IDS TEXT NOT NULL, -- Who agreed, Kazakh side first; deal_parties has them row by row.
    payer IDS TEXT, -- Whose money it is.
    payee IDS TEXT, -- Who receives it.
    value TEXT, -- The stated value, the preferred claim or the first that counts, as written.
    measure TEXT, -- What the stated value measures: price, list price, planned …
    is_ceiling FLAG INTEGER NOT NULL, -- Whether the stated value is an upper bound.
    is_valued FLAG INTEGER NOT NULL, -- Whether a value that counts is published, in any currency.
    amount_usd INTEGER, -- The stated value; the low end of a range.
    low_usd INTEGER, -- The least of the claims that measure the same.
    high_usd INTEGER, -- The most of them.
    counted_usd INTEGER, -- What it adds, financing to a ledger of its own; nothing where no value is known.
    counted_low_usd INTEGER, -- What it adds to the low end.
    counted_high_usd INTEGER, -- What it adds to the high end.
    reason TEXT, -- Why it adds something else than it states, or to what.
    rule TEXT, -- The rule of counting that leaves it out of a sum, in whole or in part.
    left_usd INTEGER, -- What that leaves out.
    sources IDS TEXT NOT NULL, -- Whoever states any of it; mentions has them row by row.
    urls URLS TEXT, -- Where these can be read.
    place TEXT,
    note TEXT,
    via TEXT -- Whom the source itself names for it.
);
-- A sum by sector, and what any sum leaves out, are answered from these alone.
CREATE INDEX deals_by_sector ON deals (
    sector, flow, standing, is_valued, counted_usd, counted_low_usd, counted_high_usd
);
CREATE INDEX deals_by_rule ON deals (rule, left_usd DESC, id, reason) WHERE rule IS NOT NULL;

CREATE TABLE deal_parties ( -- Who agreed to what.
    deal TEXT NOT NULL REFERENCES deals (id),
    party TEXT NOT NULL REFERENCES parties (id),
    PRIMARY KEY (party, deal)
) WITHOUT ROWID;

CREATE TABLE shares ( -- What a party, with those whose place it took, has of a deal.
    party TEXT NOT NULL REFERENCES parties (id),
    deal TEXT NOT NULL REFERENCES deals (id),
    is_alone FLAG INTEGER NOT NULL, -- Whether nobody else stands on its side.
    is_given FLAG INTEGER NOT NULL, -- Whether what the deal adds is given to it; a remainder of several may not be.
    PRIMARY KEY (party, deal)
) WITHOUT ROWID;

CREATE TABLE deal_tags ( -- The finer topics of deals.
    deal TEXT NOT NULL REFERENCES deals (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (tag, deal)
) WITHOUT ROWID;

CREATE TABLE relations ( -- What one deal is to another.
    deal TEXT NOT NULL REFERENCES deals (id),
    relation TEXT NOT NULL, -- What it does to the other: part_of, finances or supersedes.
    other TEXT NOT NULL REFERENCES deals (id),
    source TEXT REFERENCES sources (id), -- The source that says so.
    inferred FLAG INTEGER NOT NULL, -- Whether it is the curator's reading.
    PRIMARY KEY (other, relation, deal)
) WITHOUT ROWID;

CREATE TABLE claims ( -- Every amount that a source gives for a deal or package.
    entry TEXT NOT NULL REFERENCES entries (id), -- The deal or package.
    position INTEGER NOT NULL, -- Its place among the claims of that, from 0.
    value TEXT NOT NULL, -- As written: about 4.2bn USD.
    currency TEXT NOT NULL, -- ISO 4217 code.
    low INTEGER NOT NULL, -- The low end in whole units of the currency.
    high INTEGER NOT NULL, -- The high end; the same unless it is a range.
    usd TEXT, -- The source's own figure in U.S. dollars for another currency, as written.
    measure TEXT, -- What kind of figure it is: price, list price, planned …; nothing for a package.
    "of" TEXT, -- What precisely the amount measures.
    source TEXT NOT NULL REFERENCES sources (id),
    is_stated FLAG INTEGER NOT NULL, -- Whether it is the stated value.
    counts FLAG INTEGER NOT NULL, -- Whether it measures the whole deal, and so may be the stated value.
    rank TEXT NOT NULL, -- preferred, normal or deprecated.
    because TEXT, -- Why it is preferred or deprecated.
    via TEXT, -- Whom the source itself names for it.
    note TEXT,
    PRIMARY KEY (entry, position)
) WITHOUT ROWID;

CREATE TABLE quantities ( -- Every number of things that a source gives for a deal, and of agreements for a package.
    entry TEXT NOT NULL REFERENCES entries (id), -- The deal or package.
    position INTEGER NOT NULL, -- Its place among the numbers of that, from 0.
    count TEXT NOT NULL, -- As written: more than 290.
    low INTEGER NOT NULL,
    high INTEGER NOT NULL, -- The same as low unless it is a range.
    unit TEXT NOT NULL, -- What is counted.
    source TEXT NOT NULL REFERENCES sources (id),
    via TEXT, -- Whom the source itself names for it.
    note TEXT,
    PRIMARY KEY (entry, position)
) WITHOUT ROWID;

CREATE TABLE dates ( -- Every day that a source gives for a deal or package, where they differ.
    entry TEXT NOT NULL REFERENCES entries (id), -- The deal or package.
    position INTEGER NOT NULL, -- Its place among the dates of that, from 0.
    date DATE TEXT NOT NULL,
    kind TEXT NOT NULL, -- signed, announced, exchanged or ratified.
    source TEXT NOT NULL REFERENCES sources (id),
    via TEXT, -- Whom the source itself names for it.
    note TEXT,
    PRIMARY KEY (entry, position)
) WITHOUT ROWID;

CREATE TABLE updates ( -- Later developments of deals.
    deal TEXT NOT NULL REFERENCES deals (id),
    position INTEGER NOT NULL, -- Its place among the updates of the deal, from 0, oldest first.
    date DATE TEXT NOT NULL,
    text TEXT NOT NULL, -- What happened.
    stage TEXT, -- The stage that the deal reached with it.
    source TEXT NOT NULL REFERENCES sources (id),
    via TEXT, -- Whom the source itself names for it.
    PRIMARY KEY (deal, position)
) WITHOUT ROWID;

CREATE TABLE packages ( -- Headlines that are said to hold many deals; they enter no sum.
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    date DATE TEXT, -- When it was announced.
    place TEXT,
    value TEXT, -- What it is said to be worth, as written.
    count TEXT, -- How many deals it is said to hold, as written.
    members INTEGER NOT NULL, -- How many deals are known to be in it.
    sources IDS TEXT NOT NULL, -- Whoever states any of it.
    note TEXT
);

CREATE TABLE members ( -- The deals of packages, by source.
    package TEXT NOT NULL REFERENCES packages (id),
    deal TEXT NOT NULL REFERENCES deals (id),
    source TEXT NOT NULL REFERENCES sources (id), -- The source that puts it there.
    value TEXT, -- What that source says of it, as written.
    note TEXT,
    together_with IDS TEXT, -- The other deals of that list which the value holds as well.
    beside FLAG INTEGER NOT NULL, -- Whether that source tells of it only beside the agreements which it claims.
    PRIMARY KEY (package, deal, source)
) WITHOUT ROWID;

CREATE TABLE treaties ( -- Agreements between the two states under international law.
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL, -- Its place in the fact file, from 0.
    title TEXT NOT NULL,
    signed DATE TEXT,
    in_force DATE TEXT, -- When it came into force.
    citation TEXT, -- Where it is printed, such as a TIAS number.
    status TEXT NOT NULL, -- signed, in force, replaced, expired, terminated or unclear.
    status_as_of DATE TEXT, -- Up to when the status is known.
    sector TEXT REFERENCES sectors (id),
    sources IDS TEXT NOT NULL,
    note TEXT
);

CREATE TABLE indicators ( -- Series of figures, each with its latest reading.
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL, -- What is measured.
    unit TEXT NOT NULL,
    sector TEXT REFERENCES sectors (id),
    period TEXT NOT NULL, -- What the latest reading stands for: a date, or two with a slash.
    value TEXT NOT NULL, -- The latest reading, as written; of several, the first in the fact file.
    basis TEXT, -- Whose statistics the latest reading is from.
    observations INTEGER NOT NULL, -- How many readings there are.
    sources IDS TEXT NOT NULL,
    note TEXT
);

CREATE TABLE observations ( -- Every reading of every series.
    indicator TEXT NOT NULL REFERENCES indicators (id),
    position INTEGER NOT NULL, -- Its place among the readings of the series, from 0.
    period TEXT NOT NULL, -- A date, or two with a slash: 1993/2025.
    value TEXT NOT NULL, -- As written: 4.1bn.
    low DECIMAL TEXT NOT NULL,
    high DECIMAL TEXT NOT NULL, -- The same as low unless it is a range.
    basis TEXT, -- Whose statistics, or what is counted in.
    side TEXT, -- The side whose statistics they are.
    source TEXT NOT NULL REFERENCES sources (id),
    via TEXT, -- Whom the source itself names for it.
    note TEXT,
    PRIMARY KEY (indicator, position)
) WITHOUT ROWID;

CREATE TABLE events ( -- What happened on a day and is no deal.
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL, -- Its place in the fact file, from 0.
    date DATE TEXT NOT NULL,
    title TEXT NOT NULL,
    place TEXT,
    people LIST TEXT, -- Who took part.
    parties IDS TEXT, -- Which parties took part.
    sector TEXT REFERENCES sectors (id),
    text TEXT, -- More of it.
    sources IDS TEXT NOT NULL,
    note TEXT,
    kind TEXT, -- visit, meeting, law, decision, milestone or other.
    until DATE TEXT, -- The last of several days.
    via TEXT -- Whom the source itself names for it.
);

CREATE TABLE statements ( -- What somebody says without a number.
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL, -- Its place in the fact file, from 0.
    date DATE TEXT, -- When it was said.
    "by" TEXT NOT NULL, -- Who says it.
    text TEXT NOT NULL, -- What is said, in the curator's words.
    sector TEXT REFERENCES sectors (id),
    sources IDS TEXT NOT NULL,
    via TEXT, -- Whom the source itself names for it.
    note TEXT
);

CREATE TABLE conflicts ( -- Where sources disagree, and what their publishers revised: what `kzus conflicts` and `show` print.
    id TEXT NOT NULL REFERENCES entries (id), -- The deal, package or indicator.
    position INTEGER NOT NULL, -- Its place among all conflicts, in the order of their ids.
    what TEXT NOT NULL, -- value, share, count, reading, date, stage, or what is no conflict proper, such as revision.
    unit TEXT NOT NULL, -- Currency, what is counted, or what happened then.
    period TEXT, -- That a reading stands for, or the day of a stage.
    ratio REAL, -- The largest figure by the smallest; nothing for dates, stages and where the smallest is 0.
    basis TEXT NOT NULL, -- Whether the claims measure the same, different things, or that is unclear.
    claims LIST TEXT NOT NULL, -- What each source says, as objects; those in claims, quantities, observations and so on.
    PRIMARY KEY (id, position)
) WITHOUT ROWID;

CREATE TABLE timeline ( -- What happened: deals, their updates, events and treaties.
    date DATE TEXT NOT NULL,
    id TEXT NOT NULL REFERENCES entries (id), -- The deal, event or treaty.
    position INTEGER NOT NULL, -- Its place among what happened to that, from 0.
    kind TEXT NOT NULL, -- deal signed, deal announced, deal update, event, treaty signed or treaty in force.
    text TEXT NOT NULL, -- What happened.
    stage TEXT, -- The stage that the deal had then.
    sector TEXT REFERENCES sectors (id),
    sources IDS TEXT NOT NULL,
    PRIMARY KEY (date, id, position)
) WITHOUT ROWID;
