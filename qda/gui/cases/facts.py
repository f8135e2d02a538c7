"""What the pane says of one office, read from the project."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from qda.app.session import Session
from qda.gui.cases.belonging_card import Belonging, Neighbour, belongings_of, neighbours_of
from qda.gui.cases.score_card import Scored, scored_of
from qda.gui.language import tr, tr_n
from qda.model.entities import Case, Value, Variable
from qda.model.ids import CaseId, CoderId
from qda.store import cases, documents, participants, variables


@dataclass(frozen=True, slots=True)
class Indicator:
    """A variable with a value for each month, and its values for one case, months ascending."""

    variable: Variable
    months: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case with its links and indicators; things are named by id and name."""

    case: Case
    documents: tuple[tuple[int, str], ...]
    participants: tuple[tuple[int, str], ...]
    """What is linked to it. All there is to choose from is read when it is chosen from."""
    has_documents: bool
    has_participants: bool
    """Whether the project has any."""
    segments: Mapping[str, int]
    """How many segments count for the case, by where their link comes from."""
    indicators: tuple[Indicator, ...]
    belongings: tuple[Belonging, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    scored: tuple[Scored, ...] = ()


def case_facts(
    session: Session,
    case: CaseId,
    segments: Mapping[str, int] | None = None,
    only: CoderId | None = None,
) -> CaseFacts | None:
    """Read what there is to say of a case; None when it is gone.

    `segments` saves counting them again where nothing can have changed that. With `only`, those
    of one coder are counted.
    """
    connection = session.project.connection
    found = cases.by_id(connection, case)
    if found is None:
        return None
    return CaseFacts(
        case=found,
        documents=cases.documents_of(connection, case),
        participants=cases.informants_of(connection, case),
        has_documents=documents.are_there(connection),
        has_participants=participants.informants_are_there(connection),
        segments=_segments(session, case, only) if segments is None else segments,
        indicators=_indicators(session, case),
        belongings=belongings_of(session.project, case),
        neighbours=neighbours_of(session.project, case),
        # Who codes blind sees no other rater's scores.
        scored=scored_of(session.project, case) if only is None else (),
    )


def all_documents(session: Session) -> list[tuple[int, str]]:
    """Return the id and name of every source."""
    return [(one.id, one.name) for one in documents.listed(session.project.connection)]


def all_informants(session: Session) -> list[tuple[int, str]]:
    """Return the id and name of everyone who was interviewed."""
    everybody = participants.all_participants(session.project.connection)
    return [(one.id, one.name) for one in everybody if not one.interviewer]


def _segments(session: Session, case: CaseId, only: CoderId | None) -> Mapping[str, int]:
    from qda.analysis.resolution import ORIGINS  # lazy: numpy is not needed at start

    snapshot = session.snapshot()
    place = next(
        (at for at, one in enumerate(snapshot.entities.cases) if one.id == case), None
    )  # fmt: skip
    if place is None:
        return {}
    pairs, origins = snapshot.resolution.pairs, snapshot.resolution.origin
    units = set(pairs.unit[pairs.case == place].tolist())
    if only is not None:
        coder = next((at for at, one in enumerate(snapshot.entities.coders) if one.id == only), -2)
        units &= set((snapshot.codings.coder == coder).nonzero()[0].tolist())
    return Counter(ORIGINS[origin] for origin in origins[sorted(units)].tolist()) if units else {}


def _indicators(session: Session, case: CaseId) -> tuple[Indicator, ...]:
    connection = session.project.connection
    months: dict[int, list[tuple[str, Value]]] = {}
    for one in variables.of_one(connection, "case", case):
        if one.period:
            months.setdefault(one.variable, []).append((one.period, one.value))
    return tuple(
        Indicator(variable, tuple(months.get(variable.id, ())))
        for variable in variables.of_subject(connection, "case")
        if variable.periodic
    )


def segment_words(segments: Mapping[str, int]) -> str:
    """Say how many segments count for an office, and why."""
    total = sum(segments.values())
    if not total:
        return tr("No segment counts for this office yet.")
    ways = {
        "coding": tr_n("{n} by its own link", "{n} by their own link", segments.get("coding", 0)),
        "speaker": tr("{n} by the speaker", n=segments.get("speaker", 0)),
        "document": tr("{n} by the source", n=segments.get("document", 0)),
    }
    parts = ", ".join(words for way, words in ways.items() if segments.get(way))
    return tr_n(
        "{n} segment counts for this office: {parts}.",
        "{n} segments count for this office: {parts}.",
        total,
        parts=parts,
    )


def rule() -> str:
    """Say how the office of a segment is decided."""
    return tr(
        "A segment counts for the offices it is linked to itself, else for its speaker's, else "
        "for its source's."
    )
