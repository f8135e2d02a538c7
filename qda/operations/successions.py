"""What a user does with successions: record that offices merged, split or took another name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qda.jobs.progress import Progress
from qda.model.changes import OpResult
from qda.model.errors import NotAllowed, NotFound
from qda.model.groups import Succession, SuccessionKind, reaches
from qda.model.ids import CaseId, SuccessionId, new_guid
from qda.model.import_report import ReportBuilder
from qda.model.messages import Message, message
from qda.operations.case_matching import CaseMatcher, Unknown, unknown_cases
from qda.operations.import_reports import keep_report
from qda.operations.memberships import NO_OFFICE
from qda.store import cases, groups
from qda.store.project_file import ProjectFile
from qda.text.periods import parse_days

ADD = message("Record what became of offices")
REMOVE = message("Remove what became of offices")
IMPORT = message("Import mergers and splits")


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """A row of a sheet: one office that another follows from the day `at` on.

    `kind` is empty where the sheet does not say it.
    """

    row: int
    old: str
    new: str
    at: str
    kind: SuccessionKind | None = None


def add_succession(
    project: ProjectFile,
    *,
    coder: str,
    old: Sequence[CaseId],
    new: Sequence[CaseId],
    at: str,
    kind: SuccessionKind | None = None,
) -> OpResult[tuple[SuccessionId, ...]]:
    """Record that cases were followed by others; `at` is the first day of the successors.

    Several to one are a merger, one to several a split; one to one is a renaming unless it is said
    to be a merger or a split. Raises NotFound for cases that are gone, NotAllowed for what no
    office can become.
    """
    before, after = tuple(dict.fromkeys(old)), tuple(dict.fromkeys(new))
    day = read_day(at)
    kind = kind_of(len(before), len(after), kind)
    known = {one.id for one in cases.all_cases(project.connection)}
    if not known.issuperset((*before, *after)):
        raise NotFound(message("The case is no longer in the project."))
    with project.step(ADD, coder) as step:
        writer = _Writer(project)
        ids = tuple(writer.write(one, other, day, kind) for one in before for other in after)
    return OpResult(ids, step.changes, step.id)


def remove_successions(
    project: ProjectFile, *, coder: str, successions: Sequence[SuccessionId]
) -> OpResult[int]:
    """Forget successions. Raises NotFound."""
    known = {one.id for one in groups.all_successions(project.connection)}
    if not known.issuperset(successions):
        raise NotFound(message("This merger or split is no longer in the project."))
    with project.step(REMOVE, coder) as step:
        for one in dict.fromkeys(successions):
            groups.delete_succession(project.connection, one)
    return OpResult(len(set(successions)), step.changes, step.id)


def import_successions(
    project: ProjectFile,
    *,
    coder: str,
    rows: Sequence[SuccessionRow],
    report: ReportBuilder,
    unknown: Unknown = "refuse",
    progress: Progress | None = None,
) -> OpResult[int]:
    """Take in successions from a sheet; return how many. The project keeps `report`.

    Where the sheet does not say the kind, it follows from how many offices become how many on a
    day. A row that cannot be is left out and told. Raises NotFound for offices that are unknown
    (unless they are to be added or left out), and Cancelled.
    """
    with project.step(IMPORT, coder) as step:
        writer = _Writer(project)
        missing = writer.matcher.missing(name for one in rows for name in (one.old, one.new))
        if missing and unknown == "refuse":
            raise unknown_cases(missing)
        count = _take(writer, rows, report, unknown, progress or Progress())
        keep_report(project, report, coder)
    return OpResult(count, step.changes, step.id)


def preview_successions(
    project: ProjectFile,
    *,
    rows: Sequence[SuccessionRow],
    report: ReportBuilder,
    unknown: Unknown = "leave out",
    progress: Progress | None = None,
) -> int:
    """Return how many successions an import would take, and tell `report`; nothing is changed.

    Offices that an import would refuse are told as left out. Raises Cancelled.
    """
    kept: Unknown = "leave out" if unknown == "refuse" else unknown
    return _take(_Writer(project, preview=True), rows, report, kept, progress or Progress())


def _take(
    writer: "_Writer",
    rows: Sequence[SuccessionRow],
    report: ReportBuilder,
    unknown: Unknown,
    progress: Progress,
) -> int:
    sources, targets = _counts(rows)
    count = 0
    progress.start(len(rows), message("Writing the mergers and splits"))
    for one in rows:
        progress.step()
        try:
            kind = kind_of(sources[one.new, one.at], targets[one.old, one.at], one.kind)
            count += writer.take(one, kind, unknown, report)
        except NotAllowed as error:
            _left_out(report, one, error.message)
    writer.matcher.tell(report, report.source)
    report.count_kept({"successions": count})
    return count


def _counts(
    rows: Sequence[SuccessionRow],
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Count what becomes one office on a day, and what one office becomes."""
    pairs = {(one.old, one.new, one.at) for one in rows}
    return (
        Counter((new, at) for _old, new, at in pairs),
        Counter((old, at) for old, _new, at in pairs),
    )


