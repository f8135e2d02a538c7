"""Version 1.1, writing up: queries, recipes, and where quotes are used."""

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
)

INDEXES: tuple[str, ...] = ("CREATE INDEX quote_use_document ON quote_use (document_id)",)

LOGGED: dict[str, tuple[str, ...]] = {
    "quote_use": (
        "id", "guid", "document_id", "text", "manuscript", "place", "coder_id", "at",
    ),
    "saved_query": ("id", "guid", "name", "definition", "position"),
    "recipe": ("id", "guid", "name", "text"),
}  # fmt: skip
