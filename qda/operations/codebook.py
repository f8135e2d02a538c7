"""Applying a codebook file to a project, and the project's codes as a codebook."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qda.model.changes import OpResult
from qda.model.codebook import (
    CODE_FIELDS,
    Codebook,
    CodebookCode,
    CodebookPlan,
    CodeField,
    FieldChange,
    join_path,
)
from qda.model.entities import Code
from qda.model.ids import CodeId, new_guid
from qda.model.messages import message
from qda.operations.codes import default_color
from qda.store import codes, codings, project_info
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
        codes=_forest(codes.all_codes(project.connection), None),
        language=info.language,
    )


def _forest(everything: Sequence[Code], parent: CodeId | None) -> tuple[CodebookCode, ...]:
    return tuple(
        CodebookCode(
            name=code.name,
            guid=code.guid,
            color=code.color,
            definition=code.definition,
            include=code.include,
            exclude=code.exclude,
            example=code.example,
            keywords=code.keywords,
            scale=code.scale,
            shortcut=code.shortcut,
            children=_forest(everything, code.id),
        )
        for code in everything
        if code.parent == parent
    )


def plan_codebook(project: ProjectFile, codebook: Codebook) -> CodebookPlan:
    """Say what applying a codebook would do, without doing it."""
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
    kept = {code.id for code in matches.values()}
    removed = [join_path(existing.paths[code.id]) for code in existing.codes if code.id not in kept]
    return CodebookPlan(tuple(added), tuple(changed), tuple(moved), tuple(removed), unchanged)


def apply_codebook(
    project: ProjectFile, *, coder: str, codebook: Codebook
) -> OpResult[CodebookPlan]:
    """Merge a codebook into the project: by GUID, then by path; nothing is ever dropped.

    A field that the file leaves empty keeps what the project says. A scale keeps the values
    that codings have. Returns what was done.
    """
    connection = project.connection
    plan = plan_codebook(project, codebook)
    existing = _existing(project)
    matches = _matches(existing, codebook)
    with project.step(APPLY, coder) as step:
        placed: dict[tuple[str, ...], CodeId] = {}
        for path, theirs in codebook.walk():
            parent = placed.get(path[:-1])
            ours = matches.get(path)
            if ours is None:
                placed[path] = _add(project, theirs, parent)
                continue
            placed[path] = ours.id
            new = _merged(project, ours, theirs)
            if _moves(matches, path, ours):
                position = codes.next_position(connection, parent)
                new = replace(new, parent=parent, position=position)
            if new != ours:
                codes.update(connection, new)
    return OpResult(plan, step.changes, step.id)


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
    for path, _ in codebook.walk():
        ours = by_path.get(path)
        if path not in found and ours is not None and ours.id not in taken:
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


def _add(project: ProjectFile, theirs: CodebookCode, parent: CodeId | None) -> CodeId:
    connection = project.connection
    everything = codes.all_codes(connection)
    above = next((code for code in everything if code.id == parent), None)
    taken = {code.guid for code in everything}
    return codes.insert(
        connection,
        Code(
            id=CodeId(0),
            guid=theirs.guid if theirs.guid and theirs.guid not in taken else new_guid(),
            parent=parent,
            name=theirs.name,
            position=codes.next_position(connection, parent),
            color=theirs.color or default_color(everything, above),
            definition=theirs.definition,
            include=theirs.include,
            exclude=theirs.exclude,
            example=theirs.example,
            keywords=theirs.keywords,
            scale=theirs.scale,
            shortcut=theirs.shortcut,
        ),
    )