def _left_out(report: ReportBuilder, one: SuccessionRow, why: Message) -> None:
    what = message(
        "Row {row}: {old} to {new}, {day}", row=one.row, old=one.old, new=one.new, day=one.at
    )
    report.left_out("successions", what, report.source, why)


def kind_of(before: int, after: int, kind: SuccessionKind | None) -> SuccessionKind:
    """Return the kind of a change from so many offices to so many. Raises NotAllowed."""
    if not before or not after:
        raise NotAllowed(message("Say which offices there were, and which followed them."))
    if before > 1 and after > 1:
        raise NotAllowed(
            message(
                "Several offices cannot become several others at once; record for each which one "
                "followed it."
            )
        )
    if before > 1:
        found: SuccessionKind = "merger"
    elif after > 1:
        found = "split"
    else:
        return kind or "renaming"
    if kind not in (None, found):
        raise NotAllowed(
            message("Several offices that become one are a merger.")
            if found == "merger"
            else message("One office that becomes several is a split.")
        )
    return found


def read_day(text: str) -> str:
    """Return the first day that a text says. Raises NotAllowed."""
    days = parse_days(text)
    if days is None:
        raise NotAllowed(
            message("{day} is no day; write 2020-01, 2020-01-31 or 31.01.2020.", day=text.strip())
        )
    return days[0]


class _Writer:
    """Writes successions within a step, or plays it through; what is there is read once."""

    def __init__(self, project: ProjectFile, *, preview: bool = False) -> None:
        """Know what the project has; in a `preview` nothing is written."""
        self._connection = project.connection
        self._preview = preview
        self.matcher = CaseMatcher(project, preview=preview)
        self._of: dict[CaseId, list[Succession]] = {}
        self._following: dict[CaseId, set[CaseId]] = {}
        for one in groups.all_successions(self._connection):
            self._know(one)

    def _know(self, one: Succession) -> None:
        self._of.setdefault(one.old, []).append(one)
        self._following.setdefault(one.old, set()).add(one.new)

    def take(
        self,
        one: SuccessionRow,
        kind: SuccessionKind,
        unknown: Unknown,
        report: ReportBuilder,
    ) -> int:
        """Write a row; return how many successions it is, 0 where it is left out."""
        names = (one.old, one.new)
        if unknown == "leave out" and any(self.matcher.find(name) is None for name in names):
            _left_out(report, one, NO_OFFICE)
            return 0
        old, new = (self.matcher.find_or_add(name) for name in names)
        if any(known.new == new and known.at == one.at for known in self._of.get(old, ())):
            report.decided(
                "successions", message("Row {row}", row=one.row), report.source,
                message("The project has it already."),
            )  # fmt: skip
            return 1
        self.write(old, new, one.at, kind)
        if one.kind is None and kind == "renaming":
            report.uncertain(
                "successions", message("Row {row}", row=one.row), report.source,
                message("One office follows one other, so it was taken for a renaming."),
            )  # fmt: skip
        return 1

    def write(self, old: CaseId, new: CaseId, at: str, kind: SuccessionKind) -> SuccessionId:
        """Write one succession. Raises NotAllowed where it cannot be."""
        if old == new:
            raise NotAllowed(message("An office cannot follow itself."))
        known = self._of.get(old, [])
        if any(one.new == new for one in known):
            raise NotAllowed(message("That these offices follow one another is recorded already."))
        if known and (kind != "split" or any((one.kind, one.at) != (kind, at) for one in known)):
            raise NotAllowed(
                message(
                    "The office already has a successor; remove that first, or record a split "
                    "of one day."
                )
            )
        if reaches(self._following, new, old):
            raise NotAllowed(message("The office would in the end follow itself."))
        number = SuccessionId(0)
        if not self._preview:
            number = groups.insert_succession(self._connection, kind, at, old, new)
        self._know(Succession(number, new_guid(), kind, at, old, new))
        return number
