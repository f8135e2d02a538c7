"""Lists of quotes and claims as files: what they are made from, and writing them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qda.app.session import Session
from qda.app.translation import is_interface_language, load_catalogue
from qda.cli.environment import Environment
from qda.cli.language import current_catalogue, tr
from qda.cli.output import write_note
from qda.formats.writeup_files import TABLES, require_ending, write_writeup
from qda.model.writeup import WriteUp
from qda.store import quotes as quote_rows

if TYPE_CHECKING:
    from qda.operations.writeup.material import Material


def material_of(session: Session, **given: object) -> "Material":
    """Return what texts are made from, with the project's style changed by what is given.

    It speaks the project's language.
    """
    from qda.analysis.attribution import Attributor  # lazy: it brings numpy
    from qda.operations.writeup.material import Material

    connection, snapshot = session.project.connection, session.snapshot()
    language = snapshot.entities.language
    catalogue = load_catalogue(language) if is_interface_language(language) else current_catalogue()
    now = replace(quote_rows.style(connection), **given)  # pyright: ignore[reportArgumentType]
    return Material(connection, snapshot, catalogue, Attributor(snapshot, now))


def check_endings(files: Iterable[Path]) -> None:
    """Raise FileProblem for an ending that no list of quotes is written with."""
    for file in files:
        require_ending(file)


def is_table(file: Path) -> bool:
    """Tell whether a file takes a table alone."""
    return file.suffix.casefold() in TABLES


def write_each(files: Iterable[Path], make: Callable[[bool], WriteUp]) -> None:
    """Write a text to every file: `make(table)` returns it, with `table` as one table."""
    for file in files:
        write_writeup(file, make(is_table(file)))


def tell_files(env: Environment, files: Iterable[Path]) -> None:
    """Say what was written."""
    written = [str(one) for one in files]

    def tell() -> None:
        for one in written:
            write_note(tr("Wrote {file}.", file=one))

    env.answer({"files": list(written)}, tell)
