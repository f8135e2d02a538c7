"""Write a cross-case matrix with its quotes, cases, codebook and settings to a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from qda.formats.atomic import atomic_write
from qda.model.errors import FileProblem
from qda.model.matrix import MatrixExport
from qda.model.messages import Translator, message

if TYPE_CHECKING:
    from qda.formats.matrix_files.view import View

ENDINGS = (".xlsx", ".csv", ".docx", ".html", ".md", ".tex", ".json", ".ods")


def write_matrix(path: Path, export: MatrixExport, translator: Translator) -> None:
    """Write the matrix in the kind of file that the ending names, whole or not at all.

    The same export gives the same bytes. Raises FileProblem for an unknown ending or a place that
    cannot be written to.
    """
    atomic_write(path, matrix_bytes(path.suffix, export, translator, name=path.name))


def matrix_bytes(
    ending: str, export: MatrixExport, translator: Translator, *, name: str = ""
) -> bytes | str:
    """Return what a file of that ending holds. Raises FileProblem for an unknown one."""
    kind = ending.casefold()
    if kind not in ENDINGS:
        raise FileProblem(
            message(
                "{name}: choose a file name that ends in {endings}.",
                name=name or ending,
                endings=", ".join(ENDINGS),
            )
        )
    if kind == ".json":
        from qda.formats.matrix_files.json_writer import json_text

        return json_text(export, translator)
    from qda.formats.matrix_files.view import lay_out

    view = lay_out(export, translator)
    if kind == ".xlsx":
        from qda.formats.matrix_files.xlsx_writer import xlsx_bytes

        return xlsx_bytes(view)
    if kind == ".docx":
        from qda.formats.matrix_files.docx_writer import docx_bytes

        return docx_bytes(view)
    if kind == ".ods":
        from qda.formats.matrix_files.ods_writer import ods_bytes

        return ods_bytes(view)
    return _plain(kind, view)


def _plain(kind: str, view: "View") -> bytes | str:
    from qda.formats.matrix_files import csv_writer, html_writer, latex_writer, markdown_writer

    if kind == ".csv":
        return csv_writer.csv_bytes(view)
    if kind == ".html":
        return html_writer.html_text(view)
    return markdown_writer.markdown_text(view) if kind == ".md" else latex_writer.latex_text(view)
