"""Version 1.1, writing up: queries, recipes, where quotes are used, how they are printed."""

TABLES: tuple[str, ...] = (
    # The quoted text rather than its offsets, which a correction would move: it is looked up.
    """CREATE TABLE quote_use (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
        text TEXT NOT NULL CHECK (text <> ''),
        manuscript TEXT NOT NULL,
        place INTEGER NOT NULL CHECK (place > 0),
        coder_id INTEGER NOT NULL REFERENCES coder(id),
        at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE saved_query (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        definition TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE recipe (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        text TEXT NOT NULL
    ) STRICT""",
    # The quotation marks are empty for those of the project's language.
    """CREATE TABLE quote_style (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        attribution TEXT NOT NULL,
        cut TEXT NOT NULL CHECK (cut <> ''),
        marks TEXT NOT NULL,
        threshold INTEGER NOT NULL CHECK (threshold BETWEEN 1 AND 1000),
        office INTEGER NOT NULL CHECK (office IN (0, 1))
    ) STRICT""",
    # `quote` is the segment's text when it was trimmed: `trims`, a JSON list of
    # [start, end, words], count its code points.
    """CREATE TABLE picked_quote (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        coding_id INTEGER NOT NULL UNIQUE REFERENCES coding(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        quote TEXT NOT NULL,
        trims TEXT NOT NULL,
        note TEXT NOT NULL
    ) STRICT""",
)

INDEXES: tuple[str, ...] = ("CREATE INDEX quote_use_document ON quote_use (document_id)",)

LOGGED: dict[str, tuple[str, ...]] = {
    "quote_use": (
        "id", "guid", "document_id", "text", "manuscript", "place", "coder_id", "at",
    ),
    "saved_query": ("id", "guid", "name", "definition", "position"),
    "recipe": ("id", "guid", "name", "text"),
    "quote_style": ("id", "attribution", "cut", "marks", "threshold", "office"),
    "picked_quote": ("id", "guid", "coding_id", "position", "quote", "trims", "note"),
}  # fmt: skip
