"""The index of words made in pieces: whole in the end, whatever happens between two pieces."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from qda.app import word_index, word_reading
from qda.app.background_index import BackgroundIndex, Work
from qda.app.searching import Searcher
from qda.app.session import Session
from qda.jobs.progress import Cancelled, Progress
from qda.model.ids import DocumentId
from qda.model.searching import Search
from qda.operations import corrections, documents
from qda.store import words

Put = Callable[..., DocumentId]
TEXT = "Leder: Vi teller planer.\nVeileder: Jeg ringer, og så teller vi.\n"


def in_thread(work: Work) -> object:
    """Run a piece of work where the project's own connection cannot be used."""
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(work.run(Progress())))
    thread.start()
    thread.join()
    return found[0]


def finish(index: BackgroundIndex) -> int:
    """Do all there is to do; return how many pieces that were."""
    pieces = 0
    while (work := index.next_work()) is not None:
        work.take(in_thread(work))
        pieces += 1
    return pieces


def hits(session: Session, query: str) -> int:
    return len(Searcher(session).find(Search(query)))


def test_all_is_read_in_other_threads_and_nothing_is_left_to_do(session: Session, put: Put) -> None:
    put("A", TEXT)
    index = BackgroundIndex(session)
    assert not index.is_ready
    assert finish(index) == 3
    assert index.is_ready
    assert index.next_work() is None
    assert session.words.stale() == []
    assert hits(session, "telle") == 2


def test_what_is_kept_is_loaded_and_not_read_again(session: Session, put: Put) -> None:
    put("A", TEXT)
    finish(BackgroundIndex(session))
    path = session.project.path
    session.close()
    again = Session.open(path)
    # The snapshot with the kept index, and putting the words in place.
    assert finish(BackgroundIndex(again)) == 2
    assert hits(again, "telle") == 2
    again.close()


def test_changes_between_two_pieces_are_found(
    session: Session, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_index, "BATCH", 1)
    first, second = put("A", TEXT), put("B", TEXT)
    index = BackgroundIndex(session)
    loading = index.next_work()
    assert loading is not None
    read = in_thread(loading)
    # While the snapshot was read, a third document came and one of those read went.
    put("C", TEXT.replace("planer", "møter"))
    session.run(documents.remove_document, coder="Kari", document=first)
    loading.take(read)
    reading = index.next_work()
    assert reading is not None
    batch = in_thread(reading)
    session.run(
        corrections.correct_text,
        coder="Kari",
        document=second,
        edits=TEXT.replace("teller", "skriver"),
    )
    reading.take(batch)
    finish(index)
    assert session.words.stale() == []
    assert [hits(session, word) for word in ("telle", "skrive", "møte")] == [2, 2, 1]
    session.undo()
    finish(index)
    assert hits(session, "telle") == 4


def test_a_document_that_goes_while_its_words_are_read_leaves_nothing(
    session: Session, put: Put
) -> None:
    put("A", TEXT)
    index = BackgroundIndex(session)
    finish(index)
    gone = put("B", TEXT.replace("planer", "møter"))
    work = index.next_work()
    assert work is not None
    while not isinstance(found := in_thread(work), word_reading.Batch):
        work.take(found)
        work = index.next_work()
        assert work is not None
    session.run(documents.remove_document, coder=session.coder, document=gone)
    work.take(found)
    assert finish(index) >= 0
    assert index.is_ready
    assert hits(session, "telle") == 2
    assert hits(session, "møter") == 0
    assert set(words.made_of(session.project.connection)) == {1}


def test_a_piece_that_is_cancelled_leaves_what_was_kept(
    session: Session, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_index, "BATCH", 1)
    put("A", TEXT)
    put("B", TEXT)
    index = BackgroundIndex(session)
    for _ in range(2):
        work = index.next_work()
        assert work is not None
        work.take(in_thread(work))
    stopped = Progress()
    stopped.cancel()
    work = index.next_work()
    assert work is not None
    with pytest.raises(Cancelled):
        work.run(stopped)
    index.leave_off()
    assert len(session.words.stale()) == 1
    assert finish(index) == 2
    assert hits(session, "telle") == 4


def test_the_progress_goes_on_from_piece_to_piece(
    session: Session, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_index, "BATCH", 1)
    for name in "ABC":
        put(name, TEXT)
    index = BackgroundIndex(session)
    told: list[tuple[int, int]] = []
    while (work := index.next_work()) is not None:
        work.take(work.run(Progress(lambda done, total, _: told.append((done, total)))))
    shares = [done for done, total in told if total]
    assert shares == sorted(shares)
    assert {total for _, total in told if total} == {3 * len(TEXT)}
    assert shares[-1] == 3 * len(TEXT)


def test_for_reading_only_the_words_are_held_in_memory(session: Session, put: Put) -> None:
    put("A", TEXT)
    path = session.project.path
    session.close()
    reader = Session.open(path, write=False)
    finish(BackgroundIndex(reader))
    assert hits(reader, "telle") == 2
    assert list(words.texts(reader.project.connection)) == []
    reader.close()


def test_an_older_project_for_reading_only_is_read_as_it_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "old.qdaproj"
    shutil.copy(Path(__file__).parents[1] / "data" / "v1_0.qdaproj", path)
    reader = Session.open(path, write=False)
    assert reader.project.is_copy
    finish(BackgroundIndex(reader))
    assert len(reader.words.table()) > 0
    reader.close()


def test_where_nothing_can_be_written_the_words_stay_in_memory(
    session: Session, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_index, "BATCH", 1)
    put("A", TEXT)
    put("B", "Leder: " + " ".join(f"ord{n}" for n in range(20_000)) + ".\n")
    # The disk is full for every page beyond those that are there.
    pages = session.project.connection.execute("PRAGMA page_count").fetchone()[0]
    session.project.connection.execute(f"PRAGMA max_page_count = {pages}")
    finish(BackgroundIndex(session))
    assert hits(session, "telle") == 2
    assert hits(session, "ord7") == 1
    session.project.connection.execute("PRAGMA max_page_count = 1000000")
    path = session.project.path
    session.close()
    again = Session.open(path)
    finish(BackgroundIndex(again))
    assert hits(again, "ord7") == 1
    again.close()


KILLED = """
import os, sys
from pathlib import Path
from qda.app import word_index, word_reading
from qda.app.background_index import BackgroundIndex
from qda.app.session import Session
from qda.jobs.progress import Progress
word_index.BATCH = 1
session = Session.open(Path(sys.argv[1]))
index = BackgroundIndex(session)
while (work := index.next_work()) is not None:
    work.take(work.run(Progress()))
    print("piece", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
def test_killed_in_the_middle_nothing_is_harmed(session: Session, put: Put) -> None:
    for name in "ABC":
        put(name, TEXT)
    path, steps = session.project.path, session.steps()
    session.close()
    killed = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert killed.stdin is not None
    assert killed.stdout is not None
    # The loading and the first document; the second one is under way.
    for _ in range(2):
        assert killed.stdout.readline() == b"piece\n"
        killed.stdin.write(b"\n")
        killed.stdin.flush()
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    killed.stdin.close()
    killed.stdout.close()
    again = Session.open(path, take_over=True)
    assert not again.project.read_only
    assert again.steps() == steps
    finish(BackgroundIndex(again))
    assert hits(again, "telle") == 6
    again.close()
