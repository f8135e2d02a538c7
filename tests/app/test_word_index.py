"""The index of words: kept in the project, brought up to date, never in the way."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qda.app.session import Session
from qda.app.word_reading import IndexWorker, unfold
from qda.jobs.progress import Cancelled, Progress
from qda.model.ids import DocumentId
from qda.operations import corrections, documents, turns
from qda.store import doctor, history, words
from qda.store import turns as turn_rows

TEXT = "Leder: Vi teller planer.\nVeileder: Jeg ringer Gudbrand, og så teller vi.\n"
Put = Callable[..., DocumentId]


def forms(session: Session) -> list[str]:
    table = session.words.table()
    return [table.vocabulary.form(one) for one in table.forms.tolist()]


def kept_forms(session: Session) -> set[str]:
    return set(words.forms(session.project.connection).forms.split())


def reading_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("nothing had to be read")

    monkeypatch.setattr(IndexWorker, "read", refuse)


def test_what_is_read_is_kept_in_the_project(
    session: Session, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = put("A", TEXT)
    assert session.words.stale() == [first]
    session.words.build()
    assert forms(session)[:5] == ["leder", "vi", "teller", "planer", "veileder"]
    assert kept_forms(session) >= {"gudbrand", "teller"}
    path = session.project.path
    session.close()
    reading_forbidden(monkeypatch)
    for write in (True, False):
        again = Session.open(path, write=write)
        assert again.words.stale() == []
        assert len(again.words.build()) == 12
        assert forms(again)[:2] == ["leder", "vi"]
        assert "planer" in again.words.table().vocabulary.all_forms()
        again.close()


def test_the_index_is_no_step_and_makes_no_backup(session: Session, put: Put) -> None:
    put("A", TEXT)
    path = session.project.path
    session.close()
    before = sorted(one.name for one in path.parent.rglob("*"))
    again = Session.open(path)
    steps = again.steps()
    again.words.build()
    assert again.steps() == steps
    assert again.undo() is not None
    assert again.redo() is not None
    again.close()
    third = Session.open(path)
    third.words.build()
    third.close()
    assert {one for one in before if "backup" not in one} <= {
        one.name for one in path.parent.rglob("*")
    }


def test_only_what_changed_is_read_again(session: Session, put: Put) -> None:
    first, second = put("A", TEXT), put("B", "Leder: Noe annet.\n")
    session.words.build()
    other = TEXT.replace("planer", "møter")
    session.run(corrections.correct_text, coder="Kari", document=first, edits=other)
    assert session.words.stale() == [first]
    session.words.build()
    assert "møter" in forms(session)
    assert "planer" not in kept_forms(session)
    session.undo()
    assert session.words.stale() == [first]
    session.words.build()
    assert "planer" in forms(session)
    assert "møter" not in kept_forms(session)
    assert "planer" in kept_forms(session)
    assert second in session.words.table().documents


def test_turns_that_change_are_read_again_and_names_are_not(session: Session, put: Put) -> None:
    first = put("A", TEXT)
    session.words.build()
    session.run(documents.rename_document, coder="Kari", document=first, name="Å")
    session.run(documents.mark_done, coder="Kari", document=first, done=True)
    assert session.words.stale() == []
    turn = turn_rows.of_document(session.project.connection, first)[0]
    session.run(turns.split_turn, coder="Kari", turn=turn.id, at=turn.start + 3, label="B")
    assert session.words.stale() == [first]


def test_words_of_a_removed_document_are_gone_from_the_file(session: Session, put: Put) -> None:
    first = put("A", TEXT)
    put("B", "Leder: Vi ringer.\n")
    session.words.build()
    session.run(documents.remove_document, coder="Kari", document=first)
    assert session.words.stale() == []
    session.words.build()
    assert forms(session) == ["leder", "vi", "ringer"]
    assert kept_forms(session) == {"leder", "vi", "ringer"}
    session.undo()
    session.words.build()
    assert "gudbrand" in forms(session)
    assert "gudbrand" in kept_forms(session)


def test_a_project_for_reading_only_is_indexed_in_memory(session: Session, put: Put) -> None:
    put("A", TEXT)
    path = session.project.path
    session.close()
    reader = Session.open(path, write=False)
    reader.words.build()
    assert "gudbrand" in forms(reader)
    reader.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM word_form").fetchone() == (0,)


def test_reading_goes_on_in_another_thread_and_can_be_cancelled(session: Session, put: Put) -> None:
    ids = [put(name, TEXT.replace("planer", f"planer{name}")) for name in "ABC"]
    index = session.words
    worker = index.worker()
    tasks = index.tasks(ids)
    batches: list[object] = []
    thread = threading.Thread(target=lambda: batches.append(worker.read(tasks, Progress())))
    thread.start()
    thread.join()
    index.keep(worker, batches[0])  # pyright: ignore[reportArgumentType]
    assert index.stale() == []
    assert {"planera", "planerb", "planerc"} <= set(forms(session))
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        index.worker().read(tasks, stopped)


def test_a_known_form_is_not_worked_out_again(session: Session, put: Put) -> None:
    put("A", TEXT)
    session.words.build()
    second = put("B", TEXT.replace("planer", "møter"))
    batch = session.words.worker().read(session.words.tasks([second]), Progress())
    assert [form for _, form, keys in batch.forms if keys is not None] == ["møter"]


def test_documents_are_read_a_second_at_a_time(session: Session, put: Put) -> None:
    ids = [put(name, "Leder: " + f"ord{name} " * 40_000) for name in "ABCDE"]
    batches = list(session.words.batches(ids))
    assert [one for batch in batches for one in batch] == ids
    assert len(batches) > 1


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE word_index SET forms = x'00'",
        "UPDATE word_index SET places = zeroblob(3)",
        "UPDATE word_index SET words = words + 1",
        "UPDATE word_form SET form = 'a b' WHERE id = 1",
        "UPDATE word_form SET id = 900000000000 WHERE id = 3",
        "DELETE FROM word_form",
        "UPDATE word_index SET made_of = 'x'",
    ],
)
def test_a_forged_index_is_made_anew(session: Session, put: Put, forged: str) -> None:
    put("A", TEXT)
    session.words.build()
    expected = forms(session)
    path = session.project.path
    session.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(forged)
        connection.commit()
    again = Session.open(path)
    assert len(again.words.stale()) == 1
    again.words.build()
    assert forms(again) == expected
    again.close()
    third = Session.open(path)
    assert third.words.stale() == []
    assert unfold(third.words.fetch()).sound
    third.close()


def test_the_doctor_mends_what_names_no_document(session: Session, put: Put) -> None:
    put("A", TEXT)
    session.words.build()
    path = session.project.path
    session.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE word_index SET document_id = 99")
        connection.commit()
    assert [one.code for one in doctor.repair(path)] == ["orphan-rows"]
    again = Session.open(path)
    assert len(again.words.stale()) == 1
    again.close()


def test_clearing_leaves_no_word(session: Session, put: Put) -> None:
    put("A", TEXT)
    session.words.build()
    words.clear(session.project.connection)
    assert kept_forms(session) == set()
    assert history.next_undo(session.project.connection) is not None


def test_the_folder_of_the_project_holds_no_other_copy(
    session: Session, put: Put, tmp_path: Path
) -> None:
    put("A", TEXT)
    session.words.build()
    session.close()
    names = {one.name for one in tmp_path.iterdir() if one.is_file()}
    assert names <= {"p.qdaproj", "p.qdaproj.lock"}
