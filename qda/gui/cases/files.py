"""Sheets of offices and of monthly values, read off the main thread."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from qda.gui.cases.actions import CaseActions
from qda.gui.context import Context
from qda.gui.language import tr
from qda.jobs.progress import Progress

if TYPE_CHECKING:
    from qda.operations.sheets import CaseSheet

ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm")
Kind = Literal["cases", "values", "guess"]
Read: TypeAlias = "CaseSheet | Path"


class CaseFiles(QObject):
    """Import what stands in sheets."""

    def __init__(self, context: Context, actions: CaseActions, parent: QWidget) -> None:
        """Work for the workspace `parent`."""
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._over = parent

    def ask_cases(self) -> None:
        """Ask for a sheet of offices."""
        self._ask(tr("Import the sheet of offices"), "cases")

    def ask_values(self) -> None:
        """Ask for a sheet of monthly values."""
        self._ask(tr("Import monthly values"), "values")

    def _ask(self, title: str, kind: Kind) -> None:
        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        path, _ = QFileDialog.getOpenFileName(
            self._over, title, "", tr("Sheets ({endings})", endings=endings)
        )
        if path:
            self.import_paths([Path(path)], kind)

    def import_paths(self, paths: Sequence[Path], kind: Kind = "guess") -> None:
        """Read sheets: offices come in at once, monthly values are shown before.

        `guess` tells the two apart by their columns.
        """

        def work(progress: Progress) -> list[Read]:
            read: list[Read] = []
            progress.start(len(paths))
            for path in paths:
                read.append(_read(path, kind))
                progress.step()
            return sorted(read, key=lambda one: isinstance(one, Path))

        if kind == "values":
            self._take_in(list(paths))
        else:
            self._context.jobs.start(tr("Reading the sheet"), work, self._take_in)

    def _take_in(self, read: list[Read]) -> None:
        for one in read:
            if isinstance(one, Path):
                self._show_values(one)
            else:
                self._actions.import_cases(one)

    def _show_values(self, path: Path) -> None:
        from qda.gui.cases.values_dialog import ValuesDialog  # lazy: brings the sheet readers

        known = {name for one in self._actions.cases() for name in (one.name, one.pseudonym)}
        dialog = ValuesDialog(
            self._context.theme, self._context.jobs, path, frozenset(known), self._over.window()
        )
        dialog.import_wanted.connect(self._actions.import_values)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.read()


def _read(path: Path, kind: Kind) -> Read:
    """Return a sheet of offices, or the path where it holds monthly values."""
    from qda.formats.sheets import read_sheet  # lazy: start-up
    from qda.operations import sheets, value_layouts

    if kind == "guess" and value_layouts.has_months(read_sheet(path)):
        return path
    return sheets.read_cases(path)


def dropped_sheets(data: QMimeData) -> list[Path]:
    """Return the sheets that are dropped, nothing when anything else is among them."""
    paths = [Path(url.toLocalFile()) for url in data.urls()]
    fits = all(path.suffix.lower() in ENDINGS for path in paths)
    return paths if fits else []
