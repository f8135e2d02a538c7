"""Version 1.1, language work: guides, suggestions, pseudonyms, and the index of words."""

TABLES: tuple[str, ...] = ()

INDEXES: tuple[str, ...] = ()

LOGGED: dict[str, tuple[str, ...]] = {}
