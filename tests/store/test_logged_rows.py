"""What history logs of a row: all of one that came or went, only what changed of another."""

import json
import re
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from qda.model.errors import ProjectProblem
from qda.operations import codes, codings, corrections, documents
from qda.store import codings as coding_rows
from qda.store import documents as document_rows
from qda.store import history, project_file, row_checks, schema
from qda.store.project_file import ProjectFile
from qda.text.edits import Edit

Dump = Callable[[ProjectFile], dict[str, list[tuple[object, ...]]]]


def logged(project: ProjectFile) -> list[tuple[str, dict[str, object], dict[str, object]]]:
    """Return what the last step logged: table, before, after; a whole row is left out."""
    rows = project.connection.execute(
        "SELECT entity, before, after FROM history_row"
        " WHERE step_id = (SELECT max(id) FROM history_step) ORDER BY id"
    ).fetchall()
    return [
        (entity, json.loads(before), json.loads(after))
        for entity, before, after in rows
        if before is not None and after is not None
    ]


def test_of_a_row_that_changed_only_the_change_is_logged(filled: ProjectFile) -> None:
    coding = coding_rows.all_codings(filled.connection)[0]
    codings.set_memo(filled, coder="Kari", coding=coding.id, memo='Sa "ja"\n\\ og 🙂')
    ((entity, before, after),) = logged(filled)
    assert entity == "coding"
    assert before == {"id": coding.id, "memo": coding.memo}
    assert after == {"id": coding.id, "memo": 'Sa "ja"\n\\ og 🙂'}


def test_a_correction_logs_what_only_moves_as_one(filled: ProjectFile) -> None:
    codes = coding_rows.all_codings(filled.connection)
    document = codes[0].document
    behind = {one.id for one in codes if one.document == document and one.start > 0}
    assert behind
    done = corrections.correct_text(
        filled, coder="Kari", document=document, edits=[Edit(0, 0, "\n\n")]
    )
    moved = [(before, after) for entity, before, after in logged(filled) if entity == "coding"]
    assert moved[0] == (
        {"shift": {"start": -2, "end": -2}, "rows": moved[0][1]["rows"]},
        {"shift": {"start": 2, "end": 2}, "rows": moved[0][1]["rows"]},
    )
    assert behind <= done.changes.of("coding")
    # A coding that begins with the text is placed one by one: what goes before it stays outside.
    for before, after in moved[1:]:
        assert set(before) == set(after) == {"id", "start", "end"}


