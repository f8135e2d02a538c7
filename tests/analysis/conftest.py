"""Small projects for the counting tests, made by plain SQL."""

import sqlite3
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from qda.model.changes import Changes
from qda.model.ids import new_guid
from qda.model.messages import message
from qda.store import project_file
from qda.store.history import OpenStep
from qda.text.normalise import text_hash
from qda.text.words import count_words

PARTICIPANT_CASES = "SELECT case_id FROM participant_case WHERE participant_id = ?"
CODING_CASES = "SELECT case_id FROM coding_case WHERE coding_id = ?"
DOCUMENT_CASES = "SELECT case_id FROM document_case WHERE document_id = ?"
AT = "2026-01-01T12:00:00.000Z"


class Study:
    """A project that is filled statement by statement; every method returns the new id."""

    def __init__(self, project: project_file.ProjectFile) -> None:
        self.project = project
        self.connection: sqlite3.Connection = project.connection
        self.ids: dict[str, int] = {}

    def step(self) -> AbstractContextManager[OpenStep]:
        return self.project.step(message("Set up"), "Test")

    def _insert(self, sql: str, *values: object) -> int:
        return int(self.connection.execute(sql, values).lastrowid or 0)

    def coder(self, name: str) -> int:
        return self._insert(
            "INSERT INTO coder (guid, name, color) VALUES (?, ?, '#112233')", new_guid(), name
        )

    def document(self, name: str, text: str) -> int:
        digest = text_hash(text)
        self.connection.execute(
            "INSERT OR IGNORE INTO text_body (hash, text) VALUES (?, ?)", (digest, text)
        )
        return self._insert(
            "INSERT INTO document (guid, name, kind, language, file_name, file_type, encoding,"
            " text_hash, characters, words, created)"
            " VALUES (?, ?, 'interview', 'nb', '', 'txt', 'utf-8', ?, ?, ?, ?)",
            new_guid(), name, digest, len(text), count_words(text), AT,
        )  # fmt: skip

    def participant(self, name: str, *, interviewer: bool = False) -> int:
        return self._insert(
            "INSERT INTO participant (guid, name, interviewer) VALUES (?, ?, ?)",
            new_guid(), name, int(interviewer),
        )  # fmt: skip

    def turn(
        self,
        document: int,
        number: int,
        span: tuple[int, int, int],
        participant: int | None,
        *,
        interviewer: bool = False,
        label: str = "",
    ) -> int:
        return self._insert(
            'INSERT INTO turn (document_id, number, label_start, start, "end", label,'
            " participant_id, interviewer) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            document, number, *span, label, participant, int(interviewer),
        )  # fmt: skip

    def code(
        self, name: str, parent: int | None = None, position: int = 0, color: str = "#3f6fa8"
    ) -> int:
        return self._insert(
            "INSERT INTO code (guid, parent_id, name, position, color, definition, include,"
            " exclude, example, keywords, scale, shortcut)"
            " VALUES (?, ?, ?, ?, ?, '', '', '', '', '[]', '[]', '')",
            new_guid(), parent, name, position, color,
        )  # fmt: skip

    def coding(
        self,
        document: int,
        code: int,
        span: tuple[int, int],
        coder: int = 1,
        stance: str | None = None,
        memo: str = "",
    ) -> int:
        text = self.connection.execute(
            "SELECT text FROM text_body JOIN document ON text_hash = hash WHERE id = ?",
            (document,),
        ).fetchone()[0]
        return self._insert(
            'INSERT INTO coding (guid, document_id, code_id, coder_id, start, "end", quote, stance,'
            " memo, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            new_guid(), document, code, coder, *span, text[span[0] : span[1]], stance, memo, AT,
        )  # fmt: skip

    def case(self, name: str, position: int = 0) -> int:
        return self._insert(
            'INSERT INTO "case" (guid, name, pseudonym, position) VALUES (?, ?, \'\', ?)',
            new_guid(), name, position,
        )  # fmt: skip

    def link(self, table: str, subject: int, case: int) -> int:
        return self._insert(
            f"INSERT OR IGNORE INTO {table}_case ({table}_id, case_id) VALUES (?, ?)",
            subject, case,
        )  # fmt: skip

    def variable(
        self, subject: str, name: str, kind: str = "text", *, periodic: bool = False
    ) -> int:
        return self._insert(
            "INSERT INTO variable (guid, subject, name, type, periodic, position)"
            " VALUES (?, ?, ?, ?, ?, 0)",
            new_guid(), subject, name, kind, int(periodic),
        )  # fmt: skip

    def value(self, variable: int, subject: int, value: object, period: str = "") -> int:
        text, number = (value, None) if isinstance(value, str) else (None, float(str(value)))
        if isinstance(value, bool):
            number = float(value)
        return self._insert(
            "INSERT INTO value (variable_id, subject_id, period, text, number)"
            " VALUES (?, ?, ?, ?, ?)",
            variable, subject, period, text, number,
        )  # fmt: skip

    def kind(self, name: str) -> int:
        return self._insert(
            "INSERT INTO group_kind (guid, name, position) VALUES (?, ?, 0)", new_guid(), name
        )

    def group(self, kind: int, name: str) -> int:
        return self._insert(
            "INSERT INTO case_group (guid, kind_id, name) VALUES (?, ?, ?)",
            new_guid(), kind, name,
        )  # fmt: skip

    def member(self, case: int, group: int, since: str = "", until: str = "") -> int:
        return self._insert(
            "INSERT INTO membership (guid, case_id, group_id, since, until) VALUES (?, ?, ?, ?, ?)",
            new_guid(), case, group, since, until,
        )  # fmt: skip

    def succession(self, old: int, new: int, at: str, kind: str = "merger") -> int:
        return self._insert(
            "INSERT INTO succession (guid, kind, at, old_case_id, new_case_id)"
            " VALUES (?, ?, ?, ?, ?)",
            new_guid(), kind, at, old, new,
        )  # fmt: skip

    def remove(self, table: str, ids: Iterable[int]) -> None:
        self.connection.executemany(f'DELETE FROM "{table}" WHERE id = ?', ((one,) for one in ids))

    def changed(self, table: str, ids: Iterable[int]) -> Changes:
        return Changes({table: frozenset(ids)})

    def slow_pairs(self, coding: int) -> tuple[set[tuple[int | None, int | None]], str]:
        """Resolve one coding by asking the database, step by step."""
        ask = self.connection.execute
        document, start, end = ask(
            'SELECT document_id, start, "end" FROM coding WHERE id = ?', (coding,)
        ).fetchone()
        touched = [
            (participant, bool(interviewer))
            for label_start, turn_end, participant, interviewer in ask(
                'SELECT label_start, "end", participant_id, interviewer FROM turn'
                " WHERE document_id = ?",
                (document,),
            )
            if start < turn_end and label_start < end
        ]
        answering = [participant for participant, interviewer in touched if not interviewer]
        speakers = answering if answering else [participant for participant, _ in touched]
        people = {participant for participant in speakers if participant is not None}
        own_of = {
            person: {
                row[0]
                for row in ask(
                    "SELECT case_id FROM participant_case WHERE participant_id=?", (person,)
                )
            }
            for person in people
        }
        origin = "coding"
        cases = {row[0] for row in ask(CODING_CASES, (coding,))}
        if not cases:
            origin, cases = "speaker", set().union(*own_of.values())
        if not cases:
            origin = "document"
            cases = {row[0] for row in ask(DOCUMENT_CASES, (document,))}
        if not cases:
            origin = "none"
        pairs: set[tuple[int | None, int | None]] = set()
        for person in people:
            mine = own_of[person] & cases
            pairs |= {(person, case) for case in mine or cases or {None}}
        for case in cases - {case for _, case in pairs}:
            pairs |= {(person, case) for person in people or {None}}
        return pairs or {(None, None)}, origin

    def clear(self) -> None:
        """Empty the project, so that hypothesis can fill it again."""
        with self.step():
            for table in (
                "membership", "succession", "case_group", "group_kind",
                "value", "variable", "coding_case", "participant_case", "document_case", "coding",
                "code", "turn", "participant", "document", "case", "text_body",
            ):  # fmt: skip
                self.connection.execute(f'DELETE FROM "{table}"')
            self.connection.execute("DELETE FROM coder WHERE id > 1")
        self.connection.execute("DELETE FROM history_step")


@pytest.fixture(scope="module")
def shared_study(tmp_path_factory: pytest.TempPathFactory) -> Generator[Study]:
    """One project for many generated examples; each clears it first."""
    path: Path = tmp_path_factory.mktemp("study") / "study.qdaproj"
    project = project_file.create(path, name="Study", coder="Ane")
    yield Study(project)
    project.close()


@pytest.fixture
def study(tmp_path: Path) -> Generator[Study]:
    project = project_file.create(tmp_path / "study.qdaproj", name="Study", coder="Ane")
    yield Study(project)
    project.close()
