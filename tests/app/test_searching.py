"""Searches over a small study: what is found, whose words, in what context."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from qda.app.searching import Searcher
from qda.app.session import Session
from qda.model.errors import BadQuery, NotFound
from qda.model.searching import Hit, Limits, Search
from qda.operations import cases, codes, codings, participants, variables
from qda.operations.codings import NewCoding
from qda.store import documents as document_rows
from qda.store import participants as participant_rows

NORTH = """\
Intervjuer: Hvordan bruker dere målekortet?
Leder: Målekortet henger på veggen. Vi teller planer, og målfor-
skyvningen ser vi jo, brukerne venter. Strategi for kompetanse har vi ikke.
Veileder: Jeg følger opp brukeren min, ikke målekortene.
"""
SOUTH = """\
Intervjuer: Og hos dere?
Leder: Her er målet arbeid. Kompetansestrategien er i en skuff.
Rettleiar: Eg veit ikkje kva dei måler, men me tel ikkje noko. Rettleiarane ringjer.
"""
PLAN = "Årsplan\n\nMålekort skal brukes av alle kontorene.\n\nStyringsdialogen er i mai.\n"
Put = Callable[..., int]


@pytest.fixture
def study(session: Session, put: Put) -> Session:
    """Two offices, one transcript each, roles, a plan, one code with keywords and a coding."""
    for name, text in (("Nord", NORTH), ("Sør", SOUTH), ("Plan", PLAN)):
        put(name, text)
    return session


def search(session: Session, query: str, **how: object) -> list[Hit]:
    session.words.build()
    searcher = Searcher(session)
    return list(searcher.hits(searcher.find(Search(query, **how))))  # pyright: ignore[reportArgumentType]


def matches(session: Session, query: str, **how: object) -> list[str]:
    return [hit.match for hit in search(session, query, **how)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("målekort", ["Målekortet", "målekortene", "Målekort"]),
        ("MÅLEKORTENES", ["Målekortet", "målekortene", "Målekort"]),
        ('"målekortet"', ["Målekortet"]),
        ("målforskyvning", ["målfor-\nskyvningen"]),
        ("mal", []),
        ("mål", ["målet"]),
        ("~mål", ["målfor-\nskyvningen", "målet"]),
        ("~måle", ["Målekortet", "målekortene", "Målekort", "måler"]),
        ("~dialog", ["Styringsdialogen"]),
        ("*strategi*", ["Strategi", "Kompetansestrategien"]),
        ("strategi for kompetanse", ["Strategi for kompetanse"]),
        ("strategi NEAR/2 kompetanse", ["Strategi for kompetanse"]),
        ("venter strategi", []),
        ("bruker AND telle", ["teller", "brukerne"]),
        ("bruker NOT telle", ["brukeren", "brukes"]),
        ("rettleiar", ["Rettleiarane"]),
        ("intervjuer", []),
        ("hvordan", []),
    ],
)
def test_what_is_found(study: Session, query: str, found: list[str]) -> None:
    assert sorted(matches(study, query)) == sorted(found)


def test_hits_stand_in_the_order_of_sources_and_places(study: Session) -> None:
    hits = search(study, "målekort")
    assert [(hit.document_name, hit.turn) for hit in hits] == [
        ("Nord", 2),
        ("Nord", 3),
        ("Plan", None),
    ]
    text = document_rows.text(study.project.connection, hits[0].document)
    for hit in hits[:2]:
        assert text[hit.start : hit.end] == hit.match
        assert hit.left + hit.match + hit.right in text


def test_context_keeps_to_the_turn_and_to_whole_words(study: Session) -> None:
    session = study
    session.words.build()
    searcher = Searcher(session)
    found = searcher.find(Search("teller OR målekort"))
    first, second = list(searcher.hits(found, 14))[:2]
    assert (first.left, first.right) == ("", " henger på ")
    assert (second.left, second.right) == ("på veggen. Vi ", " planer, og ")
    assert next(searcher.hits(found, 0)).right == ""
    assert "Leder:" not in next(searcher.hits(found, 500)).left


def test_whose_words_are_asked(study: Session) -> None:
    assert matches(study, "målekort", limits=Limits("interviewer")) == ["målekortet"]
    assert len(matches(study, "målekort", limits=Limits("all"))) == 4
    asked = search(study, "hvordan", limits=Limits("all"))
    assert [hit.interviewer for hit in asked] == [True]
    assert asked[0].participants == ("Intervjuer",)


def test_within_a_sentence_or_a_document(study: Session) -> None:
    assert matches(study, "telle AND strategi", within="sentence") == []
    assert matches(study, "telle AND strategi", within="turn") == ["teller", "Strategi"]
    assert matches(study, "arbeid AND rettleiar", within="document") == ["arbeid", "Rettleiarane"]


def test_limits_on_roles_offices_and_documents(study: Session) -> None:
    session, connection = study, study.project.connection
    variable = session.run(
        variables.add_variable, coder="Kari", subject="participant", name="rolle"
    ).value
    for person in participant_rows.all_participants(connection):
        session.run(
            variables.set_value, coder="Kari", variable=variable, subject_id=person.id,
            value="leder" if "Leder" in person.name else "veileder",
        )  # fmt: skip
    leaders = Limits(where=(("rolle", "leder"),))
    assert matches(session, "målekort", limits=leaders) == ["Målekortet"]
    office = session.run(cases.add_case, coder="Kari", name="Kontor Nord").value
    north = next(one for one in document_rows.all_documents(connection) if one.name == "Nord")
    session.run(cases.link_cases, coder="Kari", case=office, documents=[north.id])
    limits = Limits(where=(("case", "Kontor Nord"),))
    hits = search(session, "målekort", limits=limits)
    assert [hit.match for hit in hits] == ["Målekortet", "målekortene"]
    assert hits[0].cases == ("Kontor Nord",)
    limits = Limits(where=(("document", "Plan"), ("document", "Sør")))
    assert matches(session, "målekort OR mål", limits=limits) == ["Målekort", "målet"]
    with pytest.raises(NotFound):
        search(session, "a", limits=Limits(where=(("rolle", "konge"),)))


def test_limits_on_codes(study: Session) -> None:
    session, connection = study, study.project.connection
    top = session.run(codes.add_code, coder="Kari", name="styring").value.id
    below = session.run(codes.add_code, coder="Kari", name="måling", parent=top).value.id
    north = next(one for one in document_rows.all_documents(connection) if one.name == "Nord")
    start = NORTH.index("Målekortet henger")
    session.run(
        codings.add_codings, coder="Kari", new=[NewCoding(north.id, below, start, start + 30)]
    )
    inside = Limits(coded="coded", where=(("code", "styring"),))
    assert matches(session, "målekort", limits=inside) == ["Målekortet"]
    assert matches(session, "målekort", limits=Limits(coded="uncoded")) == [
        "målekortene",
        "Målekort",
    ]
    assert matches(session, "målekort", limits=Limits(coded="coded")) == ["Målekortet"]


def test_keywords_of_a_code_are_synonyms(study: Session) -> None:
    code = study.run(codes.add_code, coder="Kari", name="styring").value
    words = ("målekort", "henger på veggen")
    study.run(codes.edit_code, coder="Kari", code=replace(code, keywords=words))
    assert matches(study, "code:styring") == [
        "Målekortet", "henger på veggen", "målekortene", "Målekort",
    ]  # fmt: skip
    assert matches(study, "kode:styring NOT vegg") == ["målekortene", "Målekort"]
    with pytest.raises(NotFound):
        search(study, "code:ukjent")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"mål\w+et\b", ["Målekortet"]),
        (r"(?-i:Mål)ekort", ["Målekort", "Målekort"]),
        (r"for-\nskyv", ["for-\nskyv"]),
        (r"x*", []),
        (r"^årsplan$", ["Årsplan"]),
        (r"\w+, og", ["planer, og"]),
    ],
)
def test_regular_expressions(study: Session, pattern: str, found: list[str]) -> None:
    assert matches(study, pattern, mode="regex") == found


def test_a_regular_expression_keeps_to_its_limits(study: Session) -> None:
    asked = matches(study, "mål.kortet", mode="regex", limits=Limits("interviewer"))
    assert asked == ["målekortet"]
    assert matches(study, "Leder:|Intervjuer", mode="regex", limits=Limits("all")) == []


@pytest.mark.parametrize("pattern", ["(", "a{2,1}", "[z-a]", "", "(?P<x>a)(?P<x>"])
def test_a_bad_regular_expression_is_said(study: Session, pattern: str) -> None:
    with pytest.raises(BadQuery):
        search(study, pattern, mode="regex")


def test_a_regular_expression_that_never_ends_is_stopped(session: Session, put: Put) -> None:
    put("A", "Leder: " + "a" * 60 + "b\n")
    with pytest.raises(BadQuery, match="too long"):
        search(session, r"(a|aa|aaa)+$c", mode="regex")


def test_the_forms_that_were_looked_for_are_told(study: Session) -> None:
    study.words.build()
    searcher = Searcher(study)
    found = searcher.find(Search("målekort"))
    vocabulary = searcher.table.vocabulary
    assert {vocabulary.form(one): count for one, count in found.forms.items()} == {
        "målekortet": 2, "målekortene": 1, "målekort": 1,
    }  # fmt: skip


def test_a_project_without_sources_has_no_hits(session: Session) -> None:
    assert search(session, "a") == []
    assert search(session, "a b") == []
    assert search(session, "a", mode="regex") == []


def test_people_who_were_put_together_are_one(study: Session) -> None:
    people = {
        one.name: one.id for one in participant_rows.all_participants(study.project.connection)
    }
    study.run(
        participants.rename_participant, coder="Kari", participant=people["Veileder"], name="Åse"
    )
    assert search(study, "følge")[0].participants == ("Åse",)
