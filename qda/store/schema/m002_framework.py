"""Version 1.1, judgements: framework cells, grades, propositions and claims with evidence."""

TABLES: tuple[str, ...] = ()

INDEXES: tuple[str, ...] = ()

LOGGED: dict[str, tuple[str, ...]] = {}
