"""What a user does with codes: add, edit, move, merge, remove."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qda.model.changes import OpResult
from qda.model.codebook import join_path
from qda.model.dimension_words import listed
from qda.model.entities import Code, Coding, Thing
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodeId, CodingId, DocumentId, new_guid
from qda.model.judgements import GRADES
from qda.model.messages import Message, counted, message
from qda.operations.codings import NewCoding, add_one, fold_coding
from qda.operations.colors import is_color, next_color, shade
from qda.operations.documents import free_name
from qda.store import (
    code_sets,
    codes,
    codings,
    framework,
    guides,
    judgements,
    memo_links,
    memos,
    project_info,
    settlements,
)
from qda.store.project_file import ProjectFile
from qda.text.collation import sort_key

CODE_WITH_NEW = message("Code a segment with a new code")
SPLIT = message("Make a code of picked segments")
ADD = message("Add a code")
EDIT = message("Edit a code")
MOVE = message("Move a code")
MERGE = message("Merge two codes")
SORT = message("Sort the codes by name")
REMOVE = message("Remove a code")


def add_code(
    project: ProjectFile,
    *,
    coder: str,
    name: str,
    parent: CodeId | None = None,
    color: str = "",
) -> OpResult[Code]:
    """Add a code last under `parent`; without a colour it gets one that is still free.

    The same name may stand under two parents; twice under one is refused (NotAllowed).
    """
    new = _new(project, name=name, parent=parent, color=color)
    with project.step(ADD, coder) as step:
        added = replace(new, id=codes.insert(project.connection, new))
    return OpResult(added, step.changes, step.id)


def code_with_new(
    project: ProjectFile, *, coder: str, name: str, parent: CodeId | None = None,
    document: DocumentId, start: int, end: int,
) -> OpResult[tuple[Code, Coding]]:  # fmt: skip
    """Add a code last under `parent` and code a segment with it, in one step.

    Raises NotAllowed when the name is taken there or empty, or the span is not within the text.
    """
    new = _new(project, name=name, parent=parent, color="")
    with project.step(CODE_WITH_NEW, coder) as step:
        added = replace(new, id=codes.insert(project.connection, new))
        wish = NewCoding(document, added.id, start, end)
        coding = add_one(project, coder, wish, {}, {added.id: added})
    return OpResult((added, coding), step.changes, step.id)


def split_code(
    project: ProjectFile,
    *,
    coder: str,
    coding_ids: Sequence[CodingId],
    name: str,
    parent: CodeId | None = None,
) -> OpResult[Code]:
    """Make a code of picked codings: add it last under `parent` and give it to them, in one step.

    Raises NotAllowed when the name is taken there or empty, NotFound when a coding is gone.
    """
    new = _new(project, name=name, parent=parent, color="")
    with project.step(SPLIT, coder) as step:
        added = replace(new, id=codes.insert(project.connection, new))
        for coding in coding_ids:
            old = codings.by_id(project.connection, coding)
            if old is None:
                raise NotFound(message("The coding is no longer in the project."))
            twin = codings.same(
                project.connection, old.document, added.id, old.coder, old.start, old.end
            )
            moved = replace(old, code=added.id, value="")
            if twin is not None:
                fold_coding(project, keep=twin.id, other=moved)
            else:
                codings.update(project.connection, moved)
    return OpResult(added, step.changes, step.id)


def _new(project: ProjectFile, *, name: str, parent: CodeId | None, color: str) -> Code:
    """Return a code as it is to be added. Raises NotAllowed when it cannot be."""
    name = name.strip()
    connection = project.connection
    everything = codes.all_codes(connection)
    _require_free(everything, parent, name)
    above = _get(project, parent) if parent is not None else None
    color = color.strip().lower()
    if color:
        require_color(color)
    return Code(
        id=CodeId(0),
        guid=new_guid(),
        parent=parent,
        name=name,
        position=codes.next_position(connection, parent),
        color=color or default_color(everything, above),
        definition="",
        include="",
        exclude="",
        example="",
        keywords=(),
        scale=(),
        shortcut="",
    )


def default_color(everything: tuple[Code, ...], parent: Code | None) -> str:
    """Return a colour for a new code: a shade of its parent's, or the next of the series."""
    if parent is None:
        return next_color([code.color for code in everything if code.parent is None])
    return shade(parent.color, sum(code.parent == parent.id for code in everything))


