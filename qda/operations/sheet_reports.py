"""What the report of an import says of any sheet of numbers for offices."""

from typing import Protocol

from qda.model.import_report import ReportBuilder
from qda.model.messages import Message, message


class MadeOut(Protocol):
    """A sheet that was made out; `missing` counts empty cells, `unused` names other columns."""

    @property
    def file(self) -> str:
        """Return the name of the file."""
        ...

    @property
    def missing(self) -> int:
        """Return how many cells are empty."""
        ...

    @property
    def unused(self) -> tuple[str, ...]:
        """Return the columns that nothing is taken of."""
        ...

    @property
    def warnings(self) -> tuple[Message, ...]:
        """Return what is to be said of the file."""
        ...


def tell_of_rest(
    report: ReportBuilder, sheet: MadeOut, kind: str, *, empty: Message, unused: Message
) -> None:
    """Tell of empty cells, of columns that nothing is taken of, and what reading it warned of.

    `kind` is what the sheet holds; `empty` and `unused` say what becomes of the two.
    """
    if sheet.missing:
        what = message("empty cells")
        report.decided(kind, what, sheet.file, empty, count=sheet.missing)
    for column in sheet.unused:
        what = message("the column {column}", column=column)
        report.left_out("columns", what, sheet.file, unused)
    for warning in sheet.warnings:
        report.decided("rows", message("the file"), sheet.file, warning)
