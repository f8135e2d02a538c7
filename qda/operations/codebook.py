"""Applying a codebook file to a project, and the project's codes as a codebook."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from qda.model.changes import OpResult
from qda.model.codebook import (
    CODE_FIELDS,
    Codebook,
    CodebookCode,
    CodebookPlan,
    CodeField,
    FieldChange,
    forest,
    join_path,
    told_apart,
)
from qda.model.entities import Code
from qda.model.errors import NotAllowed
from qda.model.ids import CodeId, Guid, new_guid
from qda.model.import_report import ReportBuilder
from qda.model.messages import message
from qda.operations.codebook_record import remember
from qda.operations.codebook_sets import names_of_changed_sets, sets_of, take_sets
from qda.operations.codes import require_color
from qda.operations.colors import next_color, shade
from qda.operations.import_reports import keep_report
from qda.operations.naming import free_name
from qda.store import carried, codes, codings, project_info
from qda.store.project_file import ProjectFile

APPLY = message("Apply a codebook")

Match = dict[tuple[str, ...], Code]


@dataclass(frozen=True, slots=True)
class _Existing:
    codes: tuple[Code, ...]
    paths: dict[CodeId, tuple[str, ...]]


def as_codebook(project: ProjectFile) -> Codebook:
    """Return the project's codes as a codebook."""
    info = project_info.read(project.connection)
    return Codebook(
        name=info.name,
        codes=forest(project.once(codes.all_codes), carried.folders(project.connection)),
        language=info.language,
        sets=sets_of(project),
    )


def plan_codebook(project: ProjectFile, codebook: Codebook) -> CodebookPlan:
    """Say what applying a codebook would do, without doing it."""
    codebook = told_apart(codebook)
    existing = _existing(project)
    matches = _matches(existing, codebook)
    added: list[str] = []
    changed: list[FieldChange] = []
    moved: list[tuple[str, str]] = []
    unchanged = 0
    for path, theirs in codebook.walk():
        ours = matches.get(path)
        if ours is None:
            added.append(join_path(path))
            continue
        before = existing.paths[ours.id]
        differences = _differences(ours, theirs)
        changed.extend(
            FieldChange(join_path(before), field, _as_text(ours, field), _as_text(theirs, field))
            for field in differences
        )
        if _moves(matches, path, ours):
            moved.append((join_path(before), join_path(path)))
        elif not differences:
            unchanged += 1
    changed.extend(
        FieldChange(join_path(existing.paths[code.id]), "name", code.name, name)
        for code, name in _crowded_out(existing, matches, codebook)
    )
    kept = {code.id for code in matches.values()}
    removed = [join_path(existing.paths[code.id]) for code in existing.codes if code.id not in kept]
    known = _by_their_guids(codebook, {path: code.id for path, code in matches.items()})
    return CodebookPlan(
        tuple(added), tuple(changed), tuple(moved), tuple(removed), unchanged,
        names_of_changed_sets(project, codebook, known),
    )  # fmt: skip


def apply_codebook(
    project: ProjectFile, *, coder: str, codebook: Codebook, file_name: str = ""
) -> OpResult[CodebookPlan]:
    """Merge a codebook into the project: by GUID, then by path; nothing is ever dropped.

    A field that the file leaves empty keeps what the project says. A scale keeps the values
    that codings have. A code that only the project has, and whose path the file gives to another,
    gets a number behind its name, and so does the later of two that have one path in the file. The
    project remembers the file as what both sides know, for
    later merges. Returns what was done; raises NotAllowed for a code without a name or with a
    colour that is none.
    """
    connection = project.connection
    for _path, code in codebook.walk():
        require_valid_code(code)
    codebook = told_apart(codebook)
    plan = plan_codebook(project, codebook)
    existing = _existing(project)
    matches = _matches(existing, codebook)
    new = NewCodes(existing.codes)
    with project.step(APPLY, coder) as step:
        for code, name in _crowded_out(existing, matches, codebook):
            codes.update(connection, replace(code, name=name))
        placed: dict[tuple[str, ...], CodeId] = {}
        for path, theirs in codebook.walk():
            parent = placed.get(path[:-1])
            ours = matches.get(path)
            if ours is None:
                placed[path] = new.add(project, theirs, parent)
                continue
            placed[path] = ours.id
            merged = _merged(project, ours, theirs)
            if _moves(matches, path, ours):
                position = codes.next_position(connection, parent)
                merged = replace(merged, parent=parent, position=position)
            if merged != ours:
                codes.update(connection, merged)
        take_sets(project, codebook, _by_their_guids(codebook, placed))
        received = known_to_both(project, codebook, placed)
        remember(project, received, coder=coder, origin="received", file_name=file_name)
        if file_name:
            report = plan_report(plan, file_name, len(placed))
            for name, why in codebook.warnings:
                report.decided("codes", message("{name}", name=name), file_name, why)
            keep_report(project, report, coder)
    return OpResult(plan, step.changes, step.id)


