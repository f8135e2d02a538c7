"""Hold the whole project in memory as arrays, and bring them up to date after a change."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Protocol

import numpy as np

from qda.analysis import resolution
from qda.analysis.properties import Property
from qda.analysis.tables import (
    CaseLinks,
    Codings,
    Entities,
    Memberships,
    OwnLinks,
    Pairs,
    Resolution,
    Snapshot,
    Turns,
)
from qda.analysis.vectors import Flags, Ints
from qda.model.changes import Changes
from qda.model.entities import Value
from qda.model.ids import CodingId, VariableId
from qda.store import (
    arrays,
    bands,
    cases,
    code_sets,
    coders,
    codes,
    documents,
    groups,
    judgements,
    participants,
    project_info,
    saved_queries,
    variables,
)
from qda.store.arrays import Connection
from qda.text.collation import SortKey, sort_key

_UNCOUNTED = frozenset(
    {
        "memo", "source_note", "codebook_version", "framework_cell", "framework_evidence",
        "judgement", "judgement_evidence", "claim", "claim_evidence", "quote_use", "recipe",
        "quote_style", "picked_quote", "score_sheet", "score_item", "score_file", "score",
        "settlement", "settlement_coding", "suggestion_decision",
        "guide", "guide_question", "guide_document", "question_code", "turn_question",
        "question_asked",
    }
)  # fmt: skip
"""Tables that the arrays say nothing of. Verdicts are read when they are asked for."""
_CODING_TABLES = frozenset({"coding", "coding_case"})
_IN_DOCUMENTS = frozenset({"document", "turn"})
"""Tables that a `Document` says something of."""
_VALUED = {"value", "variable"}
"""Tables whose changes alter the values of variables; those of what is removed go with it."""
_MAX_SPLICED = 5_000
"""With more changed rows than this, reading the whole table anew is as quick."""


class _WithId(Protocol):
    @property
    def id(self) -> int: ...


def load(connection: Connection) -> Snapshot:
    """Read the whole project, without its texts."""
    entities = _read_entities(connection)
    return _assembled(
        entities,
        _coding_rows(connection),
        _turn_rows(connection),
        connection,
    )


def refreshed(snapshot: Snapshot, connection: Connection, changes: Changes) -> Snapshot:
    """Return the project as it is after `changes`, reading anew only what they name."""
    touched = {table for table, ids in changes.rows.items() if ids} - _UNCOUNTED
    if not touched:
        return snapshot
    changed = changes.of("coding") | changes.of("coding_case")
    if touched <= _CODING_TABLES and len(changed) <= _MAX_SPLICED:
        return _with_codings(snapshot, connection, changes)
    coding_rows = _reread(_raw_codings(snapshot), changes.of("coding"), connection, _coding_rows)
    turn_rows = _reread(_raw_turns(snapshot), changes.of("turn"), connection, _turn_rows)
    entities = _read_entities(connection, snapshot.entities, touched)
    fresh = _assembled(entities, coding_rows, turn_rows, connection)
    return replace(fresh, words=snapshot.words)


def resolved_now(
    snapshot: Snapshot, connection: Connection, changes: Changes, coding: CodingId
) -> resolution.Resolved | None:
    """Return what one coding resolves to after `changes`, all else left as it is.

    None where more than codings and their own links changed, or it is gone: `refreshed` tells.
    """
    touched = {table for table, ids in changes.rows.items() if ids} - _UNCOUNTED
    if not touched <= _CODING_TABLES:
        return None
    rows = _coding_rows(connection, (coding,))
    if not len(rows):
        return None
    own_links, _ = _with_own_links(snapshot, connection, changes.of("coding_case"))
    links = (snapshot.participant_cases, snapshot.document_cases)
    one = resolution.resolve(_codings(snapshot.entities, rows), snapshot.turns, *links, own_links)
    return resolution.resolved_at(snapshot.entities, one, 0)


def prepare_words(connection: Connection, snapshot: Snapshot) -> None:
    """Find the words of every text that is not in `snapshot.words` yet."""
    from qda.text.words import word_spans

    wanted = {document.text_hash for document in snapshot.entities.documents}
    for gone in snapshot.words.keys() - wanted:
        del snapshot.words[gone]
    missing = sorted(wanted - snapshot.words.keys())
    for text_hash, text in arrays.texts(connection, missing):
        snapshot.words[text_hash] = word_spans(text)


def citations(connection: Connection, entities: Entities) -> Memberships:
    """Read the segments that verdicts on propositions rest on."""
    rows = np.array(list(judgements.citations(connection)), dtype=np.int64).reshape(-1, 3)
    return Memberships(
        "proposition",
        rows[:, 0].copy(),
        _positions(entities.propositions)[rows[:, 2]],
        _positions(entities.cases)[rows[:, 1]],
    )


def _read_entities(
    connection: Connection, before: Entities | None = None, touched: AbstractSet[str] = frozenset()
) -> Entities:
    """Read all that has a name; of what there can be thousands of, only what was `touched`."""
    project, bandings = project_info.read(connection), bands.all_bandings(connection)
    known = before if before is not None and "project" not in touched else None

    def by_name(name: str) -> SortKey:
        return sort_key(name, project.language)

    return Entities(
        project=project,
        documents=known.documents
        if known is not None and not touched & _IN_DOCUMENTS
        else tuple(sorted(documents.all_documents(connection), key=lambda one: by_name(one.name))),
        participants=known.participants
        if known is not None and "participant" not in touched
        else tuple(
            sorted(participants.all_participants(connection), key=lambda one: by_name(one.name))
        ),
        cases=tuple(
            sorted(
                cases.all_cases(connection),
                key=lambda one: (one.position, sort_key(one.name, project.language)),
            )
        ),
        codes=codes.all_codes(connection),
        coders=tuple(sorted(coders.all_coders(connection), key=lambda one: by_name(one.name))),
        variables=variables.all_variables(connection),
        propositions=judgements.all_propositions(connection),
        queries=saved_queries.all_queries(connection),
        values=known.values
        if known is not None and not touched & _VALUED
        else arrays.latest_values(connection),
        bandings=bandings,
        code_sets=code_sets.all_sets(connection),
        kinds=groups.all_kinds(connection),
        groups=groups.all_groups(connection),
        memberships=groups.all_memberships(connection),
        successions=groups.all_successions(connection),
        readings={
            (one.variable, one.definition.period): _reading(
                connection, one.variable, one.definition.period
            )
            for one in bandings
            if one.definition.period
        },
    )


def _reading(connection: Connection, variable: VariableId, period: str) -> Mapping[int, Value]:
    first, _, last = period.partition("/")
    if last:
        return bands.means(connection, variable, first, last)
    return variables.in_month(connection, variable, first)


def prepare_readings(
    connection: Connection, entities: Entities, properties: Iterable[Property]
) -> None:
    """Read the values of indicators at the months that properties say, kept with the snapshot."""
    for one in properties:
        if one.period and (one.variable.id, one.period) not in entities.readings:
            entities.readings[one.variable.id, one.period] = _reading(
                connection, one.variable.id, one.period
            )


def _rows(flat: "array[int]", width: int) -> Ints:
    return np.frombuffer(flat, dtype=np.int64).reshape(-1, width)


def _positions(things: Sequence[_WithId]) -> Ints:
    """Return a table from id to position, -1 where there is none; its last entry is for -1."""
    table = np.full(max((thing.id for thing in things), default=0) + 2, -1, dtype=np.int64)
    for position, thing in enumerate(things):
        table[thing.id] = position
    return table


def _ids(things: Sequence[_WithId]) -> Ints:
    """Return the ids by position, with -1 at the end for position -1."""
    return np.array([*(thing.id for thing in things), -1], dtype=np.int64)


def _assembled(
    entities: Entities, coding_rows: Ints, turn_rows: Ints, connection: Connection
) -> Snapshot:
    """Put everything in order and resolve it."""
    document_at, case_at = _positions(entities.documents), _positions(entities.cases)
    participant_at = _positions(entities.participants)
    codings = _codings(entities, coding_rows)
    turns = _turns(turn_rows, document_at, participant_at)
    document_cases = _case_links(
        arrays.document_cases(connection), document_at, case_at, len(entities.documents)
    )
    participant_cases = _case_links(
        arrays.participant_cases(connection), participant_at, case_at, len(entities.participants)
    )
    own_links = _own_links(_rows(arrays.coding_cases(connection), arrays.LINK_WIDTH), case_at)
    characters = np.array([one.characters for one in entities.documents], dtype=np.int64)
    return Snapshot(
        entities,
        codings,
        turns,
        document_cases,
        participant_cases,
        own_links,
        resolution.resolve(codings, turns, participant_cases, document_cases, own_links),
        resolution.material_of(turns, characters, participant_cases, document_cases),
    )


def _codings(entities: Entities, rows: Ints) -> Codings:
    document = _positions(entities.documents)[rows[:, 1]]
    order = np.lexsort((rows[:, 0], rows[:, 4], document))
    rows = rows[order]
    return Codings(
        ids=rows[:, 0].copy(),
        document=document[order],
        code=_positions(entities.codes)[rows[:, 2]],
        coder=_positions(entities.coders)[rows[:, 3]],
        start=rows[:, 4].copy(),
        end=rows[:, 5].copy(),
        stance=rows[:, 6].copy(),
    )


def _turns(rows: Ints, document_at: Ints, participant_at: Ints) -> Turns:
    document = document_at[rows[:, 1]]
    order = np.lexsort((rows[:, 2], rows[:, 3], document))
    rows = rows[order]
    return Turns(
        ids=rows[:, 0].copy(),
        document=document[order],
        number=rows[:, 2].copy(),
        label_start=rows[:, 3].copy(),
        start=rows[:, 4].copy(),
        end=rows[:, 5].copy(),
        participant=participant_at[rows[:, 6]],
        interviewer=rows[:, 7].copy(),
    )


def _case_links(flat: "array[int]", subject_at: Ints, case_at: Ints, count: int) -> CaseLinks:
    rows = _rows(flat, arrays.LINK_WIDTH)
    subject, case = subject_at[rows[:, 1]], case_at[rows[:, 2]]
    order = np.lexsort((case, subject))
    return CaseLinks(
        np.searchsorted(subject[order], np.arange(count + 1)).astype(np.int64), case[order]
    )


def _own_links(rows: Ints, case_at: Ints) -> OwnLinks:
    order = np.lexsort((rows[:, 0], rows[:, 1]))
    rows = rows[order]
    return OwnLinks(rows[:, 0].copy(), rows[:, 1].copy(), case_at[rows[:, 2]])


def _raw_codings(snapshot: Snapshot) -> Ints:
    """Return the codings as rows of ids again, as `_coding_rows` reads them."""
    entities, codings = snapshot.entities, snapshot.codings
    return np.column_stack(
        (
            codings.ids,
            _ids(entities.documents)[codings.document],
            _ids(entities.codes)[codings.code],
            _ids(entities.coders)[codings.coder],
            codings.start,
            codings.end,
            codings.stance,
        )
    )


def _raw_turns(snapshot: Snapshot) -> Ints:
    """Return the turns as rows of ids again, as `_turn_rows` reads them."""
    entities, turns = snapshot.entities, snapshot.turns
    return np.column_stack(
        (
            turns.ids,
            _ids(entities.documents)[turns.document],
            turns.number,
            turns.label_start,
            turns.start,
            turns.end,
            _ids(entities.participants)[turns.participant],
            turns.interviewer,
        )
    )


def _coding_rows(connection: Connection, chosen: Iterable[int] | None = None) -> Ints:
    """Return rows of id, document, code, coder, start, end, stance."""
    packed = _rows(arrays.codings(connection, chosen), arrays.CODING_WIDTH)
    high, low = packed >> arrays.PACKED_BITS, packed & ((1 << arrays.PACKED_BITS) - 1)
    return np.column_stack(
        (high[:, 0], high[:, 1], high[:, 2], low[:, 2], low[:, 0], low[:, 1], packed[:, 3])
    )


def _turn_rows(connection: Connection, chosen: Iterable[int] | None = None) -> Ints:
    """Return rows of id, document, number, label start, start, end, participant, interviewer."""
    return _rows(arrays.turns(connection, chosen), arrays.TURN_WIDTH)


class _Reader(Protocol):
    def __call__(self, connection: Connection, chosen: Iterable[int] | None = None) -> Ints: ...


def _reread(rows: Ints, changed: frozenset[int], connection: Connection, read: _Reader) -> Ints:
    """Return `rows` with the changed ones as they are now."""
    if not changed:
        return rows
    if len(changed) > _MAX_SPLICED:
        return read(connection)
    kept = rows[~np.isin(rows[:, 0], np.fromiter(changed, dtype=np.int64))]
    return np.concatenate((kept, read(connection, changed)))


def _with_codings(snapshot: Snapshot, connection: Connection, changes: Changes) -> Snapshot:
    """Bring only codings and their own links up to date; nothing else is resolved anew."""
    entities = snapshot.entities
    own_links, relinked = _with_own_links(snapshot, connection, changes.of("coding_case"))
    altered = changes.of("coding") | relinked
    stale = _isin(snapshot.codings.ids, altered)
    fresh = _codings(entities, _coding_rows(connection, altered))
    codings, kept_to, fresh_to = _merged(snapshot.codings, ~stale, fresh)
    links = (snapshot.participant_cases, snapshot.document_cases)
    added = resolution.resolve(fresh, snapshot.turns, *links, own_links)
    return replace(
        snapshot,
        codings=codings,
        own_links=own_links,
        resolution=_spliced(snapshot.resolution, stale, kept_to, added, fresh_to),
    )


def _isin(values: Ints, wanted: frozenset[int]) -> Flags:
    """Mark the values that are wanted; a few are found faster one by one."""
    if len(wanted) > 8:
        return np.isin(values, np.fromiter(wanted, dtype=np.int64))
    marks = np.zeros(len(values), dtype=np.bool_)
    for one in wanted:
        marks |= values == one
    return marks


def _with_own_links(
    snapshot: Snapshot, connection: Connection, changed: frozenset[int]
) -> tuple[OwnLinks, frozenset[int]]:
    """Return the codings' own links as they are now, and the codings that this concerns."""
    old = snapshot.own_links
    if not changed:
        return old, frozenset()
    stale = _isin(old.ids, changed)
    fresh = _rows(arrays.coding_cases(connection, changed), arrays.LINK_WIDTH)
    concerned = frozenset(old.coding_ids[stale].tolist()) | frozenset(fresh[:, 1].tolist())
    case_ids = _ids(snapshot.entities.cases)
    kept = np.column_stack((old.ids, old.coding_ids, case_ids[old.case]))[~stale]
    rows = np.concatenate((kept, fresh))
    return _own_links(rows, _positions(snapshot.entities.cases)), concerned


