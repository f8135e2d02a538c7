"""Version 1.1, judgements: framework cells, grades, propositions and claims with evidence."""

TABLES: tuple[str, ...] = (
    # `subject` is a case or a participant. An empty status follows the codings: coded where there
    # are any, else not read yet. `seen` lists the codings as they were when the summary was
    # written, so that a change of the evidence since shows.
    """CREATE TABLE framework_cell (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        subject TEXT NOT NULL CHECK (subject IN ('case', 'participant')),
        subject_id INTEGER NOT NULL,
        code_id INTEGER NOT NULL REFERENCES code(id) ON DELETE CASCADE,
        summary TEXT NOT NULL,
        status TEXT NOT NULL
            CHECK (status IN ('', 'coded', 'asked-nothing-said', 'not-asked', 'not-read')),
        coder_id INTEGER NOT NULL REFERENCES coder(id),
        created TEXT NOT NULL,
        modified TEXT NOT NULL,
        seen TEXT NOT NULL,
        UNIQUE (subject, subject_id, code_id)
    ) STRICT""",
    """CREATE TABLE framework_evidence (
        id INTEGER PRIMARY KEY,
        cell_id INTEGER NOT NULL REFERENCES framework_cell(id) ON DELETE CASCADE,
        coding_id INTEGER NOT NULL REFERENCES coding(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        UNIQUE (cell_id, coding_id)
    ) STRICT""",
    """CREATE TABLE proposition (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        text TEXT NOT NULL,
        scale TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT""",
    # A grade judges a case on a code, a verdict a case on a proposition; each rater has one of
    # his own, and one may be settled on by all.
    """CREATE TABLE judgement (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        case_id INTEGER NOT NULL REFERENCES "case"(id) ON DELETE CASCADE,
        code_id INTEGER REFERENCES code(id) ON DELETE CASCADE,
        proposition_id INTEGER REFERENCES proposition(id) ON DELETE CASCADE,
        coder_id INTEGER NOT NULL REFERENCES coder(id),
        settled INTEGER NOT NULL CHECK (settled IN (0, 1)),
        value TEXT NOT NULL CHECK (value <> ''),
        reason TEXT NOT NULL,
        created TEXT NOT NULL,
        modified TEXT NOT NULL,
        CHECK ((code_id IS NULL) <> (proposition_id IS NULL))
    ) STRICT""",
    """CREATE TABLE judgement_evidence (
        id INTEGER PRIMARY KEY,
        judgement_id INTEGER NOT NULL REFERENCES judgement(id) ON DELETE CASCADE,
        coding_id INTEGER NOT NULL REFERENCES coding(id) ON DELETE CASCADE,
        side TEXT NOT NULL CHECK (side IN ('for', 'against')),
        position INTEGER NOT NULL,
        UNIQUE (judgement_id, coding_id)
    ) STRICT""",
    """CREATE TABLE claim (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        text TEXT NOT NULL CHECK (text <> ''),
        note TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('open', 'holds', 'fails')),
        position INTEGER NOT NULL,
        coder_id INTEGER NOT NULL REFERENCES coder(id),
        created TEXT NOT NULL,
        modified TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE claim_evidence (
        id INTEGER PRIMARY KEY,
        claim_id INTEGER NOT NULL REFERENCES claim(id) ON DELETE CASCADE,
        coding_id INTEGER NOT NULL REFERENCES coding(id) ON DELETE CASCADE,
        side TEXT NOT NULL CHECK (side IN ('for', 'against')),
        position INTEGER NOT NULL,
        UNIQUE (claim_id, coding_id)
    ) STRICT""",
)

INDEXES: tuple[str, ...] = (
    "CREATE INDEX framework_cell_code ON framework_cell (code_id)",
    "CREATE INDEX framework_evidence_coding ON framework_evidence (coding_id)",
    """CREATE UNIQUE INDEX judgement_grade ON judgement (case_id, code_id, coder_id, settled)
        WHERE code_id IS NOT NULL""",
    """CREATE UNIQUE INDEX judgement_verdict
        ON judgement (case_id, proposition_id, coder_id, settled)
        WHERE proposition_id IS NOT NULL""",
    "CREATE INDEX judgement_code ON judgement (code_id)",
    "CREATE INDEX judgement_proposition ON judgement (proposition_id)",
    "CREATE INDEX judgement_evidence_coding ON judgement_evidence (coding_id)",
    "CREATE INDEX claim_evidence_coding ON claim_evidence (coding_id)",
)

LOGGED: dict[str, tuple[str, ...]] = {
    "framework_cell": (
        "id", "guid", "subject", "subject_id", "code_id", "summary", "status", "coder_id",
        "created", "modified", "seen",
    ),
    "framework_evidence": ("id", "cell_id", "coding_id", "position"),
    "proposition": ("id", "guid", "name", "text", "scale", "position"),
    "judgement": (
        "id", "guid", "case_id", "code_id", "proposition_id", "coder_id", "settled", "value",
        "reason", "created", "modified",
    ),
    "judgement_evidence": ("id", "judgement_id", "coding_id", "side", "position"),
    "claim": (
        "id", "guid", "text", "note", "status", "position", "coder_id", "created", "modified",
    ),
    "claim_evidence": ("id", "claim_id", "coding_id", "side", "position"),
}  # fmt: skip
