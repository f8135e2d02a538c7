"""Making a code of picked codings, or with the segment that is coded with it."""

from pathlib import Path

import pytest

from qda.app.session import Session
from qda.formats.readers import read_file
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodingId
from qda.operations import codes, codings, documents
from qda.operations.codings import NewCoding
from qda.store import codes as queries
from qda.store import codings as coding_queries


@pytest.fixture
def session(tmp_path: Path):  # noqa: ANN201
    """A project with a text coded with a code and its subcode at the same place."""
    path = tmp_path / "a.txt"
    path.write_text("Vi teller planer hver mandag.", encoding="utf-8")
    opened = Session.create(tmp_path / "p.qdaproj", name="P", coder="Ingrid")
    opened.run(documents.import_documents, coder="Ingrid", read=[read_file(path)])
    yield opened
    opened.close()


def test_twins_become_one_coding_with_what_both_say(session: Session) -> None:
    top = session.run(codes.add_code, coder="Ingrid", name="rutiner").value.id
    sub = session.run(codes.add_code, coder="Ingrid", name="møte", parent=top).value.id
    document = session.project.connection.execute("SELECT id FROM document").fetchone()[0]
    made = session.run(
        codings.add_codings,
        coder="Ingrid",
        new=[
            NewCoding(document, top, 0, 9, memo="en"),
            NewCoding(document, sub, 0, 9, memo="to"),
        ],
    ).value
    before = coding_queries.all_codings(session.project.connection)
    new = session.run(
        codes.split_code,
        coder="Ingrid",
        coding_ids=[one.id for one in made],
        name=" telling ",
        parent=top,
    ).value
    assert (new.name, new.parent) == ("telling", top)
    left = coding_queries.of_code(session.project.connection, new.id)
    assert [one.memo for one in left] == ["en\nto"]
    session.undo()
    assert coding_queries.all_codings(session.project.connection) == before
    assert queries.by_id(session.project.connection, new.id) is None


def test_a_new_code_and_its_first_coding_are_one_step(session: Session) -> None:
    connection = session.project.connection
    document = connection.execute("SELECT id FROM document").fetchone()[0]
    count = len(session.steps())
    code, coding = session.run(
        codes.code_with_new, coder="Ingrid", name=" teller ", document=document, start=3, end=16
    ).value
    assert (code.name, coding.quote) == ("teller", "teller planer")
    assert coding_queries.of_code(connection, code.id) == (coding,)
    assert len(session.steps()) == count + 1
    session.undo()
    assert queries.all_codes(connection) == ()
    assert coding_queries.all_codings(connection) == ()
    session.redo()
    assert [one.quote for one in coding_queries.of_code(connection, code.id)] == ["teller planer"]
    with pytest.raises(NotAllowed):
        session.run(
            codes.code_with_new, coder="Ingrid", name="ny", document=document, start=3, end=999
        )
    assert [one.name for one in queries.all_codes(connection)] == ["teller"]


def test_nothing_is_left_of_a_split_that_fails(session: Session) -> None:
    session.run(codes.add_code, coder="Ingrid", name="rutiner")
    count = len(session.steps())
    with pytest.raises(NotFound):
        session.run(codes.split_code, coder="Ingrid", coding_ids=[CodingId(99)], name="ny")
    with pytest.raises(NotAllowed):
        session.run(codes.split_code, coder="Ingrid", coding_ids=[], name="rutiner")
    assert len(session.steps()) == count
    assert [one.name for one in queries.all_codes(session.project.connection)] == ["rutiner"]
