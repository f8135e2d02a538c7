"""Building a matrix with all that goes into its files, and what the example study exports."""

from collections.abc import Iterable
from pathlib import Path

from qda.analysis.case_table import export_bundle
from qda.analysis.matrix import answer
from qda.app.session import Session
from qda.cli.language import current_catalogue, tr
from qda.formats.matrix_files import ENDINGS, write_matrix
from qda.model.errors import FileProblem
from qda.model.matrix import MatrixExport, MatrixSpec
from qda.model.messages import message
from qda.operations.codebook import as_codebook

DEMO_ENDINGS = (".xlsx", ".docx", ".html", ".csv", ".md", ".tex")


def check_endings(files: Iterable[Path]) -> None:
    """Raise FileProblem for an ending that no matrix is written with, before any file is."""
    for file in files:
        if file.suffix.casefold() not in ENDINGS:
            raise FileProblem(
                message(
                    "{name}: choose a file name that ends in {endings}.",
                    name=file.name,
                    endings=", ".join(ENDINGS),
                )
            )


def bundled(session: Session, spec: MatrixSpec) -> MatrixExport:
    """Build a matrix with its quotes, cases and codebook. Raises NotFound, NotAllowed."""
    connection, snapshot = session.project.connection, session.snapshot()
    return export_bundle(connection, snapshot, answer(connection, snapshot, spec))


def export_study(session: Session, folder: Path) -> tuple[Path, ...]:
    """Write the matrix of a study in every format, and its codebook; return the files."""
    from qda.formats.codebooks import write_codebook  # lazy: the writers bring libraries

    export = bundled(session, MatrixSpec())
    files = [folder / f"{tr('matrix')}{ending}" for ending in DEMO_ENDINGS]
    for file in files:
        write_matrix(file, export, current_catalogue())
    codebook = folder / f"{tr('codebook')}.docx"
    write_codebook(codebook, as_codebook(session.project), current_catalogue().text)
    return (*files, codebook)
