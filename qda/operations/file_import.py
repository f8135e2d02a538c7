"""From files and folders to what `import_files` takes: each is read when its turn comes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from qda.formats.readers import read_file
from qda.formats.readers.folders import FoundFile, FoundFiles, find_files, printable
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem, UserError
from qda.model.ids import CaseId
from qda.model.import_report import ReportBuilder
from qda.model.messages import Message, message
from qda.model.reading import ReadOptions
from qda.operations.document_import import Incoming


@dataclass(slots=True)
class FileImport:
    """A pile of files, the report that goes along, and the files that could not be read."""

    files: tuple[FoundFile, ...]
    report: ReportBuilder
    options: ReadOptions
    cases: tuple[CaseId, ...] = ()
    from_folders: bool = False
    duplicates: str = "auto"
    failed: list[tuple[str, Message]] = field(default_factory=list[tuple[str, Message]])

    @classmethod
    def of_paths(
        cls,
        paths: Sequence[Path],
        options: ReadOptions,
        *,
        cases: tuple[CaseId, ...] = (),
        from_folders: bool = False,
        duplicates: str = "auto",
        progress: Progress | None = None,
    ) -> "FileImport":
        """Look for the files; what is passed over stands in the report.

        `duplicates` is skip, import, or auto: files that are named come in, those of folders are
        passed over where their content is here. Raises Cancelled from `progress`.
        """
        found = find_files(paths, progress)
        report = ReportBuilder("documents", source_name(paths))
        made = cls(found.files, report, options, cases, from_folders, duplicates)
        made.failed += told_folders(report, found)
        return made

    def incoming(self, progress: Progress) -> Iterator[Incoming]:
        """Read one file after the other; one that fails is noted and stops no other."""
        for one in self.files:
            name = printable(one.path.name)
            progress.step(0, message("Reading {name}", name=name))
            try:
                read = read_file(one.path, self.options)
            except UserError as error:
                self.failed.append((printable(str(one.path)), error.message))
                left_out(self.report, one.where, error)
                progress.step()
                continue
            named = one.where == name
            yield Incoming(
                replace(read, name=printable(read.name), file_name=printable(read.file_name)),
                self.cases,
                one.folder if self.from_folders else "",
                one.where,
                printable(str(one.path)),
                anyway=self.duplicates == "import" or (self.duplicates == "auto" and named),
            )


def source_name(paths: Sequence[Path]) -> str:
    """Return what a report calls a pile: the name of its file or folder, or of the first."""
    return printable(paths[0].name or str(paths[0])) if paths else ""


def left_out(report: ReportBuilder, where: str, error: UserError) -> None:
    """Note that a file could not be read."""
    report.found["files"] += 1
    name = PurePath(where).name
    report.left_out("files", message("{name}", name=name), where, error.message)


def told_folders(report: ReportBuilder, found: FoundFiles) -> list[tuple[str, Message]]:
    """Note what was passed over; return the folders that failed, each with the reason."""
    for ending, count in found.others.items():
        report.found["files"] += count
        report.left_out(
            "files",
            message("Files that end in {ending}", ending=ending)
            if ending
            else message("Files without an ending"),
            report.source,
            message("They are of a type that cannot be read."),
            count=count,
        )
    failed: list[tuple[str, Message]] = []
    for folder in found.closed:
        why = message("The folder {name} may not be opened.", name=printable(folder.name))
        failed.append((printable(str(folder)), why))
        report.left_out("folders", message("{name}", name=printable(folder.name)),
                        printable(str(folder)), why)  # fmt: skip
    for folder in found.empty:
        why = message(
            "The folder {name} holds no file that can be imported.",
            name=printable(folder.name),
        )
        failed.append((printable(str(folder)), why))
        report.left_out("folders", message("{name}", name=printable(folder.name)),
                        printable(str(folder)), why)  # fmt: skip
    return failed


def changed_since(name: str) -> FileProblem:
    """Return the error for a file that is no longer what was shown before the import."""
    return FileProblem(message("{name} was changed since it was read; import it anew.", name=name))
