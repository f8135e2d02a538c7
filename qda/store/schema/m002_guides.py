"""Version 1.1, interview guides: their questions, and what interviewers' turns ask."""

TABLES: tuple[str, ...] = (
    """CREATE TABLE guide (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        file_name TEXT NOT NULL,
        created TEXT NOT NULL
    ) STRICT""",
    # The order says what belongs together: a probe is of the question before it, a question
    # stands under the heading before it.
    """CREATE TABLE guide_question (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        guide_id INTEGER NOT NULL REFERENCES guide(id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('heading', 'question', 'probe')),
        number TEXT NOT NULL,
        text TEXT NOT NULL CHECK (text <> ''),
        position INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE question_code (
        id INTEGER PRIMARY KEY,
        question_id INTEGER NOT NULL REFERENCES guide_question(id) ON DELETE CASCADE,
        code_id INTEGER NOT NULL REFERENCES code(id) ON DELETE CASCADE,
        UNIQUE (question_id, code_id)
    ) STRICT""",
    # By which guide a document was gone through; in one that was not, nothing is "not asked".
    """CREATE TABLE guide_document (
        id INTEGER PRIMARY KEY,
        guide_id INTEGER NOT NULL REFERENCES guide(id) ON DELETE CASCADE,
        document_id INTEGER NOT NULL UNIQUE REFERENCES document(id) ON DELETE CASCADE,
        matched TEXT NOT NULL
    ) STRICT""",
    # A turn may ask several questions: a row for each, by `place` in the order they are asked. One
    # that asks none of its own has one row. `score` is in thousandths; `words` are what agreed,
    # separated by spaces.
    """CREATE TABLE turn_question (
        id INTEGER PRIMARY KEY,
        turn_id INTEGER NOT NULL REFERENCES turn(id) ON DELETE CASCADE,
        place INTEGER NOT NULL CHECK (place >= 0),
        question_id INTEGER REFERENCES guide_question(id) ON DELETE CASCADE,
        role TEXT NOT NULL CHECK (role IN ('question', 'follow-up', 'outside')),
        by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
        score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 1000),
        words TEXT NOT NULL,
        UNIQUE (turn_id, place),
        CHECK ((role = 'question') = (question_id IS NOT NULL))
    ) STRICT""",
    """CREATE TABLE question_asked (
        id INTEGER PRIMARY KEY,
        question_id INTEGER NOT NULL REFERENCES guide_question(id) ON DELETE CASCADE,
        document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
        asked INTEGER NOT NULL CHECK (asked IN (0, 1)),
        coder_id INTEGER NOT NULL REFERENCES coder(id),
        UNIQUE (question_id, document_id)
    ) STRICT""",
)

INDEXES: tuple[str, ...] = (
    "CREATE INDEX guide_question_guide ON guide_question (guide_id, position)",
    "CREATE INDEX question_code_code ON question_code (code_id)",
    "CREATE INDEX guide_document_guide ON guide_document (guide_id)",
    "CREATE INDEX turn_question_question ON turn_question (question_id)",
    "CREATE INDEX question_asked_document ON question_asked (document_id)",
)

LOGGED: dict[str, tuple[str, ...]] = {
    "guide": ("id", "guid", "name", "file_name", "created"),
    "guide_question": ("id", "guid", "guide_id", "kind", "number", "text", "position"),
    "question_code": ("id", "question_id", "code_id"),
    "guide_document": ("id", "guide_id", "document_id", "matched"),
    "turn_question": (
        "id", "turn_id", "place", "question_id", "role", "by_hand", "score", "words",
    ),
    "question_asked": ("id", "question_id", "document_id", "asked", "coder_id"),
}  # fmt: skip
