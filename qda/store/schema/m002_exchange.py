"""Version 1.1, exchange: what other programs say that has no other place here, for the way back."""

TABLES: tuple[str, ...] = (
    # `color` is what the file said, empty where it said nothing, and holds while the code has the
    # colour that it was `given` for it.
    """CREATE TABLE code_exchange (
        id INTEGER PRIMARY KEY,
        code_id INTEGER NOT NULL UNIQUE REFERENCES code(id) ON DELETE CASCADE,
        codable INTEGER NOT NULL CHECK (codable IN (0, 1)),
        color TEXT NOT NULL,
        given TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE coding_selection (
        id INTEGER PRIMARY KEY,
        coding_id INTEGER NOT NULL UNIQUE REFERENCES coding(id) ON DELETE CASCADE,
        guid TEXT NOT NULL
    ) STRICT""",
    # `xml` is one element of the standard. What stands in a document or case goes with it;
    # `text_hash` is that of the text whose offsets it has.
    """CREATE TABLE carried_part (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL,
        part TEXT NOT NULL CHECK (part IN (
            'source', 'link', 'shown link', 'set', 'graph', 'page', 'segment', 'case code')),
        document_id INTEGER REFERENCES document(id) ON DELETE CASCADE,
        case_id INTEGER REFERENCES "case"(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        xml TEXT NOT NULL,
        text_hash TEXT NOT NULL,
        UNIQUE (part, guid)
    ) STRICT""",
    """CREATE TABLE carried_file (
        id INTEGER PRIMARY KEY,
        carried_part_id INTEGER NOT NULL REFERENCES carried_part(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        file_hash TEXT NOT NULL REFERENCES source_file(hash)
    ) STRICT""",
)

INDEXES: tuple[str, ...] = (
    "CREATE INDEX carried_part_document ON carried_part (document_id)",
    "CREATE INDEX carried_part_case ON carried_part (case_id)",
    "CREATE INDEX carried_file_part ON carried_file (carried_part_id)",
    "CREATE INDEX carried_file_file ON carried_file (file_hash)",
    "CREATE INDEX history_row_carried ON history_row (step_id) WHERE entity = 'carried_file'",
)

LOGGED: dict[str, tuple[str, ...]] = {
    "code_exchange": ("id", "code_id", "codable", "color", "given"),
    "coding_selection": ("id", "coding_id", "guid"),
    "carried_part": (
        "id", "guid", "part", "document_id", "case_id", "name", "xml", "text_hash",
    ),
    "carried_file": ("id", "carried_part_id", "name", "file_hash"),
}  # fmt: skip
