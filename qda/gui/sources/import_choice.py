"""From what was chosen in the import dialog to what the operation takes, read in the worker."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from qda.formats.readers import read_file
from qda.formats.readers.folders import printable
from qda.gui.sources.import_files import ImportFile, ImportQueue, NewOffice, ReadSummary
from qda.jobs.progress import Progress
from qda.model.changes import OpResult
from qda.model.errors import UserError
from qda.model.ids import CaseId
from qda.model.import_report import ReportBuilder
from qda.model.messages import message
from qda.model.reading import ReadDocument, ReadOptions
from qda.operations.document_import import ImportedFiles, Incoming, import_files
from qda.operations.file_import import changed_since, left_out, told_folders
from qda.store.project_file import ProjectFile
from qda.text.normalise import text_hash


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file that is to come in, as it stood in the dialog; `read` where it is in memory."""

    path: Path
    where: str
    options: ReadOptions
    summary: ReadSummary
    read: ReadDocument | None
    cases: tuple[CaseId, ...]
    office: str


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """What was chosen in a dialog, and the report that begins with what was not."""

    files: tuple[ChosenFile, ...]
    report: ReportBuilder


def choice_of(queue: ImportQueue, source: str) -> ImportChoice:
    """Return what is chosen in a queue; what is left out, and why, stands in the report."""
    report = ReportBuilder("documents", source)
    for found in queue.passed_over:
        told_folders(report, found)
    files: list[ChosenFile] = []
    for one in queue.files:
        if one.importable and one.summary is not None:
            files.append(_chosen(one, one.summary))
        else:
            _tell_left_out(report, one)
    return ImportChoice(tuple(files), report)


def _chosen(one: ImportFile, summary: ReadSummary) -> ChosenFile:
    linked = one.linked_to
    new = linked.name if isinstance(linked, NewOffice) else ""
    cases = () if linked is None or isinstance(linked, NewOffice) else (linked,)
    return ChosenFile(one.path, one.where, one.options, summary, one.read, cases, new)


def _tell_left_out(report: ReportBuilder, one: ImportFile) -> None:
    report.found["files"] += 1
    if one.state == "failed" and one.problem is not None:
        why = one.problem
    elif one.summary is None:
        why = message("It had not been read yet.")
    elif one.twin:
        why = message("Its content is that of {name}, already here.", name=one.twin)
    else:
        why = message("It was left out by choice.")
    name = PurePath(one.where).name
    report.left_out("files", message("{name}", name=name), one.where, why)


def import_chosen(
    project: ProjectFile, *, coder: str, choice: ImportChoice, progress: Progress
) -> OpResult[ImportedFiles]:
    """Take the chosen files in, as one step; those that are not in memory are read again."""
    return import_files(
        project,
        coder=coder,
        files=_incoming(choice.files, choice.report, progress),
        report=choice.report,
        total=len(choice.files),
        progress=progress,
    )


def _incoming(
    files: Sequence[ChosenFile], report: ReportBuilder, progress: Progress
) -> Iterator[Incoming]:
    for one in files:
        try:
            read = one.read or _read_again(one)
        except UserError as error:
            left_out(report, one.where, error)
            progress.step()
            continue
        yield Incoming(read, one.cases, one.office, one.where, printable(str(one.path)))


def _read_again(one: ChosenFile) -> ReadDocument:
    """Read a file whose text was dropped. Raises FileProblem where it is another by now."""
    read = read_file(one.path, one.options)
    if text_hash(read.text) != one.summary.text_hash:
        raise changed_since(printable(one.path.name))
    return replace(read, name=printable(read.name), file_name=printable(read.file_name))
