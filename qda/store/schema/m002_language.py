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
    """CREATE TABLE saved_search (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        question TEXT NOT NULL,
        created TEXT NOT NULL
    ) STRICT""",
)

INDEXES: tuple[str, ...] = ()

LOGGED: dict[str, tuple[str, ...]] = {
    "saved_search": ("id", "guid", "name", "question", "created"),
}
