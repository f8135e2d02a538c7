"""What a user does with memberships: let a case belong to a group for a time, or no longer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qda.jobs.progress import Progress
from qda.model.changes import OpResult
from qda.model.errors import NotAllowed, NotFound
from qda.model.groups import Membership, overlap, span_words
from qda.model.ids import CaseId, GroupId, GroupKindId, Guid, MembershipId
from qda.model.import_report import ReportBuilder
from qda.model.messages import Message, message
from qda.operations.case_matching import CaseMatcher, Unknown, unknown_cases
from qda.operations.import_reports import keep_report
from qda.operations.names import require_free_dimension
from qda.store import cases, groups, variables
from qda.store.project_file import ProjectFile
from qda.text.periods import parse_days

SET = message("Set what a case belongs to")
CLEAR = message("Clear what a case belongs to")
IMPORT = message("Import memberships")
NO_OFFICE = message("The office is not in the project.")
_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A row of a sheet: `since` and `until` are days, empty where open."""

    row: int
    case: str
    kind: str
    group: str
    since: str
    until: str


def set_membership(
    project: ProjectFile,
    *,
    coder: str,
    case: CaseId,
    kind: str,
    group: str,
    since: str = "",
    until: str = "",
) -> OpResult[MembershipId]:
    """Let a case belong to a group of a kind; a kind and a group are made where they are new.

    Days are written by day, month or year, and empty ones are open. What began on the same day is
    replaced. Raises NotFound for a case that is gone, NotAllowed for no name, no day, an end before
    the beginning, and days that another membership of the kind takes up.
    """
    days = read_days(since, until)
    _require_case(project, case)
    with project.step(SET, coder) as step:
        writer = _Writer(project)
        number = writer.kind(kind)
        written = writer.write(case, (number, writer.group(number, group)), days)
        groups.delete_unused(project.connection)
    return OpResult(written, step.changes, step.id)


def edit_membership(
    project: ProjectFile,
    *,
    coder: str,
    membership: MembershipId,
    group: str,
    since: str = "",
    until: str = "",
) -> OpResult[None]:
    """Give a membership another group or other days. Raises as `set_membership` does."""
    days = read_days(since, until)
    old = _get(project, membership)
    with project.step(SET, coder) as step:
        writer = _Writer(project)
        kind = writer.kind_of(old.group)
        there = writer.group(kind, group)
        others = [one for one in writer.of(old.case, kind) if one.id != membership]
        _require_room(others, days)
        groups.update_membership(
            project.connection, replace(old, group=there, since=days[0], until=days[1])
        )
        groups.delete_unused(project.connection)
    return OpResult(None, step.changes, step.id)


def clear_memberships(
    project: ProjectFile, *, coder: str, memberships: Sequence[MembershipId]
) -> OpResult[int]:
    """Take memberships away; groups that nothing belongs to any more go too. Raises NotFound."""
    gone = [_get(project, one).id for one in dict.fromkeys(memberships)]
    with project.step(CLEAR, coder) as step:
        for one in gone:
            groups.delete_membership(project.connection, one)
        groups.delete_unused(project.connection)
    return OpResult(len(gone), step.changes, step.id)


def import_memberships(
    project: ProjectFile,
    *,
    coder: str,
    rows: Sequence[MembershipRow],
    report: ReportBuilder,
    unknown: Unknown = "refuse",
    progress: Progress | None = None,
) -> OpResult[int]:
    """Take in memberships from a sheet; return how many. The project keeps `report`.

    A row that cannot be, since another takes up its days, is left out and told. Raises NotFound
    for offices that are unknown (unless they are to be added or left out), NotAllowed where the
    name of a kind is taken, and Cancelled.
    """
    with project.step(IMPORT, coder) as step:
        writer = _Writer(project)
        missing = writer.matcher.missing(one.case for one in rows)
        if missing and unknown == "refuse":
            raise unknown_cases(missing)
        count = _take(writer, rows, report, unknown, progress or Progress())
        groups.delete_unused(project.connection)
        keep_report(project, report, coder)
    return OpResult(count, step.changes, step.id)


