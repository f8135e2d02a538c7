"""Write all files of a recipe into a folder: the same project gives the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from qda.analysis.attribution import Attributor
from qda.analysis.case_table import export_bundle
from qda.analysis.code_rows import named_by
from qda.analysis.contrast import contrast
from qda.analysis.cooccurrence import cooccurrence_matrix
from qda.analysis.joint import JointSpec, joint_display
from qda.analysis.own import seen_by
from qda.analysis.sequences import sequence_matrix
from qda.analysis.tables import Snapshot
from qda.formats.atomic import atomic_write
from qda.formats.codebooks import write_codebook
from qda.formats.matrix_files import write_matrix
from qda.formats.writeup_files import TABLES, write_writeup
from qda.formats.writeup_files.pictures import ALONE, picture_bytes
from qda.jobs.progress import Progress
from qda.model.contrast import Contrast, ContrastSpec
from qda.model.cooccurrence import CooccurrenceSpec
from qda.model.errors import FileProblem, NotAllowed
from qda.model.ids import CodeId, CoderId
from qda.model.matrix import MatrixExport, MatrixSpec
from qda.model.messages import Translator, message
from qda.model.sequences import SequenceSpec
from qda.model.writeup import WriteUp
from qda.operations.codebook import as_codebook
from qda.operations.pictures import with_all_numbers
from qda.operations.writeup.appendix import method_appendix
from qda.operations.writeup.chapter import chapter
from qda.operations.writeup.claim_list import claim_list
from qda.operations.writeup.contrast import contrast_text
from qda.operations.writeup.figures import Figures, pictures_text
from qda.operations.writeup.framework_table import framework_table
from qda.operations.writeup.material import Material
from qda.operations.writeup.profile import profile
from qda.operations.writeup.quote_list import picked_list, quote_list
from qda.operations.writeup.recipe import CASE, KINDS, Recipe, RecipeFile, of_one_coder
from qda.operations.writeup.trace import trace
from qda.store import history, lookup, quotes
from qda.store.project_file import ProjectFile

_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|\x00\n\r\t', "-"))


@dataclass(frozen=True, slots=True)
class _Planned:
    """A file whose content is there and only has to be written."""

    write: Callable[[], tuple[Path, ...]]
    """Write it; return the file, and those of its pictures beside it."""


def write_recipe(
    project: ProjectFile,
    snapshot: Snapshot,
    recipe: Recipe,
    folder: Path,
    translator: Translator,
    progress: Progress | None = None,
    only: CoderId | None = None,
) -> tuple[Path, ...]:
    """Write the files of a recipe into `folder`, which is made; return them in their order.

    Everything is put together before the first file is written, so that a wrong name writes none.
    With `only`, they count and quote what one coder coded and judged, and say so: for who codes
    blind. Raises FileProblem, NotFound, NotAllowed, and Cancelled from `progress`.
    """
    progress = progress or Progress()
    if only is not None:
        recipe, snapshot = _blind(recipe, snapshot, only)
    trails = [one.name for one in recipe.files if one.kind == "trace"]
    material = Material(
        project.connection,
        snapshot,
        translator,
        Attributor(snapshot, recipe.style(quotes.style(project.connection))),
        trace=trails[0] if trails else "",
        only=only,
    )
    figures = Figures(material, {one.name: one for one in recipe.figures})
    run = _Run(project, material, figures, recipe, folder)
    planned: list[_Planned] = []
    progress.start(len(recipe.files))
    for kind in KINDS:
        for one in recipe.files:
            if one.kind == kind:
                planned += _plan(run, one)
                progress.step()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(
            message("The folder {name} cannot be made here; choose another.", name=str(folder))
        ) from error
    written: list[Path] = []
    for one in planned:
        progress.step(0)
        written += one.write()
    return tuple(written)


def _blind(recipe: Recipe, snapshot: Snapshot, only: CoderId) -> tuple[Recipe, Snapshot]:
    own = [one.guid for one in snapshot.entities.coders if one.id == only]
    if not own:
        raise NotAllowed(message("You see only your own codings, and there are none yet."))
    return of_one_coder(recipe, own[0]), seen_by(snapshot, only)


@dataclass(frozen=True, slots=True)
class _Run:
    """What the files of one run are made from, and where they go."""

    project: ProjectFile
    material: Material
    figures: Figures
    recipe: Recipe
    folder: Path


def _plan(run: _Run, one: RecipeFile) -> list[_Planned]:
    path, material = run.folder / one.name, run.material
    if one.kind == "codebook":
        book, words = as_codebook(run.project), material.translator.text
        return [_alone(path, lambda: write_codebook(path, book, words))]
    if one.kind in ("matrix", "joint", "cooccurrence", "sequences"):
        export = _export(material, one)
        return [_alone(path, lambda: write_matrix(path, export, material.translator))]
    if one.kind == "picture" and path.name.casefold().endswith(ALONE):
        drawn = picture_bytes(path.name, run.figures.picture(one.figures[0]))
        return [_alone(path, lambda: atomic_write(path, drawn))]
    if one.kind == "profile":
        return _profiles(material, one, run.folder)
    return [_writing(path, _text(run, one))]


def _alone(path: Path, write: Callable[[], None]) -> _Planned:
    def written() -> tuple[Path, ...]:
        write()
        return (path,)

    return _Planned(written)


def _writing(path: Path, text: WriteUp) -> _Planned:
    return _Planned(lambda: write_writeup(path, text))


def _text(run: _Run, one: RecipeFile) -> WriteUp:  # noqa: PLR0911 - a line for each kind
    material = run.material
    if one.kind == "chapter":
        return chapter(material, run.figures, one.figures, one.title)
    if one.kind == "picture":
        return pictures_text(material, run.figures, one.figures, one.title)
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
    return trace(material, transcripts=run.recipe.transcripts)


def _spec(material: Material, one: RecipeFile) -> MatrixSpec:
    return replace(one.spec, codes=_codes(material, one))


def _codes(material: Material, one: RecipeFile) -> frozenset[CodeId]:
    return frozenset(lookup.code(material.connection, name).id for name in one.codes)


def _contrast(material: Material, one: RecipeFile) -> Contrast:
    dimension, left, right = one.groups
    spec, codes = one.spec, _codes(material, one)
    asked = ContrastSpec(
        dimension, left, right, spec.where, spec.folded, codes, spec.bands,
        as_of=spec.as_of, successors=spec.successors,
    )  # fmt: skip
    return contrast(material.connection, material.snapshot, asked)


def _export(material: Material, one: RecipeFile) -> MatrixExport:
    """Return a table with all that its file carries, dated by the last change."""
    connection, snapshot = material.connection, material.snapshot
    if one.kind == "matrix":
        matrix = material.ask(_spec(material, one))
    elif one.kind == "joint":
        asked = JointSpec(_spec(material, one), one.values, one.courses)
        matrix = joint_display(connection, snapshot, with_all_numbers(snapshot, asked))
    elif one.kind == "sequences":
        follow = SequenceSpec(
            one.within, one.spec.where, one.spec.folded, _codes(material, one),
            as_of=one.spec.as_of, successors=one.spec.successors,
        )  # fmt: skip
        matrix = sequence_matrix(snapshot, follow, named_by(connection, snapshot, follow))
    else:
        meet = CooccurrenceSpec(
            by=one.by, where=one.spec.where, folded=one.spec.folded, codes=_codes(material, one),
            as_of=one.spec.as_of, successors=one.spec.successors,
        )  # fmt: skip
        matrix = cooccurrence_matrix(snapshot, meet, named_by(connection, snapshot, meet))
    entries = history.audit_entries(material.connection)
    created = entries[-1].when if entries else material.snapshot.entities.project.created
    return export_bundle(connection, snapshot, matrix, created=created, who=material.who)


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
