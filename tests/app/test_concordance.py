"""Lines of a concordance: in any order, a page at a time, with what they are coded as."""

from collections.abc import Callable

import pytest

from qda.app.concordance import Concordance, Order
from qda.app.searching import Searcher
from qda.app.session import Session
from qda.jobs.progress import Progress
from qda.model.errors import NotAllowed
from qda.model.ids import CoderId, DocumentId
from qda.model.searching import Search
from qda.operations import cases, codes, codings
from qda.operations.codings import NewCoding

TEXT = """\
Leder: Vi zoomer planer. Åse ser planer ofte.
Veileder: Da er planer alt. Vi åpner planer aldri.
"""
Put = Callable[..., DocumentId]


def lines_of(session: Session, query: str, order: Order = "source", **how: object) -> Concordance:
    session.words.build()
    searcher = Searcher(session)
    found = searcher.find(Search(query, **how))  # pyright: ignore[reportArgumentType]
    made = Concordance(searcher, found)
    made.set_order(made.sorted_by(order, "nb"))
    return made


@pytest.mark.parametrize(
    ("order", "around"),
    [
        ("source", ["zoomer|", "ser|ofte", "er|alt", "åpner|aldri"]),
        # The nearest word first; å stands last.
        ("left", ["er|alt", "ser|ofte", "zoomer|", "åpner|aldri"]),
        # What follows in another sentence is context too, what another says is not.
        ("right", ["aldri", "alt", "ofte", "Åse"]),
    ],
)
def test_lines_are_put_in_order_by_their_context(
    session: Session, put: Put, order: Order, around: list[str]
) -> None:
    put("A", TEXT)
    made = lines_of(session, "planer", order)
    told = [
        f"{line.hit.left.split()[-1]}|{line.hit.right.split()[0].strip('.')}".replace("|Åse", "|")
        for line in made.lines(0, 10)
    ]
    if order == "right":
        told = [line.hit.right.strip(" .").split()[0].strip(".") for line in made.lines(0, 10)]
    assert told == around


def test_every_order_has_the_same_lines(session: Session, put: Put) -> None:
    for name in ("A", "B", "C"):
        put(name, TEXT)
    made = lines_of(session, "planer OR vi")
    every = {(line.hit.document, line.hit.start) for line in made.lines(0, 100)}
    assert len(every) == len(made) == 18
    for order in ("left", "right"):
        made.set_order(made.sorted_by(order, "nb"))
        read = [(line.hit.document, line.hit.start) for line in made.lines(0, 100)]
        assert set(read) == every
        pages = [
            (line.hit.document, line.hit.start)
            for first in range(0, 18, 5)
            for line in made.lines(first, 5)
        ]
        assert pages == read
        assert [(hit.document, hit.start) for hit in made.all_hits(Progress())] == read
        some = [(line.hit.document, line.hit.start) for line in made.some_lines([3, 1])]
        assert some == [read[3], read[1]]


def test_lines_of_an_expression_that_holds_no_whole_word(session: Session, put: Put) -> None:
    put("A", TEXT)
    made = lines_of(session, "lane", "left", mode="regex")
    assert [line.hit.match for line in made.lines(0, 9)] == ["lane"] * 4
    assert len(lines_of(session, "finnes ikke", "right", mode="regex")) == 0


def test_lines_say_what_they_are_coded_as(session: Session, put: Put) -> None:
    document = put("A", TEXT)
    run = session.run
    plan = run(codes.add_code, coder="Kari", name="plan").value.id
    talk = run(codes.add_code, coder="Kari", name="prat").value.id
    start = TEXT.index("zoomer planer")
    # The first word of the hit is not in the segment, the last one is; and one that only meets it.
    new = [
        NewCoding(document, talk, start, start + len("zoomer planer")),
        NewCoding(document, plan, start, start + len("zoomer plan"), coder="Ola"),
        NewCoding(document, plan, 0, start + len("zoomer ")),
    ]
    run(codings.add_codings, coder="Kari", new=new)
    made = lines_of(session, "planer")
    assert [line.codes for line in made.lines(0, 9)] == [(plan, talk), (), (), ()]
    kari = session.snapshot().entities.coders[0]
    assert kari.name == "Kari"
    blind = Concordance(made.searcher, made.found, kari.id)
    assert blind.lines(0, 1)[0].codes == (talk,)
    nobody = Concordance(made.searcher, made.found, CoderId(-1))
    assert nobody.lines(0, 1)[0].codes == ()


def test_hits_are_counted_by_whom_they_belong_to(session: Session, put: Put) -> None:
    first = put("A", TEXT)
    put("B", TEXT)
    north, south = (
        session.run(cases.add_case, coder="Kari", name=name).value for name in ("Nord", "Sør")
    )
    for one in (north, south):
        session.run(cases.link_cases, coder="Kari", case=one, documents=[first])
    made = lines_of(session, "planer")
    told = [(one.name, one.hits) for one in made.counts("case")]
    # The first source is of both offices, the second of none.
    assert told == [("Nord", 4), ("Sør", 4), (None, 4)]
    assert [(one.name, one.hits) for one in made.counts("document")] == [("A", 4), ("B", 4)]
    assert {one.name: one.hits for one in made.counts("participant")} == {
        "Leder": 2, "Veileder": 2, "Leder (B)": 2, "Veileder (B)": 2,
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        made.counts("code")
