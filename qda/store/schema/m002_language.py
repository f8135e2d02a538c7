"""Version 1.1, language work: guides, suggestions, pseudonyms, and the index of words.

The index is derived: it is not logged, and made anew where `made_of` no longer fits the text. It
holds every word of the sources, so whoever removes words for good clears it too.
"""

TABLES: tuple[str, ...] = (
    """CREATE TABLE word_form (
        id INTEGER PRIMARY KEY,
        language TEXT NOT NULL CHECK (language IN ('nb', 'nn', 'en')),
        form TEXT NOT NULL,
        lemmas TEXT NOT NULL,
        others TEXT NOT NULL,
        parts TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE word_index (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL UNIQUE REFERENCES document(id) ON DELETE CASCADE,
        made_of TEXT NOT NULL,
        words INTEGER NOT NULL CHECK (words >= 0),
        forms BLOB NOT NULL,
        places BLOB NOT NULL,
        sentences BLOB NOT NULL
    ) STRICT""",
    # What was decided of a name, for the next scan: `forms` is a list, `places` lists the hits that
    # are to stay, each as what stands before, the hit, and what stands behind. A `chosen` one is a
    # name that the user added.
    """CREATE TABLE name_decision (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN (
            'person', 'place', 'address', 'office', 'email', 'phone', 'identity')),
        name TEXT NOT NULL CHECK (name <> ''),
        forms TEXT NOT NULL,
        replacement TEXT NOT NULL,
        decision TEXT NOT NULL CHECK (decision IN ('open', 'accepted', 'rejected')),
        places TEXT NOT NULL,
        chosen INTEGER NOT NULL CHECK (chosen IN (0, 1))
    ) STRICT""",
    # That names were replaced, never which. `settled` says whether the file was rewritten since.
    """CREATE TABLE pseudonymising (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        coder TEXT NOT NULL,
        names INTEGER NOT NULL CHECK (names >= 0),
        places INTEGER NOT NULL CHECK (places >= 0),
        settled INTEGER NOT NULL CHECK (settled IN (0, 1)),
        reversed TEXT NOT NULL
    ) STRICT""",
    # What was decided of a proposed coding. It says where, never what stands there; it moves along
    # when the text is corrected.
    """CREATE TABLE suggestion_decision (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
        code_id INTEGER NOT NULL REFERENCES code(id) ON DELETE CASCADE,
        coder_id INTEGER NOT NULL REFERENCES coder(id),
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        engine TEXT NOT NULL CHECK (engine IN ('rules', 'learned')),
        decision TEXT NOT NULL CHECK (decision IN ('accepted', 'rejected', 'later')),
        coding_id INTEGER REFERENCES coding(id) ON DELETE SET NULL,
        at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE saved_search (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        question TEXT NOT NULL,
        created TEXT NOT NULL
    ) STRICT""",
)

INDEXES: tuple[str, ...] = (
    "CREATE INDEX suggestion_decision_document ON suggestion_decision (document_id, code_id)",
    "CREATE INDEX suggestion_decision_code ON suggestion_decision (code_id)",
    "CREATE INDEX suggestion_decision_coding ON suggestion_decision (coding_id)",
)

LOGGED: dict[str, tuple[str, ...]] = {
    "name_decision": (
        "id", "guid", "kind", "name", "forms", "replacement", "decision", "places",
        "chosen",
    ),
    "pseudonymising": ("id", "guid", "at", "coder", "names", "places", "settled", "reversed"),
    "suggestion_decision": (
        "id", "guid", "document_id", "code_id", "coder_id", "start", "end", "engine", "decision",
        "coding_id", "at",
    ),
    "saved_search": ("id", "guid", "name", "question", "created"),
}  # fmt: skip
