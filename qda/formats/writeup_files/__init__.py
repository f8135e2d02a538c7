"""Write a text to a file; the ending says of what kind."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import cast

from qda.formats.atomic import atomic_write
from qda.model.errors import FileProblem
from qda.model.messages import message
from qda.model.writeup import WriteUp, pictures_of

_WRITERS: Mapping[str, str] = {
    ".docx": "qda.formats.writeup_files.docx_writer:docx_bytes",
    ".html": "qda.formats.writeup_files.html_writer:html_text",
    ".md": "qda.formats.writeup_files.markdown_writer:markdown_text",
    ".tex": "qda.formats.writeup_files.latex_writer:latex_text",
    ".xlsx": "qda.formats.writeup_files.sheet_writer:xlsx_bytes",
    ".ods": "qda.formats.writeup_files.sheet_writer:ods_bytes",
    ".csv": "qda.formats.writeup_files.sheet_writer:csv_bytes",
}
ENDINGS = tuple(_WRITERS)
TEXTS = (".docx", ".html", ".md", ".tex")
TABLES = (".xlsx", ".ods", ".csv")
"""Endings that take the tables of a text alone; `.csv` the first of them."""


def write_writeup(path: Path, text: WriteUp) -> tuple[Path, ...]:
    """Write `text` whole or not at all; return its file and those of pictures beside it.

    Raises FileProblem.
    """
    module, _, function = require_ending(path).partition(":")
    writer = cast("Callable[..., bytes | str]", getattr(import_module(module), function))
    if not pictures_of(text):
        atomic_write(path, writer(text))
        return (path,)
    from qda.formats.writeup_files.pictures import picture_files  # lazy: start-up

    beside = picture_files(path.name, text)
    for name, content in beside.items():
        atomic_write(path.parent / name, content)
    atomic_write(path, writer(text, tuple(beside)) if beside else writer(text))
    return (path, *(path.parent / name for name in beside))


def require_ending(path: Path) -> str:
    """Return what writes a file of this name. Raises FileProblem where nothing does."""
    found = _WRITERS.get(path.suffix.casefold())
    if found is None:
        raise FileProblem(
            message(
                "{name}: choose a file name that ends in {endings}.",
                name=path.name,
                endings=", ".join(ENDINGS),
            )
        )
    return found
