"""Version 1.1, codes: sets of codes that belong together for some purpose, beside their tree."""

TABLES: tuple[str, ...] = (
    """CREATE TABLE code_set (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        description TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT""",
    # The codes themselves: those below one are members only where they stand here too.
    """CREATE TABLE code_set_member (
        id INTEGER PRIMARY KEY,
        code_set_id INTEGER NOT NULL REFERENCES code_set(id) ON DELETE CASCADE,
        code_id INTEGER NOT NULL REFERENCES code(id) ON DELETE CASCADE,
        UNIQUE (code_set_id, code_id)
    ) STRICT""",
)

INDEXES: tuple[str, ...] = ("CREATE INDEX code_set_member_code ON code_set_member (code_id)",)

LOGGED: dict[str, tuple[str, ...]] = {
    "code_set": ("id", "guid", "name", "description", "position"),
    "code_set_member": ("id", "code_set_id", "code_id"),
}
