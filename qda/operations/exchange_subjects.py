"""The coders, codes, cases, participants and variables of a file, found or added in a project."""

from collections.abc import Mapping

from qda.formats.exchange.model import (
    ExchangedCode,
    ExchangedProject,
)
from qda.formats.exchange.report import ExchangeReport
from qda.model.code_sets import CodeSet
from qda.model.entities import (
    Case,
    Code,
    Participant,
    Variable,
)
from qda.model.ids import (
    CaseId,
    CodeId,
    CoderId,
    CodeSetId,
    Guid,
    ParticipantId,
    VariableId,
)
from qda.model.messages import message
from qda.operations.code_sets import free_set_name
from qda.operations.colors import is_color, next_color, shade
from qda.operations.documents import free_name
from qda.store import (
    carried,
    cases,
    code_sets,
    coders,
    codes,
    exchange_rows,
    participants,
    variables,
)
from qda.store.project_file import ProjectFile


def take_coders(
    project: ProjectFile, exchanged: ExchangedProject, report: ExchangeReport
) -> dict[Guid, CoderId]:
    """Find or add the coders of a file, by GUID and then by name; return their ids."""
    connection = project.connection
    taken: dict[Guid, CoderId] = {}
    known = exchange_rows.guids(connection, "coder")
    everybody = coders.all_coders(connection)
    before = {one.name: one for one in everybody}
    names = set(before)
    for number, one in enumerate(exchanged.coders, start=len(everybody)):
        if one.guid in known:
            taken[one.guid] = CoderId(known[one.guid])
        elif one.name in before:
            taken[one.guid] = before[one.name].id
            _matched(report, "coders", one.name)
        else:
            name = one.name if one.name not in names else free_name(one.name, frozenset(names))
            if name != one.name:
                rename(report, "coders", one.name, name)
            names.add(name)
            color = one.color or coders.COLORS[number % len(coders.COLORS)]
            added = exchange_rows.insert_coder(connection, one.guid, name, color)
            taken[one.guid] = CoderId(added)
        report.kept["coders"] += 1
    return taken


def take_codes(
    project: ProjectFile, exchanged: ExchangedProject, report: ExchangeReport
) -> dict[Guid, CodeId]:
    """Find the codes of a file by GUID, or add them after the others; return their ids."""
    connection = project.connection
    taken: dict[Guid, CodeId] = {}
    existing = codes.all_codes(connection)
    colors = {one.id: one.color for one in existing}
    siblings: dict[CodeId | None, list[str]] = {}
    positions: dict[CodeId | None, int] = {}
    marks: list[carried.CodeMark] = []
    for one in existing:
        taken[one.guid] = one.id
        siblings.setdefault(one.parent, []).append(one.color)
        positions[one.parent] = max(positions.get(one.parent, 0), one.position + 1)
    for one in exchanged.codes:
        report.kept["codes"] += 1
        if one.guid in taken:
            continue
        parent = taken.get(one.parent) if one.parent is not None else None
        beside = siblings.setdefault(parent, [])
        color = one.color
        if not is_color(color):
            above = colors.get(parent) if parent is not None else None
            color = next_color(beside) if above is None else shade(above, len(beside))
        code = _code(one, parent, positions.get(parent, 0), color)
        added = codes.insert(connection, code)
        if not one.codable or one.written is not None:
            written = color.upper() if one.written is None else one.written
            marks.append(carried.CodeMark(added, one.codable, written, color))
        positions[parent] = code.position + 1
        beside.append(color)
        colors[added] = color
        taken[one.guid] = added
    carried.add_marks(connection, marks)
    return taken


def take_code_sets(
    project: ProjectFile,
    exchanged: ExchangedProject,
    taken: Mapping[Guid, CodeId],
    report: ExchangeReport,
) -> None:
    """Add the code sets of a file after the others; one that is here by its GUID stays as it is."""
    connection = project.connection
    existing = code_sets.all_sets(connection)
    here = {one.guid for one in existing}
    used = {one.name.casefold() for one in existing}
    position = max((one.position for one in existing), default=-1) + 1
    for one in exchanged.code_sets:
        report.kept["code sets"] += 1
        if one.guid in here:
            continue
        name = free_set_name(one.name, used)
        if name != one.name:
            rename(report, "code sets", one.name, name)
        used.add(name.casefold())
        members = tuple(taken[code] for code in one.codes)
        code_set = CodeSet(CodeSetId(0), one.guid, name, one.description, members, position)
        code_sets.insert(connection, code_set)
        position += 1