def preview_memberships(
    project: ProjectFile,
    *,
    rows: Sequence[MembershipRow],
    report: ReportBuilder,
    unknown: Unknown = "leave out",
    progress: Progress | None = None,
) -> int:
    """Return how many memberships an import would take, and tell `report`; nothing is changed.

    Offices that an import would refuse are told as left out. Raises as `import_memberships` does.
    """
    kept: Unknown = "leave out" if unknown == "refuse" else unknown
    return _take(_Writer(project, preview=True), rows, report, kept, progress or Progress())


def _take(
    writer: "_Writer",
    rows: Sequence[MembershipRow],
    report: ReportBuilder,
    unknown: Unknown,
    progress: Progress,
) -> int:
    count = 0
    progress.start(len(rows), message("Writing the memberships"))
    for at, one in enumerate(rows):
        if not at % _EVERY:
            progress.step(min(_EVERY, len(rows) - at))
        case = writer.matcher.meet(one.case, unknown)
        if case is None:
            _left_out(report, one, NO_OFFICE)
            continue
        kind = writer.kind(one.kind)
        days = one.since, one.until
        there = writer.group(kind, one.group)
        same = next((known for known in writer.of(case, kind) if known.since == one.since), None)
        if same is not None and (same.group, same.until) == (there, one.until):
            _decided(report, one, message("The project has it already."))
            count += 1
            continue
        try:
            writer.write(case, (kind, there), days)
        except NotAllowed as error:
            _left_out(report, one, error.message)
            continue
        if same is not None:
            _decided(report, one, message("It takes the place of what began on the same day."))
        count += 1
    writer.matcher.tell(report, report.source)
    report.count_kept({"memberships": count})
    return count


def _left_out(report: ReportBuilder, one: MembershipRow, why: Message) -> None:
    report.left_out("memberships", _row_words(one), report.source, why)


def _decided(report: ReportBuilder, one: MembershipRow, why: Message) -> None:
    report.decided("memberships", _row_words(one), report.source, why)


def _row_words(one: MembershipRow) -> Message:
    return message(
        "Row {row}: {case}, {group}, {days}",
        row=one.row, case=one.case, group=one.group, days=span_words(one.since, one.until),
    )  # fmt: skip


def read_days(since: str, until: str) -> tuple[str, str]:
    """Return the first and the last day that two texts say. Raises NotAllowed."""
    first, last = _day(since, 0), _day(until, 1)
    if first and last and last < first:
        raise NotAllowed(
            message("{until} is before {since}; write the beginning first.",
                    since=since.strip(), until=until.strip())
        )  # fmt: skip
    return first, last


def _day(text: str, end: Literal[0, 1]) -> str:
    if not text.strip():
        return ""
    days = parse_days(text)
    if days is None:
        raise NotAllowed(
            message("{day} is no day; write 2020-01, 2020-01-31 or 31.01.2020.", day=text.strip())
        )
    return days[end]


