"""Offices at the size of a register study: 437 offices, 46 months, 10 indicators."""

import csv
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import xlsxwriter

from benchmarks.measuring import Figure, median, milliseconds, percentile_95
from benchmarks.window import application, close, shown
from qda.app.session import Session
from qda.gui.cases.workspace import CasesWorkspace
from qda.operations.cases import import_cases
from qda.operations.monthly_values import import_period_values
from qda.operations.value_sheets import read_values, report_on
from qda.operations.variables import TypedTable

Row = Sequence[str | float]
OFFICES = tuple(f"Kontor {number:03d}" for number in range(437))
MONTHS = tuple(f"{2012 + at // 12}-{at % 12 + 1:02d}" for at in range(46))
INDICATORS = tuple(f"indikator {number}" for number in range(10))


def measure_values(folder: Path) -> dict[str, Figure]:
    """Measure reading and keeping the values from both shapes, as `.csv` and `.xlsx`."""
    values = _values()
    long = _long(values)
    pairs = [(indicator, month) for indicator in INDICATORS for month in MONTHS]
    wide: list[Row] = [["kontor", *(" ".join(pair) for pair in pairs)]]
    wide += [
        [office, *(values[office, month, indicator] for indicator, month in pairs)]
        for office in OFFICES
    ]
    figures: dict[str, Figure] = {}
    project = folder / "values-0.qdaproj"
    for number, (shape, rows) in enumerate({"long": long, "wide": wide}.items()):
        for at, path in enumerate((folder / f"{shape}.csv", folder / f"{shape}.xlsx")):
            _write(path, rows)
            project = folder / f"values-{number}-{at}.qdaproj"
            name = f"values: 437 x 46 x 10, {shape}" + (", .xlsx" if at else "")
            figures[name] = _measure(project, path)
    return figures | _measure_window(project)


def values_project(folder: Path) -> Path:
    """Make a project of all the values and return its path."""
    sheet, project = folder / "all-values.csv", folder / "all-values.qdaproj"
    _write(sheet, _long(_values()))
    _measure(project, sheet)
    return project


def _values() -> dict[tuple[str, str, str], float]:
    random_ = random.Random(6)
    return {
        (office, month, indicator): round(random_.uniform(0, 100), 1)
        for office in OFFICES for month in MONTHS for indicator in INDICATORS
    }  # fmt: skip


def _long(values: Mapping[tuple[str, str, str], float]) -> list[Row]:
    heads: list[Row] = [["kontor", "måned", "indikator", "verdi"]]
    return heads + [[*key, value] for key, value in values.items()]


def _write(path: Path, rows: Sequence[Row]) -> None:
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerows([str(cell).replace(".", ",") for cell in row] for row in rows)
        return
    with xlsxwriter.Workbook(path) as book:
        sheet = cast("Any", book.add_worksheet())  # pyright: ignore[reportUnknownMemberType]
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)


def _measure(project: Path, path: Path) -> Figure:
    session = Session.create(project, coder="Ingrid")
    table = TypedTable((), tuple(() for _ in OFFICES))
    session.run(
        import_cases, coder="Ingrid", names=OFFICES, pseudonyms=[""] * len(OFFICES), table=table
    )

    def run() -> None:
        sheet = read_values(path)
        count = session.run(
            import_period_values, coder="Ingrid", values=sheet.values, report=report_on(sheet)
        ).value
        assert count == len(OFFICES) * len(MONTHS) * len(INDICATORS)

    taken = milliseconds(run, 1)
    session.close()
    return Figure(round(taken[0] / 1000, 2), "s", 10)


def _measure_window(path: Path) -> dict[str, Figure]:
    app = application()
    session, window = shown(path)
    window.start("coding")
    app.processEvents()

    def show() -> None:
        window.show_workspace("cases")
        app.processEvents()

    opened = milliseconds(show, 1)
    workspace = window.workspace
    assert isinstance(workspace, CasesWorkspace)
    bar = workspace.table.verticalScrollBar()

    def scroll() -> None:
        bar.setValue(bar.value() + 60)
        app.processEvents()

    frames = milliseconds(scroll, 100)
    other = milliseconds(lambda: (workspace.show_month(MONTHS[3]), app.processEvents()), 3)
    close(session, window)
    return {
        "offices: open, 437 offices, 10 indicators": Figure(round(opened[0], 1), "ms", 300),
        "offices: scroll, a frame": Figure(percentile_95(frames), "ms", 16),
        "offices: another month": Figure(median(other), "ms", 300),
    }
