"""Groups that cases belong to for a time, and cases that count as those that followed them.

A segment counts for the group that its case belonged to on the day of the interview: that of the
participant who speaks, else that of the document. Without a day, a case that only ever belonged to
one group of the kind counts for it, any other for none. Asked for one day, every case counts for
the group it belonged to then, whatever the interview's.

All pairs of a case and a day make up the axis `moment`; each kind of groups is a dimension of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qda.analysis.dimension_parts import Dimension, Entry, no_value, with_none
from qda.analysis.tables import Entities, Pairs
from qda.analysis.vectors import Flags, Ints
from qda.model.entities import Subject, Variable
from qda.model.errors import NotAllowed
from qda.model.groups import GroupKind, Membership, ends, followed
from qda.model.ids import CaseId, GroupId
from qda.model.matrix import MatrixSpec
from qda.model.messages import message
from qda.text.collation import sort_key
from qda.text.periods import parse_days

INTERVIEW_DAYS = frozenset(
    {
        "intervjudato", "intervjudag", "dato for intervju", "dato for intervjuet", "intervjudagen",
        "interview date", "interviewdate", "date of interview", "day of interview", "dato", "date",
    }
)  # fmt: skip
"""Variables of these names say when the interview was."""
UNDATED = 0
"""The place of no day; days stand behind it."""


@dataclass(frozen=True, slots=True)
class Moments:
    """The days of interviews: `days` as first and last day of each (a month is a stretch of days).

    `participant` and `document` give each its day by position, `UNDATED` for none; their last entry
    is for -1. `variables` are those that say the days.
    """

    days: tuple[tuple[str, str], ...]
    participant: Ints
    document: Ints
    variables: tuple[Variable, ...]

    @property
    def width(self) -> int:
        """Return how many days there are, no day included."""
        return len(self.days) + 1

    def of(self, case: Ints, participant: Ints, document: Ints) -> Ints:
        """Return the moment of each pair, -1 where it has no case."""
        day = self.participant[participant]
        day = np.where(day == UNDATED, self.document[document], day)
        return np.where(case < 0, -1, case * self.width + day)


def moments(entities: Entities) -> Moments:
    """Return the days of the interviews as the variables of informants and documents say them."""
    chosen = {subject: day_variable(entities, subject) for subject in ("participant", "document")}
    said = {
        subject: _days(entities, variable) if variable is not None else {}
        for subject, variable in chosen.items()
    }
    days = tuple(sorted({day for by_subject in said.values() for day in by_subject.values()}))
    place_of = {day: place for place, day in enumerate(days, start=UNDATED + 1)}

    def places(subject: str, ids: Sequence[int]) -> Ints:
        known = said[subject]
        found = [place_of[known[one]] if one in known else UNDATED for one in ids]
        return np.array([*found, UNDATED], dtype=np.int64)

    return Moments(
        days,
        places("participant", [one.id for one in entities.participants]),
        places("document", [one.id for one in entities.documents]),
        tuple(variable for variable in chosen.values() if variable is not None),
    )


def moments_of(entities: Entities, pairs: Pairs, documents: Ints) -> Ints:
    """Return the moment of each pair of units whose documents are given by unit."""
    return moments(entities).of(pairs.case, pairs.participant, documents[pairs.unit])


def day_variable(entities: Entities, subject: Subject) -> Variable | None:
    """Return the variable that says when the interview was: by its name, else the only date."""
    own = [one for one in entities.variables if one.subject == subject and not one.periodic]
    named = [one for one in own if one.name.strip().casefold() in INTERVIEW_DAYS]
    dates = [one for one in own if one.type == "date"]
    for candidates in ([one for one in named if one.type == "date"], named, dates):
        if len(candidates) == 1 and candidates[0].type in ("date", "text"):
            return candidates[0]
    return None


def _days(entities: Entities, variable: Variable) -> dict[int, tuple[str, str]]:
    values = entities.values.get(variable.id, {})
    return {
        subject: days
        for subject, value in values.items()
        if isinstance(value, str) and (days := parse_days(value)) is not None
    }


# ---------------------------------------------------------------------------------- kinds
def find_kind(entities: Entities, name: str) -> GroupKind | None:
    """Return the kind of groups of that name, None where it is none."""
    wanted = name.strip().casefold()
    return next((one for one in entities.kinds if one.name.casefold() == wanted), None)


def used_kinds(entities: Entities, spec: MatrixSpec) -> list[GroupKind]:
    """Return the kinds that a question is about, each once, in the order they are named."""
    names = (*spec.rows, *spec.columns, *(name for name, _ in (*spec.where, *spec.without)))
    found = (find_kind(entities, name) for name in names)
    return list(dict.fromkeys(one for one in found if one is not None))


def chosen_day(text: str) -> str:
    """Return a day that a question names, of a month or a year the last one; empty for none.

    Raises NotAllowed for what is no day.
    """
    if not text.strip():
        return ""
    days = parse_days(text)
    if days is None:
        raise NotAllowed(
            message("{day} is no day; write 2020-01, 2020-01-31 or 31.01.2020.", day=text.strip())
        )
    return days[1]


def group_dimension(entities: Entities, kind: GroupKind, spec: MatrixSpec) -> Dimension:
    """Return the groups of a kind in order, by moment."""
    held = moments(entities)
    groups = sorted(
        (one for one in entities.groups if one.kind == kind.id),
        key=lambda one: (sort_key(one.name, entities.language), one.id),
    )
    place_of = {one.id: place for place, one in enumerate(groups)}
    table = np.full((len(entities.cases), held.width), -1, dtype=np.int64)
    row_of = {one.id: row for row, one in enumerate(entities.cases)}
    day = chosen_day(spec.as_of)
    firsts = np.array([_number(first) for first, _ in held.days], dtype=np.int64)
    lasts = np.array([_number(last) for _, last in held.days], dtype=np.int64)
    for case, memberships in _by_case(entities, place_of).items():
        row = table[row_of[case]]
        for one, last in zip(memberships, ends(memberships), strict=True):
            place = place_of[one.group]
            if day:
                if one.since <= day <= last:
                    row[:] = place
            elif len(held.days):
                within = (firsts >= _number(one.since)) & (lasts <= _number(last))
                row[UNDATED + 1 :][within] = place
        if not day and len({one.group for one in memberships}) == 1:
            row[UNDATED] = place_of[memberships[0].group]
    entries = tuple(Entry(one.name, "", one.guid) for one in groups)
    return Dimension(kind.name, "moment", entries, with_none(table.reshape(-1)), kind=kind)


def _number(day: str) -> int:
    """Return a day as a number in the same order; numbers are compared faster than texts."""
    return int(day.replace("-", "") or 0)


def _by_case(entities: Entities, place_of: Mapping[GroupId, int]) -> dict[CaseId, list[Membership]]:
    """Return the memberships of each case in the given groups, by first day."""
    found: dict[CaseId, list[Membership]] = {}
    for one in entities.memberships:
        if one.group in place_of:
            found.setdefault(one.case, []).append(one)
    return found


def allowed_groups(entities: Entities, kind: GroupKind, value: str, spec: MatrixSpec) -> Flags:
    """Return which moments a filter on a kind lets through; empty for those of no group.

    Raises NotFound for a group that there is not.
    """
    dimension = group_dimension(entities, kind, spec)
    if not value:
        return dimension.index < 0
    wanted = value.strip().casefold()
    places = [
        place
        for place, one in enumerate(dimension.entries)
        if wanted in (one.name.casefold(), one.guid)
    ]
    if not places:
        raise no_value(kind.name, value, [one.name for one in dimension.entries])
    return np.isin(dimension.index, places)


# ----------------------------------------------------------------------------- successors
def counted_as(entities: Entities, spec: MatrixSpec) -> Ints | None:
    """Return which case each one counts as, by position with -1 at its end; None for itself."""
    following = _following(entities, spec)
    if not following:
        return None
    place_of = {one.id: place for place, one in enumerate(entities.cases)}
    return with_none([place_of[following.get(one.id, one.id)] for one in entities.cases])


def successor_names(entities: Entities, spec: MatrixSpec) -> dict[str, list[str]]:
    """Return the names of the cases that count as each successor, in the project's order."""
    following = _following(entities, spec)
    name_of = {one.id: one.name for one in entities.cases}
    found: dict[str, list[str]] = {}
    for one in entities.cases:
        if one.id in following:
            found.setdefault(name_of[following[one.id]], []).append(one.name)
    return found


def split_names(entities: Entities, spec: MatrixSpec) -> list[str]:
    """Return the names of the cases that were split by then, and so count as themselves."""
    day = chosen_day(spec.successors)
    split = {one.old for one in entities.successions if one.kind == "split" and one.at <= day}
    return [one.name for one in entities.cases if one.id in split]


def _following(entities: Entities, spec: MatrixSpec) -> dict[CaseId, CaseId]:
    day = chosen_day(spec.successors)
    return followed(entities.successions, day) if day else {}


def require_counted(entities: Entities, spec: MatrixSpec, names: Sequence[str]) -> None:
    """Raise NotAllowed for a case that counts as another one here."""
    for successor, before in successor_names(entities, spec).items():
        for name in names:
            if name in before:
                raise NotAllowed(
                    message(
                        "{name} counts as {successor} here, which followed it; choose that.",
                        name=name, successor=successor,
                    )
                )  # fmt: skip
