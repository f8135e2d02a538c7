"""Taking in monthly values of indicators, a handful or some hundred thousand, as one step."""

from collections import Counter
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from qda.jobs.progress import Progress
from qda.model.changes import OpResult
from qda.model.entities import Value, Variable, VariableType
from qda.model.errors import NotFound
from qda.model.ids import CaseId, VariableId
from qda.model.import_report import ReportBuilder
from qda.model.messages import message
from qda.operations import import_reports
from qda.operations.case_matching import Unknown, unknown_cases
from qda.operations.variables import (
    as_type,
    by_name,
    finite,
    month_of,
    require_name,
    require_periodic,
    widen,
)
from qda.store import cases, lookup, variables
from qda.store.project_file import ProjectFile

IMPORT = message("Import indicator values")
PART = 1_000
"""So many values are written between two points where it can be cancelled."""


class PeriodValue(NamedTuple):
    """One value of an indicator: case, month (`2012-03`), variable, number or text."""

    case: str
    period: str
    variable: str
    value: Value


def import_period_values(
    project: ProjectFile,
    *,
    coder: str,
    values: Sequence[PeriodValue],
    unknown: Unknown = "refuse",
    report: ReportBuilder | None = None,
    progress: Progress | None = None,
) -> OpResult[int]:
    """Write monthly values of indicators of cases; return how many.

    Raises NotFound for cases that are unknown (unless they are to be added or left out),
    NotAllowed for what is no month, no name or no number that can be kept, and Cancelled.
    """
    with project.step(IMPORT, coder) as step:
        known = _known_cases(project, dict.fromkeys(one.case for one in values))
        _meet_unknown(project, known, unknown, report)
        indicators = _indicators(project, values)
        months = {period: month_of(period) for period in {one.period for one in values}}
        rows = _rows(values, known, indicators, months)
        if report is not None and len(rows) < len(values):
            _tell_left_out(report, known, values)
        # In the order of the index, so that it grows at its end.
        rows.sort(key=itemgetter(0, 1, 2))
        _write(project, rows, progress or Progress())
        if report is not None:
            report.count_kept({"values": len(rows)})
            import_reports.keep_report(project, report, coder)
    return OpResult(len(rows), step.changes, step.id)


def _write(
    project: ProjectFile,
    rows: Sequence[tuple[VariableId, int, str, Value]],
    progress: Progress,
) -> None:
    progress.start(len(rows), message("Writing the values"))
    for start in range(0, len(rows), PART):
        part = rows[start : start + PART]
        progress.step(len(part))
        variables.set_many(project.connection, part)


def _known_cases(project: ProjectFile, names: Mapping[str, None]) -> dict[str, CaseId | None]:
    """Return the case of each name, None where there is none. Raises Ambiguous."""
    connection = project.connection
    by_own_name = {one.name: one.id for one in cases.all_cases(connection)}
    found: dict[str, CaseId | None] = {}
    for name in names:
        found[name] = by_own_name.get(name)
        if found[name] is None:
            try:
                found[name] = lookup.case(connection, name).id
            except NotFound:
                found[name] = None
    return found


def _meet_unknown(
    project: ProjectFile,
    known: dict[str, CaseId | None],
    unknown: Unknown,
    report: ReportBuilder | None,
) -> None:
    missing = [name for name, case in known.items() if case is None]
    if not missing:
        return
    if unknown == "add":
        for name in missing:
            require_name(name)
            known[name] = cases.insert(project.connection, name)
        if report is not None:
            report.count_kept({"cases": len(missing)})
        return
    if unknown == "refuse":
        raise unknown_cases(missing)


def _tell_left_out(
    report: ReportBuilder, known: Mapping[str, CaseId | None], values: Sequence[PeriodValue]
) -> None:
    counts = Counter(one.case for one in values if known[one.case] is None)
    for case, count in counts.items():
        report.left_out(
            "values", message("values of {case}", case=case), report.source,
            message("The case is not in the project."), count=count,
        )  # fmt: skip


def _indicators(project: ProjectFile, values: Sequence[PeriodValue]) -> dict[str, Variable]:
    """Return the indicators by name as it stands in the values; make and widen what is needed."""
    texts = {one.variable for one in values if isinstance(one.value, str)}
    folded_texts = {name.casefold() for name in texts}
    known = by_name(project, "case")
    found: dict[str, Variable] = {}
    for name in dict.fromkeys(one.variable for one in values):
        folded = name.casefold()
        kind: VariableType = "text" if folded in folded_texts else "number"
        if folded not in known:
            require_name(name)
            variables.insert(project.connection, "case", name, kind, periodic=True)
            known = by_name(project, "case")
        require_periodic(known[folded], wanted=True)
        if kind == "text" and known[folded].type != "text":
            widen(project, known[folded], "text")
            known = by_name(project, "case")
        found[name] = known[folded]
    return found


def _rows(
    values: Sequence[PeriodValue],
    known: Mapping[str, CaseId | None],
    indicators: Mapping[str, Variable],
    months: Mapping[str, str],
) -> list[tuple[VariableId, int, str, Value]]:
    rows: list[tuple[VariableId, int, str, Value]] = []
    for case, period, name, value in values:
        subject = known[case]
        if subject is None:
            continue
        indicator = indicators[name]
        if indicator.type == "text":
            value = as_type(value, "text")  # noqa: PLW2901 - the same value, as it is kept
        else:
            finite(value)
        rows.append((indicator.id, subject, months[period], value))
    return rows
