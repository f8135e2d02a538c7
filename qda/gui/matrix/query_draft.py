"""A query as it is being built: what is chosen, apart from how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from qda.app.session import Session
from qda.gui.language import say, tr
from qda.gui.matrix import engine
from qda.model.ids import CoderId, CodingId, Guid
from qda.model.queries import Condition, NearUnit, Query, Relation, SavedQuery
from qda.store import saved_queries

NOT_LIMITS = ("code", "codeset", "query", "proposition")
"""What segments are told apart by elsewhere, but a query is not limited by."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A query with the name it goes by; `saved` is what it was when it was kept, if it was."""

    query: Query = field(default_factory=Query)
    name: str = ""
    saved: SavedQuery | None = None

    @property
    def changed(self) -> bool:
        """Tell whether there is anything to keep."""
        if self.saved is None:
            return self.query != Query()
        return (self.name.strip(), self.query) != (self.saved.name, self.saved.query)

    def with_code(self, guid: Guid, *, on: bool) -> Draft:
        """Return the query with one code more, or without it."""
        kept = tuple(one for one in self.query.codes if one != guid)
        return replace(self, query=replace(self.query, codes=(*kept, guid) if on else kept))

    def with_limit(self, name: str, value: str, *, on: bool) -> Draft:
        """Return the query limited by one value more, or no longer by it."""
        kept = tuple(one for one in self.query.where if one != (name, value))
        where = (*kept, (name, value)) if on else kept
        return replace(self, query=replace(self.query, where=where))

    def with_condition(self, place: int | None, condition: Condition | None) -> Draft:
        """Return the query with a condition added (no place), put in a place, or taken away."""
        conditions = list(self.query.conditions)
        if place is None:
            conditions += [condition] if condition is not None else []
        else:
            conditions[place : place + 1] = [condition] if condition is not None else []
        return replace(self, query=replace(self.query, conditions=tuple(conditions)))


def kept(session: Session) -> tuple[SavedQuery, ...]:
    """Return the saved queries."""
    return saved_queries.all_queries(session.project.connection)


def relation_words() -> list[tuple[Relation, str]]:
    """Return the relations of two segments, each with its word."""
    return [
        ("overlaps", tr("overlaps")),
        ("same-turn", tr("in the same turn as")),
        ("near", tr("near")),
        ("same-document", tr("in the same document as")),
    ]


def near_units() -> list[tuple[NearUnit, str]]:
    """Return what nearness is counted in, each with its words."""
    return [("words", tr("words between at most")), ("turns", tr("turns between at most"))]


def sentence(session: Session, query: Query) -> str:
    """Return a query as a sentence."""
    from qda.analysis import queries  # lazy: it brings numpy

    return say(queries.sentence(session.snapshot(), query))


def condition_sentence(session: Session, condition: Condition) -> str:
    """Return one condition as it stands in the sentence."""
    from qda.analysis import queries  # lazy: it brings numpy

    return say(queries.condition_words(session.snapshot(), condition))


def uncounted(session: Session, query: Query) -> dict[str, str]:
    """Return the texts, by hash, whose words must be found before; few are read at once."""
    from qda.analysis import queries  # lazy: it brings numpy
    from qda.analysis.snapshot import prepare_words

    if not queries.needs_words(query):
        return {}
    missing = engine.unread(session)
    if missing:
        return missing
    prepare_words(session.project.connection, session.snapshot())
    return {}


def found(session: Session, query: Query, only: CoderId | None) -> list[CodingId]:
    """Return the segments of a query; with `only`, those of one coder.

    Raises UserError where the query names what is gone.
    """
    from qda.analysis import queries  # lazy: it brings numpy
    from qda.gui.matrix.judging import codings_by

    codings = list(queries.matching(session.snapshot(), query))
    if only is None:
        return codings
    own = codings_by(session, only)
    return [one for one in codings if one in own]


def code_names(session: Session) -> Mapping[Guid, str]:
    """Return the paths of all codes by GUID, in the order of the codebook."""
    from qda.model.codebook import join_path

    paths: dict[int, tuple[str, ...]] = {}
    names: dict[Guid, str] = {}
    for code in session.snapshot().entities.codes:
        above = paths[code.parent] if code.parent is not None else ()
        paths[code.id] = (*above, code.name)
        names[code.guid] = join_path(paths[code.id])
    return names