def _merged(old: Codings, kept: Flags, fresh: Codings) -> tuple[Codings, Ints, Ints]:
    """Put `fresh` in its places among the kept ones; return where both went."""
    old_key = (old.document << 32 | old.start)[kept]
    fresh_key = fresh.document << 32 | fresh.start
    ids = old.ids[kept]
    place = np.searchsorted(old_key, fresh_key, side="left")
    # Codings at the same place stand by id; there are few, so walking over them is cheap.
    for index, key in enumerate(fresh_key.tolist()):
        while place[index] < len(ids) and (
            old_key[place[index]] == key and ids[place[index]] < fresh.ids[index]
        ):
            place[index] += 1
    fresh_to = place + np.arange(len(place))
    from_old = np.ones(len(ids) + len(place), dtype=np.bool_)
    from_old[fresh_to] = False

    def column(before: Ints, added: Ints) -> Ints:
        merged = np.empty(len(from_old), dtype=np.int64)
        merged[from_old] = before[kept]
        merged[fresh_to] = added
        return merged

    codings = Codings(
        column(old.ids, fresh.ids),
        column(old.document, fresh.document),
        column(old.code, fresh.code),
        column(old.coder, fresh.coder),
        column(old.start, fresh.start),
        column(old.end, fresh.end),
        column(old.stance, fresh.stance),
    )
    kept_to = np.full(len(old), -1, dtype=np.int64)
    kept_to[kept] = np.flatnonzero(from_old)
    return codings, kept_to, fresh_to


def _spliced(
    old: Resolution, stale: Flags, kept_to: Ints, added: Resolution, fresh_to: Ints
) -> Resolution:
    """Carry the resolution of the kept codings over and put that of the fresh ones between."""
    origin = np.empty(int((~stale).sum()) + len(fresh_to), dtype=np.int64)
    origin[kept_to[~stale]] = old.origin[~stale]
    origin[fresh_to] = added.origin
    moved = kept_to[old.pairs.unit]
    kept = moved >= 0
    new_unit = fresh_to[added.pairs.unit]
    kept_unit = moved[kept]
    places = np.searchsorted(kept_unit, new_unit)
    pairs = Pairs(
        np.insert(kept_unit, places, new_unit),
        np.insert(old.pairs.participant[kept], places, added.pairs.participant),
        np.insert(old.pairs.case[kept], places, added.pairs.case),
    )
    return Resolution(pairs, origin)
