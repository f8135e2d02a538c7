"""Saved searches: kept, changed, renamed, removed, undone; forged ones do no harm."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qda.app.session import Session
from qda.model.errors import NotAllowed, NotFound
from qda.model.searching import Limits, SavedSearch, Search
from qda.operations import searches
from qda.store import saved_searches


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = Session.create(tmp_path / "p.qdaproj", coder="Kari")
    yield made
    made.close()


SEARCH = Search(
    "~mål AND (tavle OR «blå mandag»)",
    "exact",
    "sentence",
    Limits("all", (("case", "Nord"), ("rolle", "")), "uncoded"),
)


def kept(session: Session) -> list[SavedSearch]:
    return list(saved_searches.all_searches(session.project.connection))


def save(session: Session, name: str, search: Search = SEARCH) -> SavedSearch:
    return session.run(searches.save_search, coder="Kari", name=name, search=search).value


def test_a_search_is_kept_as_it_was_asked(session: Session) -> None:
    saved = save(session, "  Blå   mandag ")
    assert kept(session) == [saved]
    assert (saved.name, saved.search) == ("Blå mandag", SEARCH)
    session.undo()
    assert kept(session) == []
    session.redo()
    assert kept(session) == [saved]
    assert searches.find_search(session.project, "BLÅ MANDAG") == saved
    assert searches.find_search(session.project, saved.guid) == saved


def test_saving_under_the_same_name_changes_the_search(session: Session) -> None:
    saved = save(session, "Tavle")
    steps = len(session.steps())
    assert save(session, "tavle") == saved
    assert len(session.steps()) == steps
    other = save(session, "tavle", Search("tavle"))
    assert kept(session) == [other]
    assert other.id == saved.id
    session.undo()
    assert kept(session) == [saved]


def test_a_search_is_renamed_and_removed(session: Session) -> None:
    first, second = save(session, "Én"), save(session, "To", Search("to"))
    session.run(searches.rename_search, coder="Kari", search_id=first.id, name="Tre")
    assert [one.name for one in kept(session)] == ["Tre", "To"]
    with pytest.raises(NotAllowed):
        session.run(searches.rename_search, coder="Kari", search_id=first.id, name="TO")
    session.run(searches.remove_search, coder="Kari", search_id=second.id)
    assert [one.name for one in kept(session)] == ["Tre"]
    with pytest.raises(NotFound):
        session.run(searches.remove_search, coder="Kari", search_id=second.id)
    for _ in range(2):
        session.undo()
    assert kept(session) == [first, second]


@pytest.mark.parametrize("name", ["", "  "])
def test_a_search_without_name_or_words_is_not_kept(session: Session, name: str) -> None:
    with pytest.raises(NotAllowed):
        save(session, name)
    with pytest.raises(NotAllowed):
        save(session, "Tom", Search("  "))
    assert kept(session) == []


@pytest.mark.parametrize(
    "forged",
    ["", "[]", "3", '{"query": 3}', '{"query": "a", "mode": "sql"}', "[" * 5000, '{"query": "a"}'],
)
def test_a_forged_search_looks_for_nothing_and_can_be_removed(
    session: Session, forged: str
) -> None:
    save(session, "Ekte")
    connection = session.project.connection
    connection.execute("UPDATE saved_search SET question = ?", (forged,))
    [found] = kept(session)
    assert (found.name, found.search) == ("Ekte", Search(""))
    save(session, "Ekte", SEARCH)
    assert kept(session)[0].search == SEARCH
    session.run(searches.remove_search, coder="Kari", search_id=found.id)
    assert kept(session) == []
