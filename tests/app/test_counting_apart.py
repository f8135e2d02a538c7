"""What is counted is up to date before anybody hears of a change made in another thread."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from qda.analysis import snapshot as snapshots
from qda.analysis.tables import Snapshot
from qda.app.session import Session
from qda.jobs.progress import Progress
from qda.model.changes import Changes
from qda.operations import codes, codings
from qda.operations.codings import NewCoding
from qda.operations.documents import import_documents
from qda.store.codes import all_codes as codes_now
from tests.app.conftest import read


def plain(thing: object) -> object:
    """Return arrays as lists, so that two snapshots can be compared."""
    if isinstance(thing, np.ndarray):
        return thing.tolist()
    if is_dataclass(thing):
        return [plain(getattr(thing, one.name)) for one in fields(thing) if one.compare]
    return thing


@pytest.fixture
def coded(session: Session) -> Session:
    """A session with two codes and a few codings of each, and a snapshot of them."""
    text = "Leder: Vi teller planer.\nVeileder: Vi snakker med folk.\n"
    made = session.run(import_documents, coder="Kari", read=[read("Ett", text)])
    document = made.value[0].document.id
    for name in "ab":
        code = session.run(codes.add_code, coder="Kari", name=name).value.id
        new = [NewCoding(document, code, at, at + 6) for at in range(9)]
        session.run(codings.add_codings, coder="Kari", new=new)
    session.snapshot()
    return session


def everything(session: Session) -> object:
    return plain(snapshots.load(session.project.connection))


def apart(session: Session, how: str) -> Changes:
    """Remove the first code, take the last step back or do it again in a thread of its own."""
    session.begin_apart()
    with ThreadPoolExecutor(1) as pool:
        if how == "removed":
            code = session.project.once(codes_now)[0].id
            work = pool.submit(
                session.run_cancellable, Progress(), codes.remove_code, coder="Kari", code=code
            )
            return work.result().changes
        done = pool.submit(
            session.replay_apart, coder="Kari", back=how == "undone", progress=Progress()
        ).result()
        assert done is not None
        return done[1]


def test_it_is_counted_in_the_thread_that_changed_it(coded: Session) -> None:
    heard: list[bool] = []
    coded.subscribe(lambda _changes, _who: heard.append(coded.is_fresh))
    for how in ("removed", "undone", "redone"):
        coded.end_apart(apart(coded, how))
        assert plain(coded.snapshot()) == everything(coded)
    assert heard == [True] * 3


def test_what_was_changed_before_is_counted_along(coded: Session) -> None:
    coded.run(codes.add_code, coder="Kari", name="c")
    assert not coded.is_fresh
    coded.begin_apart()
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(coded.run_apart, codes.add_code, coder="Kari", name="d").result()
    coded.end_apart(done.changes)
    assert coded.is_fresh
    assert [one.name for one in coded.snapshot().entities.codes] == ["a", "b", "c", "d"]


def test_what_was_counted_meanwhile_stays_right(coded: Session) -> None:
    coded.run(codes.add_code, coder="Kari", name="c")
    changes = apart(coded, "undone")
    seen: Snapshot = coded.snapshot()
    coded.end_apart(changes)
    assert coded.snapshot() is not seen
    assert plain(coded.snapshot()) == everything(coded)


def test_nothing_is_counted_that_nobody_asked_for(session: Session) -> None:
    session.begin_apart()
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(session.run_apart, codes.add_code, coder="Kari", name="a").result()
    session.end_apart(done.changes)
    assert not session.is_fresh
    assert len(session.snapshot().entities.codes) == 1
