"""Version 1.1, agreement: what was said and decided of places that two coders coded otherwise."""

TABLES: tuple[str, ...] = (
    # `seen` lists the codings of both as they were, so that a change since shows. A place that is
    # open has a memo alone. What was decided stands as codings of a coder of their own.
    """CREATE TABLE settlement (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
        code_id INTEGER NOT NULL REFERENCES code(id) ON DELETE CASCADE,
        first_coder_id INTEGER NOT NULL REFERENCES coder(id),
        second_coder_id INTEGER NOT NULL REFERENCES coder(id),
        memo_id INTEGER REFERENCES memo(id) ON DELETE SET NULL,
        decision TEXT NOT NULL CHECK (
            decision IN ('open', 'first', 'second', 'both', 'neither', 'agreed')),
        coder_id INTEGER NOT NULL REFERENCES coder(id),
        created TEXT NOT NULL,
        seen TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE settlement_coding (
        id INTEGER PRIMARY KEY,
        settlement_id INTEGER NOT NULL REFERENCES settlement(id) ON DELETE CASCADE,
        coding_id INTEGER NOT NULL REFERENCES coding(id) ON DELETE CASCADE,
        UNIQUE (settlement_id, coding_id)
    ) STRICT""",
)

INDEXES: tuple[str, ...] = (
    "CREATE INDEX settlement_document ON settlement (document_id)",
    "CREATE INDEX settlement_code ON settlement (code_id)",
    "CREATE INDEX settlement_memo ON settlement (memo_id)",
    "CREATE INDEX settlement_coding_coding ON settlement_coding (coding_id)",
)

LOGGED: dict[str, tuple[str, ...]] = {
    "settlement": (
        "id", "guid", "document_id", "code_id", "first_coder_id", "second_coder_id", "memo_id",
        "decision", "coder_id", "created", "seen",
    ),
    "settlement_coding": ("id", "settlement_id", "coding_id"),
}  # fmt: skip
