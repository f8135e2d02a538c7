"""What commands print: one JSON document or a table for people, always UTF-8 with LF.

Answers go to standard output, everything else to standard error.
"""

import json
import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, TypeAlias

from qda.cli.language import current_catalogue, say
from qda.jobs.progress import Progress
from qda.model.messages import Message

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Cell = str | int | float | None
SHORT = 8
"""Characters of a cell that stay on a narrow terminal."""
REPLACED = "\ufffd"
"""What stands for bytes that are no text."""


def readable(text: str) -> str:
    """Return what the system handed over as a text that can be kept and printed.

    Where the system's encoding is narrow, its bytes come as lone surrogates: they are read as
    UTF-8, and what is not UTF-8 becomes U+FFFD.
    """
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def write_text(text: str) -> None:
    """Write `text` to standard output, byte for byte as UTF-8, with nothing added."""
    _write(sys.stdout, text)


def write_line(text: str) -> None:
    """Write a line for people to standard output."""
    _write(sys.stdout, text + "\n")


def write_note(text: str) -> None:
    """Write a line to standard error."""
    _write(sys.stderr, text + "\n")


def write_json(value: Json) -> None:
    """Write one JSON document to standard output."""
    write_text(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def _write(stream: IO[str], text: str) -> None:
    # Past the text layer, which would turn LF into CRLF on Windows and may not be UTF-8.
    stream.flush()
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        stream.write(text)
        return
    buffer.write(readable(text).encode("utf-8"))
    buffer.flush()


def on_terminal() -> bool:
    """Tell whether a person reads the answer on a screen."""
    return sys.stdout.isatty()


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table: ruled and cut to fit on a terminal, else whole, with tabs between cells."""
    if on_terminal():
        _write_ruled(columns, rows)
        return
    for row in (columns, *rows):
        write_line("\t".join(_plain(cell) for cell in row))


def _write_ruled(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    from rich import box  # lazy: only on a terminal
    from rich.console import Console
    from rich.table import Table

    console = Console(markup=False, highlight=False, emoji=False)
    lines = [list(row) for row in rows]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, highlight=False)
    for index, column in enumerate(columns):
        cells = [line[index] for line in lines]
        numbers = bool(cells) and not any(isinstance(cell, str) for cell in cells)
        # One line for each row: what is too long for the terminal is whole in the piped table.
        longest = max((len(_plain(cell)) for cell in (column, *cells)), default=0)
        table.add_column(
            column,
            justify="right" if numbers else "left",
            min_width=min(longest, SHORT),
            max_width=max(SHORT, console.width // 3),
            no_wrap=True,
            overflow="ellipsis",
        )
    for line in lines:
        table.add_row(*(_plain(cell) for cell in line))
    console.print(table)


def _plain(cell: Cell) -> str:
    """Return a cell on one line, numbers as the language writes them."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return " ".join("".join(c if c.isprintable() else " " for c in cell).split())
    return current_catalogue().format_number(cell)


@contextmanager
def shown_progress() -> Generator[Progress]:
    """Give a progress that is shown on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    from rich.console import Console  # lazy: only on a terminal
    from rich.progress import Progress as Bar

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    with Bar(console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(done: int, total: int, message: Message | None) -> None:
            what = say(message) if message is not None else ""
            bar.update(task, completed=done, total=total or None, description=what)

        yield Progress(report)
