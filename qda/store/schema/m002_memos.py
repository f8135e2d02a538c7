"""Version 1.1, memos: what links them, and what they said before."""

TABLES: tuple[str, ...] = ()

INDEXES: tuple[str, ...] = ()

LOGGED: dict[str, tuple[str, ...]] = {}
