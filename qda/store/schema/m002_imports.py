"""Version 1.1, what came in: reports of imports, and what is carried along for other tools."""

TABLES: tuple[str, ...] = ()

INDEXES: tuple[str, ...] = ()

LOGGED: dict[str, tuple[str, ...]] = {}