def _by_their_guids(
    codebook: Codebook, placed: Mapping[tuple[str, ...], CodeId]
) -> dict[Guid, CodeId]:
    """Return which code of the project each code of the file is, by the GUID it has in the file."""
    return {
        code.guid: placed[path]
        for path, code in codebook.walk()
        if code.guid is not None and path in placed
    }


def plan_report(plan: CodebookPlan, file_name: str, codes_in_file: int) -> ReportBuilder:
    """Report on a codebook file that was taken in: what is new, what is otherwise than before."""
    report = ReportBuilder("codebook", file_name)
    report.count_found({"codes": codes_in_file})
    report.count_kept({"codes": codes_in_file})
    for path in plan.added:
        report.came_in("codes", message("{name}", name=path), file_name, message("It is new."))
    for change in plan.changed:
        report.decided(
            "codes", message("{name}", name=change.code), file_name,
            message("What stands in the field {field} follows the file.", field=change.field),
        )  # fmt: skip
    for before, after in plan.moved:
        report.decided(
            "codes", message("{name}", name=before), file_name,
            message("It is now {name}.", name=after),
        )  # fmt: skip
    for name in plan.sets:
        report.decided(
            "code sets", message("{name}", name=name), file_name,
            message("It is new, or has more codes than before."),
        )  # fmt: skip
    if plan.removed:
        report.decided(
            "codes", message("Codes that the file does not have"), file_name,
            message("They stay in the project."), count=len(plan.removed),
        )  # fmt: skip
    return report


def known_to_both(
    project: ProjectFile, codebook: Codebook, placed: Mapping[tuple[str, ...], CodeId]
) -> Codebook:
    """Return a codebook with the GUIDs and colours that its codes have in the project."""
    rows = {code.id: code for code in codes.all_codes(project.connection)}

    def known(
        entries: tuple[CodebookCode, ...], above: tuple[str, ...]
    ) -> tuple[CodebookCode, ...]:
        found: list[CodebookCode] = []
        for entry in entries:
            path = (*above, entry.name)
            row = rows.get(placed[path]) if path in placed else None
            guid, color = (row.guid, row.color) if row is not None else (entry.guid, entry.color)
            children = known(entry.children, path)
            own = entry.color or color
            found.append(replace(entry, guid=guid, color=own, children=children))
        return tuple(found)

    return replace(codebook, codes=known(codebook.codes, ()))


def require_valid_code(code: CodebookCode) -> None:
    """Raise NotAllowed for a code without a name or with a colour that is none."""
    if not code.name.strip():
        raise NotAllowed(message("A code needs a name; write one."))
    if code.color:
        require_color(code.color)


def _crowded_out(existing: _Existing, matches: Match, codebook: Codebook) -> list[tuple[Code, str]]:
    """Return codes that only the project has and whose place and name the file gives to another.

    They stay, with a number behind their names: two codes of one path cannot be told apart.
    """
    kept = {code.id for code in matches.values()}
    given = {
        (matches[path[:-1]].id if len(path) > 1 else None, theirs.name)
        for path, theirs in codebook.walk()
        if len(path) == 1 or path[:-1] in matches
    }
    used = given | {(code.parent, code.name) for code in existing.codes}
    crowded: list[tuple[Code, str]] = []
    for code in existing.codes:
        if code.id not in kept and (code.parent, code.name) in given:
            name = free_name(code.name, frozenset(n for at, n in used if at == code.parent))
            used.add((code.parent, name))
            crowded.append((code, name))
    return crowded


