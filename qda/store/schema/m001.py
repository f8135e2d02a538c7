"""Version 1.0: what a study of interviews and cases consists of, and its history."""

TABLES: tuple[str, ...] = (
    """CREATE TABLE project (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        guid TEXT NOT NULL,
        name TEXT NOT NULL,
        language TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
        created TEXT NOT NULL,
        coder_id INTEGER NOT NULL REFERENCES coder(id)
    ) STRICT""",
    """CREATE TABLE coder (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        color TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE text_body (
        hash TEXT PRIMARY KEY,
        text TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE source_file (
        hash TEXT PRIMARY KEY,
        bytes BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE document (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('interview', 'document', 'survey')),
        language TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
        file_name TEXT NOT NULL,
        file_type TEXT NOT NULL,
        encoding TEXT NOT NULL,
        text_hash TEXT NOT NULL REFERENCES text_body(hash),
        file_hash TEXT REFERENCES source_file(hash),
        characters INTEGER NOT NULL CHECK (characters >= 0),
        words INTEGER NOT NULL CHECK (words >= 0),
        done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
        created TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE source_note (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('comment', 'footnote', 'endnote')),
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL,
        author TEXT NOT NULL,
        text TEXT NOT NULL,
        CHECK (start <= "end")
    ) STRICT""",
    """CREATE TABLE participant (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        interviewer INTEGER NOT NULL CHECK (interviewer IN (0, 1))
    ) STRICT""",
    """CREATE TABLE turn (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
        number INTEGER NOT NULL CHECK (number > 0),
        label_start INTEGER NOT NULL CHECK (label_start >= 0),
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        label TEXT NOT NULL,
        participant_id INTEGER REFERENCES participant(id) ON DELETE SET NULL,
        interviewer INTEGER NOT NULL CHECK (interviewer IN (0, 1)),
        time_ms INTEGER CHECK (time_ms >= 0),
        question TEXT NOT NULL DEFAULT '',
        CHECK (label_start <= start AND start < "end")
    ) STRICT""",
    """CREATE TABLE code (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        parent_id INTEGER REFERENCES code(id) ON DELETE CASCADE CHECK (parent_id <> id),
        name TEXT NOT NULL CHECK (name <> ''),
        position INTEGER NOT NULL,
        color TEXT NOT NULL CHECK (color GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'),
        definition TEXT NOT NULL,
        include TEXT NOT NULL,
        exclude TEXT NOT NULL,
        example TEXT NOT NULL,
        keywords TEXT NOT NULL,
        scale TEXT NOT NULL,
        shortcut TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE coding (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
        code_id INTEGER NOT NULL REFERENCES code(id) ON DELETE CASCADE,
        coder_id INTEGER NOT NULL REFERENCES coder(id),
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL,
        quote TEXT NOT NULL,
        stance TEXT CHECK (stance IN ('for', 'mot', 'ambivalent')),
        value TEXT NOT NULL DEFAULT '',
        memo TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL,
        CHECK (start < "end" AND length(quote) = "end" - start)
    ) STRICT""",
    """CREATE TABLE "case" (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        pseudonym TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE document_case (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
        case_id INTEGER NOT NULL REFERENCES "case"(id) ON DELETE CASCADE,
        UNIQUE (document_id, case_id)
    ) STRICT""",
    """CREATE TABLE participant_case (
        id INTEGER PRIMARY KEY,
        participant_id INTEGER NOT NULL REFERENCES participant(id) ON DELETE CASCADE,
        case_id INTEGER NOT NULL REFERENCES "case"(id) ON DELETE CASCADE,
        UNIQUE (participant_id, case_id)
    ) STRICT""",
    """CREATE TABLE coding_case (
        id INTEGER PRIMARY KEY,
        coding_id INTEGER NOT NULL REFERENCES coding(id) ON DELETE CASCADE,
        case_id INTEGER NOT NULL REFERENCES "case"(id) ON DELETE CASCADE,
        UNIQUE (coding_id, case_id)
    ) STRICT""",
    """CREATE TABLE variable (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        subject TEXT NOT NULL CHECK (subject IN ('case', 'participant', 'document')),
        name TEXT NOT NULL CHECK (name <> ''),
        type TEXT NOT NULL CHECK (type IN ('text', 'number', 'date', 'boolean')),
        periodic INTEGER NOT NULL CHECK (periodic IN (0, 1)),
        position INTEGER NOT NULL,
        UNIQUE (subject, name)
    ) STRICT""",
    """CREATE TABLE value (
        id INTEGER PRIMARY KEY,
        variable_id INTEGER NOT NULL REFERENCES variable(id) ON DELETE CASCADE,
        subject_id INTEGER NOT NULL,
        period TEXT NOT NULL DEFAULT ''
            CHECK (period = '' OR period GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
        text TEXT,
        number REAL,
        CHECK ((text IS NULL) <> (number IS NULL)),
        UNIQUE (variable_id, subject_id, period)
    ) STRICT""",
    """CREATE TABLE memo (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        "on" TEXT NOT NULL
            CHECK ("on" IN ('project', 'document', 'case', 'participant', 'code', 'coding')),
        target_id INTEGER NOT NULL,
        text TEXT NOT NULL,
        coder_id INTEGER NOT NULL REFERENCES coder(id),
        created TEXT NOT NULL,
        modified TEXT NOT NULL
    ) STRICT""",
    # Numbers are never used again: an export keeps its version outside the history, and a step
    # that is done again must not meet it.
    """CREATE TABLE codebook_version (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('saved', 'exported', 'received')),
        file_name TEXT NOT NULL,
        created TEXT NOT NULL,
        coder TEXT NOT NULL,
        codebook TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE history_step (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        coder TEXT NOT NULL,
        operation TEXT NOT NULL,
        entities TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
    ) STRICT""",
    """CREATE TABLE history_row (
        id INTEGER PRIMARY KEY,
        step_id INTEGER NOT NULL REFERENCES history_step(id) ON DELETE CASCADE,
        entity TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        before TEXT,
        after TEXT
    ) STRICT""",
    """CREATE TABLE audit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        coder TEXT NOT NULL,
        operation TEXT NOT NULL,
        action TEXT NOT NULL CHECK (action IN ('done', 'undone', 'redone')),
        entities TEXT NOT NULL,
        guids TEXT NOT NULL
    ) STRICT""",
)

