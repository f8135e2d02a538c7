"""Concordances and lists of words as files: CSV, Excel and Word."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from qda.formats.atomic import atomic_write
from qda.formats.matrix_files.view import clean
from qda.model.errors import FileProblem
from qda.model.messages import Message, Translator, message
from qda.model.searching import Hit

ENDINGS = (".csv", ".xlsx", ".docx")
Kind = Literal["text", "number", "left", "match", "right"]
"""What a column holds: context before a hit ends at the hit, so it is set to the right."""
Cell = str | int | float | None
_GUARDED = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS: dict[Kind, int] = {"text": 24, "number": 10, "left": 60, "match": 24, "right": 60}
_MUTED, _LINE = "6E7178", "BFBDB6"


class LanguageWriter(Translator, Protocol):
    """A translator that says in which language it speaks."""

    @property
    def language(self) -> str:
        """The language, as `nb` or `en`."""
        ...


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table to write: a title, headings with the kinds of their columns, rows, notes."""

    title: Message
    headings: tuple[tuple[Message, Kind], ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Message, ...] = ()


def concordance_table(query: str, hits: Sequence[Hit]) -> WordTable:
    """Return hits in context as a table; who speaks is named by role alone, as in all exports."""
    return WordTable(
        message("Concordance of «{query}»", query=query),
        (
            (message("Document"), "text"),
            (message("Turn"), "number"),
            (message("Role"), "text"),
            (message("Office"), "text"),
            (message("Before"), "left"),
            (message("Hit"), "match"),
            (message("After"), "right"),
            (message("Start"), "number"),
            (message("End"), "number"),
        ),
        tuple(
            (
                hit.document_name, hit.turn, ", ".join(hit.roles), ", ".join(hit.cases),
                _one_line(hit.left), _one_line(hit.match), _one_line(hit.right), hit.start, hit.end,
            )
            for hit in hits
        ),
    )  # fmt: skip


def write_word_table(path: Path, table: WordTable, translator: LanguageWriter) -> None:
    """Write a table as the ending of `path` says. Raises FileProblem."""
    writers: dict[str, Callable[[WordTable, LanguageWriter], bytes]] = {
        ".csv": csv_bytes, ".xlsx": xlsx_bytes, ".docx": docx_bytes,
    }  # fmt: skip
    writer = writers.get(path.suffix.casefold())
    if writer is None:
        raise FileProblem(
            message(
                "{name}: choose a file name that ends in {endings}.",
                name=path.name,
                endings=", ".join(ENDINGS),
            )
        )
    atomic_write(path, writer(table, translator))


def csv_bytes(table: WordTable, translator: LanguageWriter) -> bytes:
    """Return the file in UTF-8 with a byte order mark, parted as the language's sheets expect.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    norwegian = translator.language in ("nb", "nn")
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";" if norwegian else ",", lineterminator="\r\n")
    writer.writerow([heading.say(translator) for heading, _ in table.headings])
    for row in table.rows:
        writer.writerow([_csv_cell(cell, comma=norwegian) for cell in row])
    return ("\ufeff" + buffer.getvalue()).encode("utf-8")


def xlsx_bytes(table: WordTable, translator: LanguageWriter) -> bytes:
    """Return a workbook with one sheet; texts stay texts whatever they begin with."""
    import xlsxwriter  # lazy: start-up

    buffer = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book: Any = xlsxwriter.Workbook(buffer, {**settings, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True, "bottom": 1, "bottom_color": f"#{_LINE}"})
    base: dict[str, object] = {"valign": "top", "font_name": "Calibri", "font_size": 11}
    formats = {
        "text": book.add_format({**base, "text_wrap": True}),
        "number": book.add_format(base),
        "left": book.add_format({**base, "align": "right", "font_color": f"#{_MUTED}"}),
        "match": book.add_format({**base, "bold": True, "align": "center"}),
        "right": book.add_format({**base, "font_color": f"#{_MUTED}"}),
    }
    for column, (heading, kind) in enumerate(table.headings):
        sheet.set_column(column, column, _WIDTHS[kind], formats[kind])
        sheet.write_string(0, column, heading.say(translator), head)
    for at, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            kind = table.headings[column][1]
            if isinstance(cell, str):
                sheet.write_string(at, column, clean(cell)[:32_767], formats[kind])
            elif cell is not None:
                sheet.write_number(at, column, cell, formats[kind])
    for at, note in enumerate(table.notes, start=len(table.rows) + 2):
        sheet.write_string(at, 0, note.say(translator))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.headings) - 1)
    book.close()
    return buffer.getvalue()


def docx_bytes(table: WordTable, translator: LanguageWriter) -> bytes:
    """Return a landscape document with one table."""
    import docx  # lazy: start-up
    from docx.enum.section import WD_ORIENT

    document: Any = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_paragraph(table.title.say(translator), style="Title")
    shown = [at for at, (_, kind) in enumerate(table.headings) if kind != "number" or at < 2]
    if all(kind in ("text", "number") for _, kind in table.headings):
        shown = list(range(len(table.headings)))
    grid = document.add_table(rows=1, cols=len(shown))
    grid.style = "Table Grid"
    for place, column in enumerate(shown):
        _fill(grid.rows[0].cells[place], table.headings[column][0].say(translator), "match")
    for row in table.rows:
        cells = grid.add_row().cells
        for place, column in enumerate(shown):
            _fill(cells[place], _said(row[column], translator), table.headings[column][1])
    for note in table.notes:
        document.add_paragraph(note.say(translator))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _fill(cell: Any, text: str, kind: Kind) -> None:  # noqa: ANN401 - the library has few types
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    if kind in ("left", "number"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(clean(text))
    run.bold = kind == "match"
    run.font.size = Pt(9)


def _said(cell: Cell, translator: LanguageWriter) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return _number(cell, comma=translator.language in ("nb", "nn"))
    return str(cell)


def _csv_cell(cell: Cell, *, comma: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = clean(cell)
        return "'" + text if text.startswith(_GUARDED) else text
    return _number(cell, comma=comma)


def _number(value: float, *, comma: bool) -> str:
    text = str(value) if isinstance(value, int) else f"{value:.4f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if comma else text


def _one_line(text: str) -> str:
    return " ".join(text.split())
