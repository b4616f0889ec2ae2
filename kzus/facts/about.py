"""What each kind of entry is, for the schema; docstrings aren't there under `python -OO`."""

ABOUT = {
    "Claim": "What one source says that a deal is worth.",
    "DateClaim": "On which day one source puts a deal or package.",
    "Deal": "Something agreed, promised or ordered between a Kazakh and a U.S. side.",
    "Event": "Something that happened on a day and is no deal.",
    "Figure": "What one source says that a package is worth.",
    "Indicator": "A series of figures about the two countries.",
    "Member": "A deal that a source puts into a package.",
    "Observation": "One reading of a series, as one source gives it.",
    "Package": "A headline that is said to hold many deals; it never enters a sum.",
    "Party": "Someone who agrees: a government, a firm, a university.",
    "Quantity": "A number of things that one source states: machines, years, agreements.",
    "Relation": "Another deal, with who says so; as a bare id where nobody need be named.",
    "Sector": "A field of the economy; the order of the file is the order of display.",
    "Source": "A page or document that states something.",
    "Statement": "What somebody says without a number.",
    "Treaty": "An agreement between the two states under international law.",
    "Update": "A dated later development of a deal.",
}
WHOLE = "A whole fact file; every collection is a mapping from id to entry, each id unique in the file."