def edit_code(project: ProjectFile, *, coder: str, code: Code) -> OpResult[Code]:
    """Write every field of a code but its parent and place. Raises NotAllowed.

    A scale cannot lose a value that a coding has.
    """
    old = _get(project, code.id)
    new = replace(code, parent=old.parent, position=old.position, name=code.name.strip())
    if new.name != old.name:
        _require_free(codes.all_codes(project.connection), old.parent, new.name)
    require_color(new.color)
    used = {one.value for one in codings.of_code(project.connection, code.id) if one.value}
    lost = sorted(used - set(new.scale))
    if lost:
        raise NotAllowed(
            message(
                "Segments of {code} have the value {values}; keep it on the scale "
                "or change those segments first.",
                code=new.name,
                values=", ".join(lost),
            )
        )
    _require_grades(project, old, new)
    with project.step(EDIT, coder) as step:
        codes.update(project.connection, new)
    return OpResult(new, step.changes, step.id)


def _require_grades(project: ProjectFile, old: Code, new: Code) -> None:
    """Raise NotAllowed where a new scale loses a grade that a case has."""
    if new.scale == old.scale:
        return
    allowed = new.scale or GRADES[project_info.read(project.connection).language]
    given = {
        one.value for one in judgements.all_judgements(project.connection) if one.code == new.id
    }
    lost = sorted(given - set(allowed))
    if lost:
        raise NotAllowed(
            message(
                "Cases are graded {values} on {code}; keep it on the scale "
                "or change those grades first.",
                code=new.name,
                values=", ".join(lost),
            )
        )


def move_code(
    project: ProjectFile,
    *,
    coder: str,
    code: CodeId,
    parent: CodeId | None,
    position: int | None = None,
) -> OpResult[None]:
    """Put a code under another parent, at a place counted from 0 (last without one).

    Raises NotAllowed when that is below the code itself or the name is taken there.
    """
    connection = project.connection
    moved = _get(project, code)
    if parent is not None:
        _get(project, parent)
    everything = codes.all_codes(connection)
    above = {one.id: one.parent for one in everything}
    ancestor = parent
    while ancestor is not None:
        if ancestor == code:
            raise NotAllowed(message("A code cannot stand below itself; choose another place."))
        ancestor = above.get(ancestor)
    if parent != moved.parent:
        _require_free(everything, parent, moved.name)
    with project.step(MOVE, coder) as step:
        siblings = [one for one in everything if one.parent == parent and one.id != code]
        place = len(siblings) if position is None else max(0, min(position, len(siblings)))
        siblings.insert(place, replace(moved, parent=parent))
        for number, one in enumerate(siblings):
            codes.update(connection, replace(one, position=number))
    return OpResult(None, step.changes, step.id)


def sort_codes(project: ProjectFile, *, coder: str) -> OpResult[None]:
    """Put the codes of each parent in the order of their names in the project's language."""
    connection = project.connection
    language = project_info.read(connection).language
    siblings: dict[CodeId | None, list[Code]] = {}
    for code in codes.all_codes(connection):
        siblings.setdefault(code.parent, []).append(code)
    with project.step(SORT, coder) as step:
        for members in siblings.values():
            members.sort(key=lambda one: sort_key(one.name, language))
            for number, one in enumerate(members):
                codes.update(connection, replace(one, position=number))
    return OpResult(None, step.changes, step.id)