def test_the_audit_names_what_changed_though_only_a_part_is_logged(filled: ProjectFile) -> None:
    coding = coding_rows.all_codings(filled.connection)[0]
    codings.set_memo(filled, coder="Kari", coding=coding.id, memo="annet")
    (guids,) = filled.connection.execute(
        "SELECT guids FROM audit ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert coding.guid in json.loads(guids)


def whole_rows(project: ProjectFile) -> None:
    """Make the last step as older programs wrote it: rows that changed are there whole."""
    connection = project.connection
    for row, entity, before, after in connection.execute(
        "SELECT id, entity, before, after FROM history_row"
        " WHERE step_id = (SELECT max(id) FROM history_step)"
        " AND before IS NOT NULL AND after IS NOT NULL"
    ).fetchall():
        columns = schema.LOGGED[entity]
        names = ", ".join(f'"{column}"' for column in columns)
        now = connection.execute(
            f'SELECT {names} FROM "{entity}" WHERE id = ?', (json.loads(after)["id"],)
        ).fetchone()
        full = dict(zip(columns, now, strict=True))
        connection.execute(
            "UPDATE history_row SET before = ?, after = ? WHERE id = ?",
            (json.dumps(full | json.loads(before)), json.dumps(full), row),
        )


def test_steps_with_whole_rows_are_undone_and_redone(closed: Path, dump: Dump) -> None:
    with closing(project_file.open_project(closed)) as project:
        before = dump(project)
        coding = coding_rows.all_codings(project.connection)[0]
        codings.set_memo(project, coder="Kari", coding=coding.id, memo="annet")
        done = dump(project)
        whole_rows(project)
        assert set(logged(project)[0][1]) == set(schema.LOGGED["coding"])
        row_checks_hold(project)
        project.undo("Kari")
        assert dump(project) == before
        project.redo("Kari")
        assert dump(project) == done


def row_checks_hold(project: ProjectFile) -> None:
    check = next(one for one in row_checks.CHECKS if one.code == "history")
    assert check.count(project.connection) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"id": 1}', '{"id": 1}'),
        ('{"memo": "a"}', '{"memo": "b"}'),
        ('{"id": 1, "memo": "a"}', '{"id": 1, "value": "b"}'),
        ('{"id": 1, "noko": "a"}', '{"id": 1, "noko": "b"}'),
        ('{"id": 1, "memo": "a"}', None),
        ('["id", "memo"]', '["id", "memo"]'),
    ],
)
def test_what_cannot_be_replayed_is_found_and_does_no_harm(
    filled: ProjectFile, dump: Dump, before: str, after: str | None
) -> None:
    coding = coding_rows.all_codings(filled.connection)[0]
    codings.set_memo(filled, coder="Kari", coding=coding.id, memo="annet")
    filled.connection.execute(
        "UPDATE history_row SET before = ?, after = ?"
        " WHERE step_id = (SELECT max(id) FROM history_step)",
        (before, after),
    )
    check = next(one for one in row_checks.CHECKS if one.code == "history")
    assert check.count(filled.connection) == 1
    held = dump(filled)
    with suppress(ProjectProblem):
        filled.undo("Kari")
        return
    assert dump(filled) == held


def test_a_changed_row_that_is_gone_is_a_broken_history(filled: ProjectFile) -> None:
    coding = coding_rows.all_codings(filled.connection)[0]
    codings.set_memo(filled, coder="Kari", coding=coding.id, memo="annet")
    filled.connection.execute("DELETE FROM coding WHERE id = ?", (coding.id,))
    with pytest.raises(ProjectProblem):
        filled.undo("Kari")


def test_a_text_that_a_step_needs_is_kept_on_closing(closed: Path) -> None:
    with closing(project_file.open_project(closed)) as project:
        document = coding_rows.all_codings(project.connection)[0].document
        first = document_rows.text(project.connection, document)
        corrections.correct_text(project, coder="Kari", document=document, edits=[Edit(0, 0, "X")])
        documents.rename_document(project, coder="Kari", document=document, name="Nytt navn")
        codes.add_code(project, coder="Kari", name="noe annet")
    with closing(project_file.open_project(closed)) as project:
        for _ in range(3):
            assert project.undo("Kari") is not None
        assert document_rows.text(project.connection, document) == first
        for _ in range(3):
            assert project.redo("Kari") is not None
        assert document_rows.text(project.connection, document) == "X" + first


def test_a_project_that_is_only_read_has_no_triggers(closed: Path) -> None:
    triggers = "SELECT count(*) FROM temp.sqlite_schema WHERE type = 'trigger'"
    with closing(project_file.open_project(closed)) as project:
        assert project.connection.execute(triggers).fetchone() == (0,)
        codes.add_code(project, coder="Kari", name="ny")
        codes.add_code(project, coder="Kari", name="enda en")
        (count,) = project.connection.execute(triggers).fetchone()
    assert count == 3 * len(schema.LOGGED) + len(history.MOVED)


def test_no_check_of_a_table_spans_what_is_put_back_apart() -> None:
    for statement in schema.CURRENT:
        named = re.match(r'CREATE TABLE "?(\w+)', statement)
        moved = set(history.MOVED.get(named[1], ())) if named else set()
        if not moved or named is None:
            continue
        rest = set(schema.LOGGED[named[1]]) - moved
        for check in re.findall(r"CHECK (\((?:[^()]|\([^()]*\))*\))", statement):
            words = set(re.findall(r"\w+", re.sub(r"'[^']*'", "", check)))
            assert not (words & moved and words & rest), check
