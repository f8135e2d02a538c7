"""Version 1.1, cases in groups: bands of a variable, memberships with dates, mergers, scores."""

_DATE = "GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'"
_MONTH = "[0-9][0-9][0-9][0-9]-[0-1][0-9]"

TABLES: tuple[str, ...] = (
    # A definition, never its result: bands are counted anew whenever values change. `points` and
    # `labels` are JSON lists; `period` is empty for the latest, a month, or two for a mean.
    f"""CREATE TABLE banding (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        variable_id INTEGER NOT NULL REFERENCES variable(id) ON DELETE CASCADE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        method TEXT NOT NULL CHECK (method IN ('points', 'quantiles', 'width')),
        points TEXT NOT NULL,
        parts INTEGER NOT NULL CHECK (parts = 0 OR parts BETWEEN 2 AND 20),
        period TEXT NOT NULL CHECK (
            period = '' OR period GLOB '{_MONTH}' OR period GLOB '{_MONTH}/{_MONTH}'),
        labels TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE group_kind (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        position INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE case_group (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        kind_id INTEGER NOT NULL REFERENCES group_kind(id) ON DELETE CASCADE,
        name TEXT NOT NULL CHECK (name <> ''),
        UNIQUE (kind_id, name)
    ) STRICT""",
    # Both days count; an empty one is open. That those of one kind do not overlap is a rule of
    # `qda.model.groups`, kept by the operations and examined by the doctor.
    f"""CREATE TABLE membership (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        case_id INTEGER NOT NULL REFERENCES "case"(id) ON DELETE CASCADE,
        group_id INTEGER NOT NULL REFERENCES case_group(id) ON DELETE CASCADE,
        since TEXT NOT NULL CHECK (since = '' OR since {_DATE}),
        until TEXT NOT NULL CHECK (until = '' OR until {_DATE}),
        CHECK (since = '' OR until = '' OR since <= until),
        UNIQUE (case_id, group_id, since)
    ) STRICT""",
    # A row for each pair: a merger of three offices into one has three. `at` is the first day of
    # the successor. Groups have none: what became of a county stands in the memberships of its
    # offices, since a county that is divided goes to different ones.
    f"""CREATE TABLE succession (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('merger', 'split', 'renaming')),
        at TEXT NOT NULL CHECK (at {_DATE}),
        old_case_id INTEGER NOT NULL REFERENCES "case"(id) ON DELETE CASCADE,
        new_case_id INTEGER NOT NULL REFERENCES "case"(id) ON DELETE CASCADE,
        CHECK (old_case_id <> new_case_id),
        UNIQUE (old_case_id, new_case_id)
    ) STRICT""",
    """CREATE TABLE score_sheet (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        low INTEGER NOT NULL,
        high INTEGER NOT NULL,
        CHECK (low < high)
    ) STRICT""",
    # What the scores come to for each case is counted when it is asked for, never kept.
    """CREATE TABLE score_item (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        sheet_id INTEGER NOT NULL REFERENCES score_sheet(id) ON DELETE CASCADE,
        name TEXT NOT NULL CHECK (name <> ''),
        position INTEGER NOT NULL,
        UNIQUE (sheet_id, name)
    ) STRICT""",
    """CREATE TABLE score_file (
        id INTEGER PRIMARY KEY,
        guid TEXT NOT NULL UNIQUE,
        sheet_id INTEGER NOT NULL REFERENCES score_sheet(id) ON DELETE CASCADE,
        case_id INTEGER NOT NULL REFERENCES "case"(id) ON DELETE CASCADE,
        name TEXT NOT NULL CHECK (name <> ''),
        UNIQUE (sheet_id, case_id, name)
    ) STRICT""",
    """CREATE TABLE score (
        id INTEGER PRIMARY KEY,
        file_id INTEGER NOT NULL REFERENCES score_file(id) ON DELETE CASCADE,
        item_id INTEGER NOT NULL REFERENCES score_item(id) ON DELETE CASCADE,
        rater TEXT NOT NULL,
        value INTEGER NOT NULL,
        UNIQUE (file_id, item_id, rater)
    ) STRICT""",
)

INDEXES: tuple[str, ...] = (
    "CREATE INDEX banding_variable ON banding (variable_id)",
    "CREATE INDEX membership_group ON membership (group_id)",
    "CREATE INDEX succession_new_case ON succession (new_case_id)",
    "CREATE INDEX score_file_case ON score_file (case_id)",
    "CREATE INDEX score_of_item ON score (item_id)",
)

LOGGED: dict[str, tuple[str, ...]] = {
    "banding": (
        "id", "guid", "variable_id", "name", "method", "points", "parts", "period", "labels",
        "position",
    ),
    "group_kind": ("id", "guid", "name", "position"),
    "case_group": ("id", "guid", "kind_id", "name"),
    "membership": ("id", "guid", "case_id", "group_id", "since", "until"),
    "succession": ("id", "guid", "kind", "at", "old_case_id", "new_case_id"),
    "score_sheet": ("id", "guid", "name", "low", "high"),
    "score_item": ("id", "guid", "sheet_id", "name", "position"),
    "score_file": ("id", "guid", "sheet_id", "case_id", "name"),
    "score": ("id", "file_id", "item_id", "rater", "value"),
}  # fmt: skip