def _existing(project: ProjectFile) -> _Existing:
    everything = codes.all_codes(project.connection)
    return _Existing(everything, codes.paths(everything))


def _matches(existing: _Existing, codebook: Codebook) -> Match:
    """Find the project's code for each path of the file; every code answers once."""
    by_guid = {code.guid: code for code in existing.codes}
    by_path = {existing.paths[code.id]: code for code in reversed(existing.codes)}
    found: Match = {}
    taken: set[CodeId] = set()
    for path, theirs in codebook.walk():
        ours = by_guid.get(theirs.guid) if theirs.guid is not None else None
        if ours is not None and ours.id not in taken:
            found[path] = ours
            taken.add(ours.id)
    by_place = {(code.parent, code.name): code for code in reversed(existing.codes)}
    for path, theirs in codebook.walk():
        if path in found:
            continue
        # Below a code that the file renames, the path is another but the place the same.
        above = found.get(path[:-1])
        here = by_place.get((above.id, theirs.name)) if above is not None else None
        for ours in (by_path.get(path), here):
            if ours is not None and ours.id not in taken and path not in found:
                found[path] = ours
                taken.add(ours.id)
    return found


def _moves(matches: Match, path: tuple[str, ...], ours: Code) -> bool:
    """Tell whether a matched code has another parent in the file than in the project."""
    if len(path) == 1:
        return ours.parent is not None
    parent = matches.get(path[:-1])
    return parent is None or ours.parent != parent.id


def _differences(ours: Code, theirs: CodebookCode) -> list[CodeField]:
    """Return the fields that the file words otherwise; an empty field says nothing."""
    return [
        field
        for field in CODE_FIELDS
        if getattr(theirs, field) and getattr(theirs, field) != getattr(ours, field)
    ]


def _as_text(code: Code | CodebookCode, field: str) -> str:
    value: object = getattr(code, field)
    return "|".join(map(str, value)) if isinstance(value, tuple) else str(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _merged(project: ProjectFile, ours: Code, theirs: CodebookCode) -> Code:
    wanted = {field: getattr(theirs, field) for field in _differences(ours, theirs)}
    if "scale" in wanted:
        used = (one.value for one in codings.of_code(project.connection, ours.id) if one.value)
        wanted["scale"] = tuple(dict.fromkeys((*theirs.scale, *used)))
    return replace(ours, **wanted)


class NewCodes:
    """Codes that are added one after the other, each with a GUID and a colour that are free."""

    def __init__(self, existing: tuple[Code, ...]) -> None:
        """Begin with the codes of the project."""
        self._taken = {code.guid for code in existing}
        self._colors = {code.id: code.color for code in existing}
        self._children: dict[CodeId | None, list[str]] = {}
        for code in existing:
            self._children.setdefault(code.parent, []).append(code.color)

    def add(self, project: ProjectFile, theirs: CodebookCode, parent: CodeId | None) -> CodeId:
        """Add a code of the file under `parent`."""
        siblings = self._children.setdefault(parent, [])
        color = theirs.color or (
            next_color(siblings) if parent is None else shade(self._colors[parent], len(siblings))
        )
        guid = theirs.guid if theirs.guid and theirs.guid not in self._taken else new_guid()
        added = codes.insert(
            project.connection,
            Code(
                id=CodeId(0),
                guid=guid,
                parent=parent,
                name=theirs.name.strip(),
                position=codes.next_position(project.connection, parent),
                color=color,
                definition=theirs.definition,
                include=theirs.include,
                exclude=theirs.exclude,
                example=theirs.example,
                keywords=theirs.keywords,
                scale=theirs.scale,
                shortcut=theirs.shortcut,
            ),
        )
        if not theirs.codable:
            mark = carried.CodeMark(added, codable=False, color=color.upper(), given=color)
            carried.add_marks(project.connection, [mark])
        self._taken.add(guid)
        self._colors[added] = color
        siblings.append(color)
        return added