INDEXES: tuple[str, ...] = (
    "CREATE INDEX turn_document ON turn (document_id, number)",
    "CREATE INDEX turn_participant ON turn (participant_id)",
    "CREATE INDEX source_note_document ON source_note (document_id)",
    "CREATE INDEX code_parent ON code (parent_id, position)",
    'CREATE INDEX coding_document ON coding (document_id, start, "end")',
    "CREATE INDEX coding_code ON coding (code_id)",
    "CREATE INDEX document_case_case ON document_case (case_id)",
    "CREATE INDEX participant_case_case ON participant_case (case_id)",
    "CREATE INDEX coding_case_case ON coding_case (case_id)",
    "CREATE INDEX value_subject ON value (subject_id)",
    "CREATE INDEX memo_target ON memo (\"on\", target_id)",
    "CREATE INDEX history_row_step ON history_row (step_id)",
    "CREATE INDEX history_row_document ON history_row (step_id) WHERE entity = 'document'",
    "CREATE INDEX document_text ON document (text_hash)",
    "CREATE INDEX document_file ON document (file_hash)",
)  # fmt: skip

LOGGED: dict[str, tuple[str, ...]] = {
    "project": ("id", "guid", "name", "language", "created", "coder_id"),
    "coder": ("id", "guid", "name", "color"),
    "document": (
        "id", "guid", "name", "kind", "language", "file_name", "file_type", "encoding",
        "text_hash", "file_hash", "characters", "words", "done", "created",
    ),
    "source_note": ("id", "document_id", "kind", "start", "end", "author", "text"),
    "participant": ("id", "guid", "name", "interviewer"),
    "turn": (
        "id", "document_id", "number", "label_start", "start", "end", "label",
        "participant_id", "interviewer", "time_ms", "question",
    ),
    "code": (
        "id", "guid", "parent_id", "name", "position", "color", "definition", "include",
        "exclude", "example", "keywords", "scale", "shortcut",
    ),
    "coding": (
        "id", "guid", "document_id", "code_id", "coder_id", "start", "end", "quote",
        "stance", "value", "memo", "created",
    ),
    "case": ("id", "guid", "name", "pseudonym", "position"),
    "document_case": ("id", "document_id", "case_id"),
    "participant_case": ("id", "participant_id", "case_id"),
    "coding_case": ("id", "coding_id", "case_id"),
    "variable": ("id", "guid", "subject", "name", "type", "periodic", "position"),
    "value": ("id", "variable_id", "subject_id", "period", "text", "number"),
    "memo": ("id", "guid", "on", "target_id", "text", "coder_id", "created", "modified"),
    "codebook_version": (
        "id", "guid", "name", "origin", "file_name", "created", "coder", "codebook",
    ),
}  # fmt: skip
