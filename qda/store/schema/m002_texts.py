"""Version 1.1, texts: their earlier versions, and the recordings they were written from."""

TABLES: tuple[str, ...] = ()

INDEXES: tuple[str, ...] = ()

LOGGED: dict[str, tuple[str, ...]] = {}
