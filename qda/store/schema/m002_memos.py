"""Version 1.1, memos: what links them, and what they said before.

Either end of a link is one of several kinds of things, and each kind has a column of its own, so
that a link goes with what it leads to whichever way that is removed.
"""

TABLES: tuple[str, ...] = (
    """CREATE TABLE memo_link (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        memo_id INTEGER REFERENCES memo(id) ON DELETE CASCADE,
        coding_id INTEGER REFERENCES coding(id) ON DELETE CASCADE,
        to_memo_id INTEGER REFERENCES memo(id) ON DELETE CASCADE,
        to_coding_id INTEGER REFERENCES coding(id) ON DELETE CASCADE,
        to_document_id INTEGER REFERENCES document(id) ON DELETE CASCADE,
        to_case_id INTEGER REFERENCES "case"(id) ON DELETE CASCADE,
        to_participant_id INTEGER REFERENCES participant(id) ON DELETE CASCADE,
        to_code_id INTEGER REFERENCES code(id) ON DELETE CASCADE,
        coder_id INTEGER NOT NULL REFERENCES coder(id),
        created TEXT NOT NULL,
        CHECK ((memo_id IS NULL) <> (coding_id IS NULL)),
        CHECK ((to_memo_id IS NOT NULL) + (to_coding_id IS NOT NULL)
            + (to_document_id IS NOT NULL) + (to_case_id IS NOT NULL)
            + (to_participant_id IS NOT NULL) + (to_code_id IS NOT NULL) = 1),
        CHECK (to_memo_id IS NULL OR to_memo_id IS NOT memo_id),
        CHECK (to_coding_id IS NULL OR to_coding_id IS NOT coding_id)
    ) STRICT""",
    """CREATE TABLE memo_version (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        memo_id INTEGER REFERENCES memo(id) ON DELETE CASCADE,
        coding_id INTEGER REFERENCES coding(id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        coder_id INTEGER NOT NULL REFERENCES coder(id),
        begun TEXT NOT NULL,
        saved TEXT NOT NULL,
        CHECK ((memo_id IS NULL) <> (coding_id IS NULL))
    ) STRICT""",
)

INDEXES: tuple[str, ...] = (
    "CREATE INDEX memo_link_memo ON memo_link (memo_id)",
    "CREATE INDEX memo_link_coding ON memo_link (coding_id)",
    "CREATE INDEX memo_link_to_memo ON memo_link (to_memo_id)",
    "CREATE INDEX memo_link_to_coding ON memo_link (to_coding_id)",
    "CREATE INDEX memo_link_to_document ON memo_link (to_document_id)",
    "CREATE INDEX memo_link_to_case ON memo_link (to_case_id)",
    "CREATE INDEX memo_link_to_participant ON memo_link (to_participant_id)",
    "CREATE INDEX memo_link_to_code ON memo_link (to_code_id)",
    "CREATE INDEX memo_version_memo ON memo_version (memo_id)",
    "CREATE INDEX memo_version_coding ON memo_version (coding_id)",
)

LOGGED: dict[str, tuple[str, ...]] = {
    "memo_link": (
        "id", "guid", "memo_id", "coding_id", "to_memo_id", "to_coding_id", "to_document_id",
        "to_case_id", "to_participant_id", "to_code_id", "coder_id", "created",
    ),
    "memo_version": (
        "id", "guid", "memo_id", "coding_id", "text", "coder_id", "begun", "saved",
    ),
}  # fmt: skip