def take_cases(
    project: ProjectFile, exchanged: ExchangedProject, report: ExchangeReport
) -> dict[Guid, CaseId]:
    """Find or add the cases of a file, by GUID and then by name; return their ids."""
    connection = project.connection
    taken: dict[Guid, CaseId] = {}
    known = exchange_rows.guids(connection, "case")
    existing = cases.all_cases(connection)
    before = {one.name: one.id for one in existing}
    names = set(before)
    position = max((one.position + 1 for one in existing), default=0)
    for one in exchanged.cases:
        report.kept["cases"] += 1
        if one.guid in known:
            taken[one.guid] = CaseId(known[one.guid])
            continue
        if one.name in before:
            taken[one.guid] = before[one.name]
            _matched(report, "cases", one.name)
            continue
        name = one.name if one.name not in names else free_name(one.name, frozenset(names))
        if name != one.name:
            rename(report, "cases", one.name, name)
        names.add(name)
        case = Case(CaseId(0), one.guid, name, one.pseudonym, position)
        taken[one.guid] = CaseId(exchange_rows.insert_case(connection, case))
        position += 1
    return taken


def take_participants(
    project: ProjectFile, exchanged: ExchangedProject, report: ExchangeReport
) -> dict[Guid, ParticipantId]:
    """Find the participants of a file by GUID, or add them; return their ids."""
    connection = project.connection
    taken: dict[Guid, ParticipantId] = {}
    known = exchange_rows.guids(connection, "participant")
    names = set(participants.names(connection))
    for one in exchanged.participants:
        report.kept["participants"] += 1
        if one.guid in known:
            taken[one.guid] = ParticipantId(known[one.guid])
            continue
        name = one.name or "?"
        name = name if name not in names else free_name(name, frozenset(names))
        if name != one.name:
            rename(report, "participants", one.name, name)
        names.add(name)
        person = Participant(ParticipantId(0), one.guid, name, one.interviewer)
        added = exchange_rows.insert_participant(connection, person)
        taken[one.guid] = ParticipantId(added)
    return taken


def take_variables(
    project: ProjectFile, exchanged: ExchangedProject, report: ExchangeReport
) -> dict[Guid, VariableId]:
    """Find or add the variables of a file, by GUID and then by name; return their ids."""
    connection = project.connection
    taken: dict[Guid, VariableId] = {}
    known = exchange_rows.guids(connection, "variable")
    existing = variables.all_variables(connection)
    before = {(one.subject, one.name): one for one in existing}
    names = {(one.subject, one.name) for one in existing}
    position = max((one.position + 1 for one in existing), default=0)
    for one in exchanged.variables:
        report.kept["variables"] += 1
        if one.guid in known:
            taken[one.guid] = VariableId(known[one.guid])
            continue
        same = before.get((one.subject, one.name))
        if same is not None and (same.type, same.periodic) == (one.type, one.periodic):
            taken[one.guid] = same.id
            _matched(report, "variables", one.name)
            continue
        name = free_name(one.name, frozenset(n for of, n in names if of == one.subject))
        if name != one.name:
            rename(report, "variables", one.name, name)
        names.add((one.subject, name))
        added = exchange_rows.insert_variable(
            connection,
            Variable(VariableId(0), one.guid, one.subject, name, one.type, one.periodic, position),
        )
        position += 1
        taken[one.guid] = VariableId(added)
    return taken


def rename(report: ExchangeReport, item: str, old: str, new: str) -> None:
    """Say that something has another name than in the file."""
    report.decided(
        item,
        message("{name}", name=old),
        report.source,
        message("The name is taken; it is called {name} now.", name=new),
    )


def _matched(report: ExchangeReport, item: str, name: str) -> None:
    report.decided(
        item,
        message("{name}", name=name),
        report.source,
        message("It is in the project already by that name; both are one."),
    )


def _code(one: ExchangedCode, parent: CodeId | None, position: int, color: str) -> Code:
    return Code(
        id=CodeId(0),
        guid=one.guid,
        parent=parent,
        name=one.name,
        position=position,
        color=color,
        definition=one.definition,
        include=one.include,
        exclude=one.exclude,
        example=one.example,
        keywords=one.keywords,
        scale=one.scale,
        shortcut=one.shortcut,
    )