class _Writer:
    """Writes memberships within a step, or plays it through; what is there is read once."""

    def __init__(self, project: ProjectFile, *, preview: bool = False) -> None:
        """Know what the project has; in a `preview` nothing is written."""
        self._project = project
        self._connection = project.connection
        self._preview = preview
        self._last = 0
        self.matcher = CaseMatcher(project, preview=preview)
        self._kinds = {one.name.casefold(): one.id for one in groups.all_kinds(self._connection)}
        self._groups: dict[tuple[GroupKindId, str], GroupId] = {}
        self._kind_of: dict[GroupId, GroupKindId] = {}
        for one in groups.all_groups(self._connection):
            self._groups[one.kind, one.name.casefold()] = one.id
            self._kind_of[one.id] = one.kind
        self._written: set[MembershipId] = set()
        self._of: dict[tuple[CaseId, GroupKindId], list[Membership]] = {}
        for known in groups.all_memberships(self._connection):
            self._of.setdefault((known.case, self._kind_of[known.group]), []).append(known)

    def _no_row(self) -> int:
        """Return an id that no row has."""
        self._last -= 1
        return self._last

    def kind(self, name: str) -> GroupKindId:
        """Return the kind of that name, made where it is new. Raises NotAllowed."""
        name = name.strip()
        found = self._kinds.get(name.casefold())
        if found is None:
            _require_free_kind(self._project, name)
            found = (
                GroupKindId(self._no_row())
                if self._preview
                else groups.insert_kind(self._connection, name)
            )
            self._kinds[name.casefold()] = found
        return found

    def kind_of(self, group: GroupId) -> GroupKindId:
        """Return the kind of a group."""
        return self._kind_of[group]

    def group(self, kind: GroupKindId, name: str) -> GroupId:
        """Return the group of that name, made where it is new. Raises NotAllowed for none."""
        name = name.strip()
        if not name:
            raise NotAllowed(message("A name cannot be empty; write one."))
        found = self._groups.get((kind, name.casefold()))
        if found is None:
            found = (
                GroupId(self._no_row())
                if self._preview
                else groups.insert_group(self._connection, kind, name)
            )
            self._groups[kind, name.casefold()] = found
            self._kind_of[found] = kind
        return found

    def of(self, case: CaseId, kind: GroupKindId) -> list[Membership]:
        """Return the memberships of a case in a kind."""
        return self._of.setdefault((case, kind), [])

    def write(
        self, case: CaseId, there: tuple[GroupKindId, GroupId], days: tuple[str, str]
    ) -> MembershipId:
        """Write a membership; what began on the same day is replaced, unless this run wrote it.

        Raises NotAllowed where others take up some of its days.
        """
        known = self.of(case, there[0])
        same = next((one for one in known if one.since == days[0]), None)
        if same is not None and same.id in self._written:
            same = None
        _require_room([one for one in known if one is not same], days)
        if same is not None:
            known.remove(same)
            written = replace(same, group=there[1], until=days[1])
            if not self._preview:
                groups.update_membership(self._connection, written)
        else:
            number = (
                MembershipId(self._no_row())
                if self._preview
                else groups.insert_membership(self._connection, case, there[1], *days)
            )
            written = Membership(number, Guid(""), case, there[1], *days)
        known.append(written)
        self._written.add(written.id)
        return written.id


def _require_room(others: Sequence[Membership], days: tuple[str, str]) -> None:
    """Raise NotAllowed where another membership takes up some of the days."""
    clash = overlap([*((one.since, one.until) for one in others), days])
    if clash is not None:
        taken = clash[0] if clash[1] == days else clash[1]
        raise NotAllowed(
            message(
                "The office already belongs to another group of that kind {days}; end that first.",
                days=span_words(*taken),
            )
        )


def _require_free_kind(project: ProjectFile, name: str) -> None:
    """Raise NotAllowed where a kind has no name, or one that rows can be about already."""
    taken = {one.name.casefold() for one in variables.all_variables(project.connection)}
    if name.casefold() in taken:
        raise NotAllowed(
            message(
                "There is already a variable called {name}; call the groups something else, as "
                "{name} and years, or rename the variable first.",
                name=name,
            )
        )
    require_free_dimension(project, name)


def _require_case(project: ProjectFile, case: CaseId) -> None:
    if cases.by_id(project.connection, case) is None:
        raise NotFound(message("The case is no longer in the project."))


def _get(project: ProjectFile, membership: MembershipId) -> Membership:
    for one in groups.all_memberships(project.connection):
        if one.id == membership:
            return one
    raise NotFound(message("This membership is no longer in the project."))
