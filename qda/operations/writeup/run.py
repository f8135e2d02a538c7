"""Write all files of a recipe into a folder: the same project gives the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from qda.analysis.attribution import Attributor
from qda.analysis.case_table import export_bundle
from qda.analysis.code_rows import named_by
from qda.analysis.contrast import contrast
from qda.analysis.cooccurrence import cooccurrence_matrix
from qda.analysis.sequences import sequence_matrix
from qda.analysis.tables import Snapshot
from qda.formats.codebooks import write_codebook
from qda.formats.matrix_files import write_matrix
from qda.formats.writeup_files import TABLES, write_writeup
from qda.jobs.progress import Progress
from qda.model.contrast import Contrast, ContrastSpec
from qda.model.cooccurrence import CooccurrenceSpec
from qda.model.errors import FileProblem
from qda.model.ids import CodeId
from qda.model.matrix import MatrixExport, MatrixSpec
from qda.model.messages import Translator, message
from qda.model.sequences import SequenceSpec
from qda.model.writeup import WriteUp
from qda.operations.codebook import as_codebook
from qda.operations.writeup.appendix import method_appendix
from qda.operations.writeup.chapter import chapter
from qda.operations.writeup.claim_list import claim_list
from qda.operations.writeup.contrast import contrast_text
from qda.operations.writeup.framework_table import framework_table
from qda.operations.writeup.material import Material
from qda.operations.writeup.profile import profile
from qda.operations.writeup.quote_list import picked_list, quote_list
from qda.operations.writeup.recipe import CASE, KINDS, Recipe, RecipeFile
from qda.operations.writeup.trace import trace
from qda.store import history, lookup, quotes
from qda.store.project_file import ProjectFile

_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|\x00\n\r\t', "-"))


@dataclass(frozen=True, slots=True)
class _Planned:
    """A file whose content is there and only has to be written."""

    path: Path
    write: Callable[[], None]


def write_recipe(
    project: ProjectFile,
    snapshot: Snapshot,
    recipe: Recipe,
    folder: Path,
    translator: Translator,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write the files of a recipe into `folder`, which is made; return them in their order.

    Everything is put together before the first file is written, so that a wrong name writes none.
    Raises FileProblem, NotFound, NotAllowed, and Cancelled from `progress`.
    """
    progress = progress or Progress()
    trails = [one.name for one in recipe.files if one.kind == "trace"]
    material = Material(
        project.connection,
        snapshot,
        translator,
        Attributor(snapshot, recipe.style(quotes.style(project.connection))),
        trace=trails[0] if trails else "",
    )
    planned: list[_Planned] = []
    progress.start(len(recipe.files))
    for kind in KINDS:
        for one in recipe.files:
            if one.kind == kind:
                planned += _plan(project, material, recipe, one, folder)
                progress.step()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(
            message("The folder {name} cannot be made here; choose another.", name=str(folder))
        ) from error
    for one in planned:
        progress.step(0)
        one.write()
    return tuple(one.path for one in planned)


def _plan(
    project: ProjectFile, material: Material, recipe: Recipe, one: RecipeFile, folder: Path
) -> list[_Planned]:
    path = folder / one.name
    if one.kind == "codebook":
        book, words = as_codebook(project), material.translator.text
        return [_Planned(path, lambda: write_codebook(path, book, words))]
    if one.kind in ("matrix", "cooccurrence", "sequences"):
        export = _export(material, one)
        return [_Planned(path, lambda: write_matrix(path, export, material.translator))]
    if one.kind == "profile":
        return _profiles(material, one, folder)
    return [_writing(path, _text(material, recipe, one))]


def _writing(path: Path, text: WriteUp) -> _Planned:
    return _Planned(path, lambda: write_writeup(path, text))


def _text(  # noqa: PLR0911 - a line for each kind
    material: Material, recipe: Recipe, one: RecipeFile
) -> WriteUp:
    if one.kind == "chapter":
        return chapter(material, one.title)
    table = one.name.casefold().endswith(TABLES)
    if one.kind == "quotes":
        return quote_list(material, _spec(material, one), one.title, table=table)
    if one.kind == "framework":
        return framework_table(material, _codes(material, one), one.title)
    if one.kind == "picked":
        return picked_list(material, one.title, table=table)
    if one.kind == "claims":
        return claim_list(material, one.title, table=table)
    if one.kind == "contrast":
        return contrast_text(material, _contrast(material, one), table=table)
    if one.kind == "method":
        return method_appendix(material)
    return trace(material, transcripts=recipe.transcripts)


def _spec(material: Material, one: RecipeFile) -> MatrixSpec:
    return replace(one.spec, codes=_codes(material, one))


def _codes(material: Material, one: RecipeFile) -> frozenset[CodeId]:
    return frozenset(lookup.code(material.connection, name).id for name in one.codes)


def _contrast(material: Material, one: RecipeFile) -> Contrast:
    dimension, left, right = one.groups
    spec, codes = one.spec, _codes(material, one)
    asked = ContrastSpec(dimension, left, right, spec.where, spec.folded, codes, spec.bands)
    return contrast(material.connection, material.snapshot, asked)


def _export(material: Material, one: RecipeFile) -> MatrixExport:
    """Return a table with all that its file carries, dated by the last change."""
    connection, snapshot = material.connection, material.snapshot
    if one.kind == "matrix":
        matrix = material.ask(_spec(material, one))
    elif one.kind == "sequences":
        follow = SequenceSpec(one.within, one.spec.where, one.spec.folded, _codes(material, one))
        matrix = sequence_matrix(snapshot, follow, named_by(connection, snapshot, follow))
    else:
        by = "turn" if one.by == "turn" else "document" if one.by == "document" else "overlap"
        asked = CooccurrenceSpec(
            by=by, where=one.spec.where, folded=one.spec.folded, codes=_codes(material, one)
        )
        matrix = cooccurrence_matrix(snapshot, asked, named_by(connection, snapshot, asked))
    entries = history.audit_entries(material.connection)
    created = entries[-1].when if entries else material.snapshot.entities.project.created
    return export_bundle(material.connection, material.snapshot, matrix, created=created)


def _profiles(material: Material, one: RecipeFile, folder: Path) -> list[_Planned]:
    planned: list[_Planned] = []
    taken: set[str] = set()
    for case in material.snapshot.entities.cases:
        name = case.name.translate(_FORBIDDEN).strip(" .")[:80] or str(case.position)
        number = 1
        file_name = one.name.replace(CASE, name)
        while file_name.casefold() in taken:
            number += 1
            file_name = one.name.replace(CASE, f"{name} ({number})")
        taken.add(file_name.casefold())
        planned.append(_writing(folder / file_name, profile(material, case)))
    return planned
