"""Codebook files: read and write `.toml`, `.csv`, `.xlsx`, `.qdc`; write documents and `.ods`.

The modules of the formats are imported when a file of theirs is met.
"""

from collections.abc import Callable
from pathlib import Path

from qda.formats.atomic import atomic_write
from qda.formats.codebooks.building import checked
from qda.model.codebook import Codebook
from qda.model.errors import FileProblem
from qda.model.messages import Translate, message

READ_ENDINGS = (".toml", ".csv", ".xlsx", ".qdc")
WRITE_ENDINGS = (*READ_ENDINGS, ".docx", ".html", ".md", ".tex", ".ods")


def _english(text: str) -> str:
    return text


def read_codebook(path: Path) -> Codebook:
    """Read a codebook from `.toml`, `.csv`, `.xlsx` or `.qdc` (REFI-QDA), told by its ending.

    Texts come without outer white space, colours as `#rrggbb`. Only `.toml` holds a version,
    a language and a description; for the others the name is that of the file. Raises FileProblem
    where the file cannot be read or its codes contradict one another.
    """
    reader = _reader(path.suffix.lower())
    if reader is None:
        raise FileProblem(
            message(
                "{file} is not a codebook this program reads: use .toml, .csv, .xlsx or .qdc.",
                file=path.name,
            )
        )
    return checked(reader(path))


def write_codebook(path: Path, codebook: Codebook, translate: Translate = _english) -> None:
    """Write `codebook` to a file whose ending tells the format.

    An existing `.toml` keeps its comments, its layout and the keys this program does not know;
    only what differs is changed (codes are matched by guid, then by path). `translate` words the
    headings of `.docx`, `.html`, `.md` and `.tex`. Raises FileProblem where the file cannot be
    written.
    """
    ending = path.suffix.lower()
    render = _renderer(ending, translate)
    if render is None:
        raise FileProblem(
            message(
                "{file}: a codebook is written as .toml, .csv, .xlsx, .ods, .qdc, .docx, .html, "
                ".md or .tex.",
                file=path.name,
            )
        )
    atomic_write(path, render(path, checked(codebook)))


def _reader(ending: str) -> Callable[[Path], Codebook] | None:
    if ending == ".toml":
        from qda.formats.codebooks.toml_reader import read_toml

        return read_toml
    if ending in (".csv", ".xlsx"):
        from qda.formats.codebooks.table_reader import read_table

        return read_table
    if ending == ".qdc":
        from qda.formats.codebooks.refi import read_qdc

        return read_qdc
    return None


def _renderer(ending: str, translate: Translate) -> Callable[[Path, Codebook], bytes | str] | None:
    if ending == ".toml":
        from qda.formats.codebooks.toml_update import updated_toml

        return updated_toml
    if ending == ".csv":
        from qda.formats.codebooks.table_writer import csv_text

        return lambda _, codebook: csv_text(codebook)
    if ending == ".xlsx":
        from qda.formats.codebooks.table_writer import xlsx_bytes

        return lambda _, codebook: xlsx_bytes(codebook)
    if ending == ".ods":
        from qda.formats.codebooks.table_writer import ods_bytes

        return lambda _, codebook: ods_bytes(codebook)
    if ending == ".qdc":
        from qda.formats.codebooks.refi import qdc_text

        return lambda _, codebook: qdc_text(codebook)
    return _document_renderer(ending, translate)


def _document_renderer(
    ending: str, translate: Translate
) -> Callable[[Path, Codebook], bytes | str] | None:
    if ending == ".md":
        from qda.formats.codebooks.markdown_writer import markdown_text

        return lambda _, codebook: markdown_text(codebook, translate)
    if ending in (".html", ".htm"):
        from qda.formats.codebooks.html_writer import html_text

        return lambda _, codebook: html_text(codebook, translate)
    if ending == ".tex":
        from qda.formats.codebooks.latex_writer import latex_text

        return lambda _, codebook: latex_text(codebook, translate)
    if ending == ".docx":
        from qda.formats.codebooks.docx_writer import docx_bytes

        return lambda _, codebook: docx_bytes(codebook, translate)
    return None
