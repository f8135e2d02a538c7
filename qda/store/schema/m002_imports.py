"""Version 1.1, what came in: reports of imports, and what is carried along for other tools."""

TABLES: tuple[str, ...] = (
    # The report itself is one JSON text: it is read whole, never asked about, and an undone import
    # takes it along as one row. `kept`, `left_out` and `uncertain` are there for the list alone.
    """CREATE TABLE import_report (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN (
            'documents', 'survey', 'cases', 'participants', 'values', 'codings', 'codebook',
            'project', 'merge', 'memberships', 'successions', 'scores')),
        source TEXT NOT NULL,
        created TEXT NOT NULL,
        coder TEXT NOT NULL,
        kept INTEGER NOT NULL CHECK (kept >= 0),
        left_out INTEGER NOT NULL CHECK (left_out >= 0),
        uncertain INTEGER NOT NULL CHECK (uncertain >= 0),
        content TEXT NOT NULL
    ) STRICT""",
)

INDEXES: tuple[str, ...] = ()

LOGGED: dict[str, tuple[str, ...]] = {
    "import_report": (
        "id", "guid", "kind", "source", "created", "coder", "kept", "left_out", "uncertain",
        "content",
    ),
}  # fmt: skip
