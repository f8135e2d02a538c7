"""The schema of a project file, statement by statement, a module for each migration and area.

Texts and the bytes of imported files are kept by their hash in tables of their own: they never
change, so history need not log them, and joins that do not need them stay fast. Every other
table has an integer `id`, which is what history and `Changes` name a row by.

A table that has been shipped is never altered, since a file is compared with these statements
word for word: what is new about an old entity stands in a table beside it.
"""

from qda.store.schema import (
    m001,
    m002_agreement,
    m002_codes,
    m002_exchange,
    m002_framework,
    m002_groups,
    m002_guides,
    m002_imports,
    m002_language,
    m002_memos,
    m002_texts,
    m002_writing,
)  # fmt: skip

APPLICATION_ID = 0x51444131
"""`QDA1`: written into the file's header, so that a foreign database is told at once."""

MAJOR = 1
MINOR = 1
USER_VERSION = MAJOR << 16 | MINOR

_M002 = (
    m002_memos,
    m002_texts,
    m002_imports,
    m002_exchange,
    m002_groups,
    m002_framework,
    m002_writing,
    m002_language,
    m002_codes,
    m002_agreement,
    m002_guides,
)  # fmt: skip

M001: tuple[str, ...] = m001.TABLES + m001.INDEXES
M002: tuple[str, ...] = tuple(
    statement for area in _M002 for statement in area.TABLES + area.INDEXES
)
"""The statements of each migration, in their order."""

CURRENT: tuple[str, ...] = M001 + M002
"""Every statement of the schema that this version writes; a foreign object is one not here."""

LOGGED: dict[str, tuple[str, ...]] = {
    **m001.LOGGED,
    **{table: columns for area in _M002 for table, columns in area.LOGGED.items()},
}
"""The tables whose rows history logs, with all their columns."""

REAL_COLUMNS = frozenset({("value", "number")})
"""Columns that JSON would round; they are logged as texts that read back to the same number."""
