"""Version 1.1, cases in groups: bands of a variable, memberships with dates, mergers."""

TABLES: tuple[str, ...] = ()

INDEXES: tuple[str, ...] = ()

LOGGED: dict[str, tuple[str, ...]] = {}
