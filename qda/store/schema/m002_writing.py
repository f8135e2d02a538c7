"""Version 1.1, writing up: queries, recipes, and where quotes are used."""

TABLES: tuple[str, ...] = ()

INDEXES: tuple[str, ...] = ()

LOGGED: dict[str, tuple[str, ...]] = {}
