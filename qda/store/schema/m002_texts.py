"""Version 1.1, texts: their earlier versions, and the recordings they were written from."""

TABLES: tuple[str, ...] = (
    # `edits` lead from the text that the correction made back to the one before it; without them
    # the earlier text is kept no longer.
    """CREATE TABLE text_version (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
        number INTEGER NOT NULL CHECK (number > 0),
        text_hash TEXT NOT NULL,
        made_hash TEXT NOT NULL,
        edits TEXT,
        places INTEGER NOT NULL CHECK (places > 0),
        replaced TEXT NOT NULL,
        coder TEXT NOT NULL,
        operation TEXT NOT NULL,
        UNIQUE (document_id, number)
    ) STRICT""",
    """CREATE TABLE recording (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
        path TEXT NOT NULL CHECK (path <> ''),
        size INTEGER NOT NULL CHECK (size >= 0),
        modified TEXT NOT NULL,
        duration_ms INTEGER CHECK (duration_ms >= 0),
        fingerprint TEXT NOT NULL,
        offset_ms INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
)

INDEXES: tuple[str, ...] = ("CREATE INDEX recording_document ON recording (document_id)",)

LOGGED: dict[str, tuple[str, ...]] = {
    "text_version": (
        "id", "guid", "document_id", "number", "text_hash", "made_hash", "edits", "places",
        "replaced", "coder", "operation",
    ),
    "recording": (
        "id", "guid", "document_id", "path", "size", "modified", "duration_ms", "fingerprint",
        "offset_ms",
    ),
}  # fmt: skip