def merge_codes(project: ProjectFile, *, coder: str, keep: CodeId, other: CodeId) -> OpResult[int]:
    """Give all codings and subcodes of `other` to `keep` and remove it; return the codings moved.

    Where one coder has coded the same segment with both, one coding is kept, with the stance,
    value, memos and cases of both. What `keep` leaves empty is taken from `other`; a subcode whose
    name is taken there gets a number.
    """
    connection = project.connection
    kept, gone = _get(project, keep), _get(project, other)
    if keep == other:
        raise NotAllowed(message("A code cannot be merged with itself; choose another."))
    above: Mapping[CodeId, CodeId | None] = {
        one.id: one.parent for one in codes.all_codes(connection)
    }
    ancestor = kept.parent
    while ancestor is not None:
        if ancestor == other:
            raise NotAllowed(
                message("{name} stands above the other; merge the other way round.", name=gone.name)
            )
        ancestor = above.get(ancestor)
    with project.step(MERGE, coder) as step:
        own = {
            (one.document, one.coder, one.start, one.end): one.id
            for one in codings.of_code(connection, keep)
        }
        moved = codings.of_code(connection, other)
        for one in moved:
            twin = own.get((one.document, one.coder, one.start, one.end))
            if twin is not None:
                fold_coding(project, keep=twin, other=one)
        codings.move_to_code(connection, other, keep)
        codes.update(connection, _united(kept, gone))
        children = [one for one in codes.all_codes(connection) if one.parent in (keep, other)]
        names = frozenset(one.name for one in children if one.parent == keep)
        for child in children:
            if child.parent == other:
                place = codes.next_position(connection, keep)
                name = free_name(child.name, names)
                names |= {name}
                codes.update(connection, replace(child, parent=keep, position=place, name=name))
        memos.move(connection, "code", other, keep)
        memo_links.move(connection, Thing("code", other), Thing("code", keep))
        framework.move_code(connection, other, keep)
        code_sets.move_code(connection, other, keep)
        guides.move_code(connection, other, keep)
        judgements.move_grades(connection, other, keep)
        settlements.move_code(connection, other, keep)
        codes.delete(connection, other)
    return OpResult(len(moved), step.changes, step.id)


def _united(kept: Code, gone: Code) -> Code:
    """Return `kept` with what only `gone` says."""
    return replace(
        kept,
        definition=kept.definition or gone.definition,
        include=kept.include or gone.include,
        exclude=kept.exclude or gone.exclude,
        example=kept.example or gone.example,
        keywords=tuple(dict.fromkeys((*kept.keywords, *gone.keywords))),
        scale=tuple(dict.fromkeys((*kept.scale, *gone.scale))),
        shortcut=kept.shortcut or gone.shortcut,
    )


def require_color(color: str) -> None:
    """Raise NotAllowed where a text is no colour as the project keeps it."""
    if not is_color(color):
        raise NotAllowed(message("{color} is no colour; write it as #rrggbb.", color=color))


def remove_code(project: ProjectFile, *, coder: str, code: CodeId) -> OpResult[Message]:
    """Remove a code, those below it and their codings; return a sentence that says what went."""
    connection = project.connection
    name = _get(project, code).name
    family = descendants(codes.all_codes(connection), code)
    concluded = sum(one.code in family for one in framework.all_cells(connection))
    concluded += sum(one.code in family for one in judgements.all_judgements(connection))
    with project.step(REMOVE, coder) as step:
        gone, written = 0, 0
        for one in family:
            going = [coding.id for coding in codings.of_code(connection, one)]
            written += memos.delete_of_codings(connection, going)
            gone += len(going)
            written += len(memos.of_target(connection, "code", one))
            memos.delete_of(connection, "code", one)
        codes.delete(connection, code)
    said = _removed(name, len(family) - 1, gone, written, concluded)
    return OpResult(said, step.changes, step.id)


def _removed(name: str, below: int, gone: int, written: int, concluded: int) -> Message:
    """Say what went with a code; how many codings is always said."""
    parts = [
        counted("{n} subcode", "{n} subcodes", below) if below else None,
        counted("{n} coding", "{n} codings", gone),
        counted("{n} memo", "{n} memos", written) if written else None,
        counted("{n} written cell", "{n} written cells", concluded) if concluded else None,
    ]
    what = listed([part for part in parts if part is not None])
    return message("Removed {name} with {what}.", name=name, what=what)


def descendants(everything: tuple[Code, ...], code: CodeId) -> tuple[CodeId, ...]:
    """Return a code and all those below it; `everything` has parents before children."""
    family = {code}
    for one in everything:
        if one.parent in family:
            family.add(one.id)
    return tuple(one.id for one in everything if one.id in family)


def _require_free(everything: tuple[Code, ...], parent: CodeId | None, name: str) -> None:
    if not name:
        raise NotAllowed(message("A code needs a name; write one."))
    if any(one.parent == parent and one.name == name for one in everything):
        where = codes.paths(everything).get(parent, ()) if parent is not None else ()
        raise NotAllowed(
            message(
                "There is already a code {path}; choose another name.",
                path=join_path((*where, name)),
            )
        )


def _get(project: ProjectFile, code: CodeId) -> Code:
    found = codes.by_id(project.connection, code)
    if found is None:
        raise NotFound(message("The code is no longer in the project."))
    return found
