"""Coded segments as they are printed: the text, where it stands, who said it."""

import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from qda.analysis.labels import value_text
from qda.analysis.resolution import touched_turns
from qda.analysis.tables import Codings, Snapshot
from qda.analysis.vectors import Ints
from qda.model.codebook import join_path
from qda.model.entities import STANCES
from qda.model.ids import CodeId, CodingId, Guid
from qda.model.matrix import Quote
from qda.store import arrays
from qda.store.arrays import Connection
from qda.text.speaker_words import is_initial, is_typical, label_key

ROLE_NAMES = frozenset({"rolle", "role"})
_NUMBER = re.compile(r"[\s.#\-]*(?:nr\.?\s*)?\d+$")


def quotes_for(
    connection: Connection, snapshot: Snapshot, codings: Iterable[CodingId]
) -> dict[CodingId, Quote]:
    """Return the quotes of the given codings, by document and start; those gone are left out.

    The role is what the participants' variable `rolle` (or `role`) says, else the speaker's label
    where that is a usual word for a role. A name is never taken for a role.
    """
    entities = snapshot.entities
    wanted = np.fromiter(set(codings), dtype=np.int64)
    places = np.flatnonzero(np.isin(snapshot.codings.ids, wanted))
    chosen = _chosen(snapshot.codings, places)
    texts = {row[0]: row[1:] for row in arrays.quotes(connection, chosen.ids.tolist())}
    people, cases = _belongings(snapshot, places)
    turns = _first_turns(snapshot, chosen)
    roles = _roles(connection, snapshot, chosen, people, turns)
    paths = _code_paths(snapshot)
    found: dict[CodingId, Quote] = {}
    numbers: list[int] = snapshot.turns.number.tolist()
    rows: list[list[int]] = np.column_stack(
        (
            chosen.ids, chosen.document, chosen.code, chosen.coder, chosen.stance, chosen.start,
            chosen.end,
        )
    ).tolist()  # fmt: skip
    for at, row in enumerate(rows):
        coding, document, code, coder, stance, start, end = row
        if coding not in texts:
            continue
        guid, text, value, memo = texts[coding]
        turn = turns[at]
        found[CodingId(coding)] = Quote(
            id=CodingId(coding),
            guid=Guid(guid),
            text=text,
            code=paths[code],
            color=entities.codes[code].color,
            document=entities.documents[document].name,
            turn=numbers[turn] if turn >= 0 else None,
            participants=tuple(entities.participants[one].name for one in people[at]),
            role=roles[at],
            cases=tuple(entities.cases[one].name for one in cases[at]),
            coder=entities.coders[coder].name,
            stance=STANCES[stance] if stance >= 0 else None,
            value=value,
            memo=memo,
            start=start,
            end=end,
        )
    return found


def _chosen(codings: Codings, places: Ints) -> Codings:
    return Codings(
        codings.ids[places], codings.document[places], codings.code[places], codings.coder[places],
        codings.start[places], codings.end[places], codings.stance[places],
    )  # fmt: skip


def _belongings(snapshot: Snapshot, places: Ints) -> tuple[list[list[int]], list[list[int]]]:
    """Return the positions of the participants and of the cases of each coding."""
    pairs = snapshot.resolution.pairs
    low: list[int] = np.searchsorted(pairs.unit, places).tolist()
    high: list[int] = np.searchsorted(pairs.unit, places + 1).tolist()
    people: list[list[int]] = []
    cases: list[list[int]] = []
    for first, last in zip(low, high, strict=True):
        who, where = pairs.participant[first:last].tolist(), pairs.case[first:last].tolist()
        people.append(sorted({one for one in who if one >= 0}))
        cases.append(sorted({one for one in where if one >= 0}))
    return people, cases


def _first_turns(snapshot: Snapshot, chosen: Codings) -> list[int]:
    """Return the first informant's turn that each coding touches, else the first at all."""
    coding, turn = touched_turns(chosen, snapshot.turns)
    first = np.full(len(chosen), -1, dtype=np.int64)
    first[coding[::-1]] = turn[::-1]
    informant = snapshot.turns.interviewer[turn] == 0
    first[coding[informant][::-1]] = turn[informant][::-1]
    return first.tolist()


def _roles(
    connection: Connection,
    snapshot: Snapshot,
    chosen: Codings,
    people: list[list[int]],
    turns: list[int],
) -> list[str]:
    """Return the role that each quote is attributed to, empty where none is known."""
    entities = snapshot.entities
    role_of: dict[int, str] = {}
    for variable in entities.variables:
        if variable.subject == "participant" and variable.name.casefold() in ROLE_NAMES:
            for participant, value in entities.values.get(variable.id, {}).items():
                role_of.setdefault(participant, value_text(value, entities.language))
    roles = [
        ", ".join(
            dict.fromkeys(
                role
                for one in several
                if (role := role_of.get(entities.participants[one].id, "").strip())
            )
        )
        for several in people
    ]
    open_places = [at for at, role in enumerate(roles) if not role and turns[at] >= 0]
    if not open_places:
        return roles
    document_ids = {int(chosen.document[at]) for at in open_places}
    labels = arrays.turn_labels(connection, (entities.documents[one].id for one in document_ids))
    for at in open_places:
        document = entities.documents[int(chosen.document[at])].id
        number = int(snapshot.turns.number[turns[at]])
        roles[at] = role_in_label(labels.get((document, number), ""))
    return roles


@lru_cache(maxsize=1024)
def role_in_label(label: str) -> str:
    """Return the role that a speaker's label names (`Veileder 2:` is `veileder`), or nothing."""
    key = label_key(label)
    if not key or is_initial(key) or not is_typical(key):
        return ""
    return _NUMBER.sub("", key.partition("(")[0]).strip(" .:")


def _code_paths(snapshot: Snapshot) -> list[str]:
    names: dict[CodeId, tuple[str, ...]] = {}
    for code in snapshot.entities.codes:
        above = names[code.parent] if code.parent is not None else ()
        names[code.id] = (*above, code.name)
    return [join_path(names[code.id]) for code in snapshot.entities.codes]
