"""Undo and redo over random sequences of operations, restarts included."""

import struct
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.model.codebook import Codebook, CodebookCode
from qda.model.errors import UserError
from qda.model.messages import message
from qda.operations import (
    cases,
    codebook,
    codes,
    codings,
    corrections,
    documents,
    memos,
    monthly_values,
    participants,
    projects,
    variables,
)  # fmt: skip
from qda.store import cases as case_rows
from qda.store import codes as code_rows
from qda.store import codings as coding_rows
from qda.store import documents as document_rows
from qda.store import history, project_file, row_checks
from qda.store import memos as memo_rows
from qda.store import participants as participant_rows
from qda.store import variables as variable_rows
from qda.store.project_file import ProjectFile
from qda.text.edits import Edit

Row = Any

T = TypeVar("T")
Dump = Callable[[ProjectFile], dict[str, list[tuple[object, ...]]]]
COMMON = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
texts = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1, max_size=12
).filter(str.strip)
numbers = st.floats(allow_nan=False, allow_infinity=False)


def pick(rows: Sequence[T], number: int) -> T:
    return rows[number % len(rows)]


class Actor:
    """Does one operation of any kind with what the project holds."""

    def __init__(self, maker: ModuleType) -> None:
        self.maker = maker
        self.kinds = [getattr(self, name) for name in sorted(dir(self)) if name.startswith("do_")]

    def act(self, project: ProjectFile, kind: int, n: int, text: str, number: float) -> None:
        try:
            self.kinds[kind % len(self.kinds)](project, n, text, number)
        except (UserError, ZeroDivisionError):
            return  # a name that is taken, or nothing there to work on

    def do_import(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        body = f"Leder: {text}\nIntervjuer: {text * 3}\n" * (n % 3 + 1)
        read = [self.maker.read(text, body) for _ in range(n % 3)]
        documents.import_documents(project, coder="Kari", read=read)

    def do_code(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        new = []
        for step in range(n % 5 + 1):
            document = pick(document_rows.all_documents(project.connection), n + step)
            code = pick(code_rows.all_codes(project.connection), n * 3 + step)
            start = n % document.characters
            end = min(document.characters, start + 1 + step)
            new.append(codings.NewCoding(document.id, code.id, start, end, memo=text))
        codings.add_codings(project, coder=text, new=new)

    def do_recode(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        every = coding_rows.all_codings(project.connection)
        code = pick(code_rows.all_codes(project.connection), n)
        ids = [one.id for one in every[n % 3 :: 2]]
        codings.recode(project, coder="Kari", coding_ids=ids, code=code.id)

    def do_uncode(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        every = coding_rows.all_codings(project.connection)
        codings.remove_codings(project, coder="Kari", coding_ids=[one.id for one in every[n % 4 :]])

    def do_resize(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        one = pick(coding_rows.all_codings(project.connection), n)
        codings.resize_coding(project, coder="Kari", coding=one.id, start=n % 7, end=n % 7 + 3)

    def do_book(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        every = code_rows.all_codes(project.connection)
        old = tuple(
            CodebookCode(text + str(i), guid=one.guid, definition=text)
            for i, one in enumerate(every[n % 3 :: 2])
        )
        book = Codebook("b", (CodebookCode(text, children=old, keywords=(text,)),))
        codebook.apply_codebook(project, coder="Kari", codebook=book)

    def do_code_merge(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        every = code_rows.all_codes(project.connection)
        keep, other = pick(every, n), pick(every, n // 7)
        codes.merge_codes(project, coder="Kari", keep=keep.id, other=other.id)

    def do_code_move(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        every = code_rows.all_codes(project.connection)
        parent = None if n % 3 == 0 else pick(every, n // 5).id
        moved = pick(every, n).id
        codes.move_code(project, coder="Kari", code=moved, parent=parent, position=n % 4)

    def do_code_remove(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        gone = pick(code_rows.all_codes(project.connection), n)
        codes.remove_code(project, coder="Kari", code=gone.id)

    def do_code_add(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        codes.add_code(project, coder="Kari", name=text)

    def do_document_remove(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        gone = pick(document_rows.all_documents(project.connection), n)
        documents.remove_document(project, coder="Kari", document=gone.id)

    def do_document_rename(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        one = pick(document_rows.all_documents(project.connection), n)
        documents.rename_document(project, coder="Kari", document=one.id, name=text)

    def do_correct(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        one = pick(document_rows.all_documents(project.connection), n)
        at = n % one.characters
        removed = min(n % 4, one.characters - at)
        edits = [Edit(at, at + removed, text)]
        corrections.correct_text(
            project, coder="Kari", document=one.id, edits=edits, drop_lost=True
        )

    def do_case(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        cases.add_case(project, coder="Kari", name=text, pseudonym=text)

    def do_link(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        connection = project.connection
        case = pick(case_rows.all_cases(connection), n).id
        cases.link_cases(
            project, coder="Kari", case=case, linked=n % 4 > 0,
            documents=[one.id for one in document_rows.all_documents(connection)[: n % 2 + 1]],
            participants=[one.id for one in participant_rows.all_participants(connection)[: n % 3]],
            coding_ids=[one.id for one in coding_rows.all_codings(connection)[: n % 4]],
        )  # fmt: skip

    def do_case_remove(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        gone = pick(case_rows.all_cases(project.connection), n)
        cases.remove_case(project, coder="Kari", case=gone.id)

    def do_values(self, project: ProjectFile, n: int, text: str, number: float) -> None:
        case = pick(case_rows.all_cases(project.connection), n).name
        value = text if n % 5 == 0 else number
        rows = [monthly_values.PeriodValue(case, f"2012-{n % 12 + 1:02d}", text, value)]
        monthly_values.import_period_values(project, coder="Kari", values=rows)

    def do_variable_remove(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        gone = pick(variable_rows.all_variables(project.connection), n)
        variables.remove_variable(project, coder="Kari", variable=gone.id)

    def do_memo(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        coding = pick(coding_rows.all_codings(project.connection), n)
        memos.add_memo(project, coder=text, on="coding", target=coding.id, text=text)

    def do_memo_edit(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        one = pick(memo_rows.all_memos(project.connection), n)
        memos.edit_memo(project, coder="Kari", memo=one.id, text=text)

    def do_join(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        every = participant_rows.all_participants(project.connection)
        keep, other = pick(every, n), pick(every, n // 3)
        participants.join_participants(project, coder="Kari", keep=keep.id, other=other.id)

    def do_participant_remove(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        gone = pick(participant_rows.all_participants(project.connection), n)
        participants.remove_participant(project, coder="Kari", participant=gone.id)

    def do_coder(self, project: ProjectFile, n: int, text: str, number: float) -> None:  # noqa: ARG002
        projects.choose_coder(project, coder="Kari", name=text)


def sound(project: ProjectFile) -> None:
    connection = project.connection
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    faults = [check.code for check in row_checks.CHECKS if check.count(connection)]
    assert faults == []


acts = st.lists(
    st.tuples(st.integers(0, 99), st.integers(0, 500), texts, numbers), min_size=1, max_size=12
)


@COMMON
@given(acts=acts, restart=st.integers(0, 12))
def test_undo_and_redo_are_each_others_inverse(
    tmp_path_factory: pytest.TempPathFactory,
    closed_bytes: bytes,
    maker: ModuleType,
    dump: Dump,
    acts: Row,
    restart: int,
) -> None:
    actor = Actor(maker)
    path: Path = tmp_path_factory.mktemp("h") / "p.qdaproj"
    path.write_bytes(closed_bytes)
    project = project_file.open_project(path)
    try:
        states = [dump(project)]
        kept = len(history.steps(project.connection))
        for kind, n, text, number in acts:
            actor.act(project, kind, n, text, number)
            sound(project)
            if len(history.steps(project.connection)) > kept + len(states) - 1:
                states.append(dump(project))
            assert dump(project) == states[-1]  # what makes no step changes nothing
        for place, state in enumerate(reversed(states[:-1])):
            if place == restart:
                project.close()
                project = project_file.open_project(path)
            assert project.undo("Kari") is not None
            assert dump(project) == state
            sound(project)
        for place, state in enumerate(states[1:]):
            if place == restart:
                project.close()
                project = project_file.open_project(path)
            assert project.redo("Kari") is not None
            assert dump(project) == state
            sound(project)
        assert project.redo("Kari") is None
    finally:
        project.close()


@COMMON
@given(values=st.lists(numbers, min_size=1, max_size=30))
def test_numbers_survive_undo_and_redo_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, closed_bytes: bytes, dump: Dump, values: list[float]
) -> None:
    values += [0.1 + 0.2, 1e-300, 1.7976931348623157e308, 5e-324, -0.0, 1.2321400751527562e266]
    path: Path = tmp_path_factory.mktemp("r") / "p.qdaproj"
    path.write_bytes(closed_bytes)
    with closing(project_file.open_project(path)) as project:
        rows = [
            monthly_values.PeriodValue(
                "Fjordvik", f"{1900 + at // 12}-{at % 12 + 1:02d}", "tal", value
            )
            for at, value in enumerate(values)
        ]
        monthly_values.import_period_values(project, coder="Kari", values=rows)
        before = dump(project)
        gone = next(
            one for one in variable_rows.all_variables(project.connection) if one.name == "tal"
        )
        variables.remove_variable(project, coder="Kari", variable=gone.id)
        project.undo("Kari")
        assert dump(project) == before
        kept = [
            one.value
            for one in variable_rows.values(project.connection, "case")
            if one.variable == gone.id
        ]
        # SQLite keeps whole numbers as integers, which know no minus zero.
        assert [struct.pack("d", float(one) + 0.0) for one in kept] == [
            struct.pack("d", one + 0.0) for one in values
        ]


def test_the_audit_never_holds_what_the_sources_say(filled: ProjectFile) -> None:
    filled.undo("Kari")
    filled.redo("Kari")
    with closing(filled.connection.execute("SELECT * FROM audit")) as cursor:
        everything = "\n".join(str(cell) for row in cursor for cell in row if cell != "Kari Kodar")
    for word in (
        "laget", "møte", "målte", "Fjordvik", "Åsheim", "Kontor A", "Leder", "styring", "leiar",
        "Kven", "Hugs", "rolle", "planar", "🙂", "Kvifor",
    ):  # fmt: skip
        assert word not in everything


def test_the_audit_is_never_shortened(filled: ProjectFile) -> None:
    count = len(history.audit_entries(filled.connection))
    while filled.undo("Kari") is not None:
        count += 1
        assert len(history.audit_entries(filled.connection)) == count


def test_an_operation_that_changes_nothing_leaves_no_step(filled: ProjectFile) -> None:
    before = len(history.steps(filled.connection)), len(history.audit_entries(filled.connection))
    one = coding_rows.all_codings(filled.connection)[0]
    codings.set_memo(filled, coder="Kari", coding=one.id, memo=one.memo)
    after = len(history.steps(filled.connection)), len(history.audit_entries(filled.connection))
    assert after == before


def test_history_is_capped_but_the_last_step_is_kept(
    empty: ProjectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MAX_STEPS", 5)
    for number in range(9):
        codes.add_code(empty, coder="Kari", name=f"k{number}")
    assert len(history.steps(empty.connection)) == 5
    monkeypatch.setattr(history, "MAX_BYTES", 10)
    codes.add_code(empty, coder="Kari", name="siste")
    assert len(history.steps(empty.connection)) == 1
    assert empty.connection.execute("SELECT count(*) FROM history_row").fetchone() == (1,)
    assert empty.undo("Kari") is not None
    assert empty.undo("Kari") is None


def test_a_new_step_ends_what_could_be_redone(empty: ProjectFile) -> None:
    codes.add_code(empty, coder="Kari", name="a")
    empty.undo("Kari")
    codes.add_code(empty, coder="Kari", name="b")
    assert empty.redo("Kari") is None


def test_texts_that_nothing_needs_go_on_closing_and_no_sooner(
    closed: Path, maker: ModuleType
) -> None:
    with closing(project_file.open_project(closed)) as project:
        documents.import_documents(project, coder="Kari", read=[maker.read("ny", "Ny tekst.")])
        project.undo("Kari")
    with closing(project_file.open_project(closed)) as project:
        assert project.redo("Kari") is not None
        document = document_rows.find(project.connection, "ny")[0]
        assert document_rows.text(project.connection, document.id) == "Ny tekst."
        project.undo("Kari")
        codes.add_code(project, coder="Kari", name="noko anna")
    with closing(project_file.open_project(closed)) as project:
        left = project.connection.execute("SELECT count(*) FROM text_body").fetchone()
        assert left == (1,)
        with project.step(message("Try"), "Kari") as step:
            pass
        assert step.id is None
