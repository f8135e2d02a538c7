"""Rows that all move by the same are one entry of the history, and it undoes exactly."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.model.errors import ProjectProblem
from qda.model.messages import message
from qda.operations import corrections
from qda.store import codings as coding_rows
from qda.store import history, project_file, row_checks, shifts
from qda.store.project_file import ProjectFile
from qda.text.edits import Edit

Dump = Callable[[ProjectFile], dict[str, list[tuple[object, ...]]]]
MOVE = message("Correct a text")
IDS = st.sets(st.integers(1, 60), min_size=1)
BY = st.dictionaries(
    st.sampled_from(shifts.MOVED["turn"]), st.integers(-9, 9).filter(bool), min_size=1
)


@given(by=BY, ids=IDS)
def test_what_is_kept_is_read_again(by: dict[str, int], ids: set[int]) -> None:
    made = shifts.made("turn", by, ids)
    assert list(made.ids()) == sorted(ids)
    kept = shifts.read("turn", made.written())
    assert kept is not None
    assert (dict(kept.by), kept.runs) == (by, made.runs)
    back = shifts.read("turn", made.written(back=True))
    assert back is not None
    assert dict(back.by) == {column: -distance for column, distance in by.items()}
    assert shifts.are_opposite("turn", made.written(back=True), made.written())
    assert not shifts.are_opposite("turn", made.written(), made.written())


def moved(project: ProjectFile, by: int, ids: set[int], deleted: int, placed: int) -> None:
    """Do in one step what a correction does: move many, place one, remove one."""
    connection = project.connection
    with project.step(MOVE, "Kari"):
        history.shift(connection, "coding", {"start": by, "end": by}, ids)
        connection.execute(
            'UPDATE coding SET start = start + 1, "end" = "end" + 1 WHERE id = ?', (placed,)
        )
        connection.execute("DELETE FROM coding WHERE id = ?", (deleted,))
        history.shift(connection, "coding", {"start": 1, "end": 1}, ids - {deleted})


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_moves_among_other_changes_are_undone_and_redone_exactly(
    closed_bytes: bytes, tmp_path: Path, dump: Dump, data: st.DataObject
) -> None:
    path = tmp_path / "prosjekt.qdaproj"
    path.write_bytes(closed_bytes)
    with closing(project_file.open_project(path)) as project:
        states = [dump(project)]
        for _ in range(data.draw(st.integers(1, 3))):
            there = [one.id for one in coding_rows.all_codings(project.connection)]
            if not there:
                break
            one = st.sampled_from(there)
            ids = data.draw(st.sets(one, min_size=1))
            moved(project, data.draw(st.integers(0, 9)), set(ids), data.draw(one), data.draw(one))
            states.append(dump(project))
    with closing(project_file.open_project(path)) as project:
        for state in reversed(states[:-1]):
            assert project.undo("Kari") is not None
            assert dump(project) == state
    with closing(project_file.open_project(path)) as project:
        for state in states[1:]:
            assert project.redo("Kari") is not None
            assert dump(project) == state
        check = next(one for one in row_checks.CHECKS if one.code == "history")
        assert check.count(project.connection) == 0


def test_every_row_is_told_counted_and_named(filled: ProjectFile) -> None:
    codings = coding_rows.all_codings(filled.connection)
    ids = {one.id for one in codings}
    with filled.step(MOVE, "Kari") as step:
        history.shift(filled.connection, "coding", {"start": 3, "end": 3}, ids)
        assert history.has_changed(filled.connection)
    assert step.changes.of("coding") == ids
    counts, guids = filled.connection.execute(
        "SELECT entities, guids FROM audit ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert json.loads(counts) == {"coding": len(ids)}
    assert set(json.loads(guids)) == {one.guid for one in codings}
    undone = filled.undo("Kari")
    assert undone is not None
    assert undone[1].of("coding") == ids


def test_what_moves_nowhere_is_no_change(filled: ProjectFile) -> None:
    with filled.step(MOVE, "Kari") as step:
        history.shift(filled.connection, "coding", {"start": 0, "end": 0}, [1])
        history.shift(filled.connection, "coding", {"start": 1, "end": 1}, [])
    assert step.id is None


def test_a_row_that_is_not_there_undoes_the_whole_step(filled: ProjectFile, dump: Dump) -> None:
    before = dump(filled)
    with pytest.raises(KeyError), filled.step(MOVE, "Kari"):
        history.shift(filled.connection, "coding", {"start": 3, "end": 3}, [1, 999])
    assert dump(filled) == before
    # What is changed from then on is logged as ever.
    with filled.step(MOVE, "Kari") as step:
        filled.connection.execute('UPDATE coding SET start = 0, "end" = "end" - start WHERE id = 1')
    assert step.changes.of("coding") == {1}
    assert filled.undo("Kari") is not None
    assert dump(filled) == before


def test_a_shift_is_put_back_before_anything_was_logged(filled: ProjectFile, dump: Dump) -> None:
    """A project that was just opened may be undone before it has the triggers that log."""
    path, before = filled.path, dump(filled)
    with filled.step(MOVE, "Kari"):
        history.shift(filled.connection, "coding", {"start": 3, "end": 3}, [1])
    after = dump(filled)
    filled.close()
    with closing(project_file.open_project(path)) as again:
        assert again.undo("Kari") is not None
        assert dump(again) == before
        assert again.redo("Kari") is not None
        assert dump(again) == after


def test_rows_behind_a_word_are_one_entry_however_many(filled: ProjectFile) -> None:
    coding = coding_rows.all_codings(filled.connection)[0]
    corrections.correct_text(
        filled, coder="Kari", document=coding.document, edits=[Edit(0, 0, "Ja. ")]
    )
    entries = filled.connection.execute(
        "SELECT entity FROM history_row WHERE row_id = ?"
        " AND step_id = (SELECT max(id) FROM history_step) ORDER BY entity",
        (shifts.NO_ROW,),
    ).fetchall()
    assert entries == [("coding",), ("turn",)]


@pytest.mark.parametrize(
    "image",
    [
        '{"shift": {"start": 1}}',
        '{"shift": {"start": 1}, "rows": []}',
        '{"shift": {}, "rows": [[1, 1]]}',
        '{"shift": {"memo": 1}, "rows": [[1, 1]]}',
        '{"shift": {"start": "1"}, "rows": [[1, 1]]}',
        '{"shift": {"start": true}, "rows": [[1, 1]]}',
        '{"shift": {"start": 1}, "rows": [[2, 1]]}',
        '{"shift": {"start": 1}, "rows": [[1, 3], [2, 4]]}',
        '{"shift": {"start": 1}, "rows": [[1]]}',
        '{"shift": {"start": 1, "end": 1}, "rows": [[1, 900000000000000]]}',
        '{"shift": {"start": 9999999999999999, "end": 9999999999999999}, "rows": [[1, 1]]}',
        '{"shift": {"start": 100, "end": 1}, "rows": [[1, 1]]}',
    ],
)
def test_a_strangers_shift_breaks_the_history_and_nothing_else(
    filled: ProjectFile, dump: Dump, image: str
) -> None:
    coding = coding_rows.all_codings(filled.connection)[0]
    with filled.step(MOVE, "Kari"):
        history.shift(filled.connection, "coding", {"start": 1, "end": 1}, [coding.id])
    filled.connection.execute(
        "UPDATE history_row SET before = ? WHERE step_id = (SELECT max(id) FROM history_step)",
        (image,),
    )
    held = dump(filled)
    with pytest.raises(ProjectProblem):
        filled.undo("Kari")
    assert dump(filled) == held
    check = next(one for one in row_checks.CHECKS if one.code == "history")
    assert check.count(filled.connection) == 1
