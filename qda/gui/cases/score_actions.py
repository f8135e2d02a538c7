"""What the user does with score sheets in the offices workspace."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from qda.gui.blind import only_coder
from qda.gui.cases.files import ENDINGS
from qda.gui.context import Context
from qda.gui.language import current_catalogue, tr, tr_n
from qda.model.scores import ScoreItem, ScoreSheet
from qda.store import cases, scores

if TYPE_CHECKING:
    from qda.formats.word_tables import WordTable
    from qda.gui.cases.score_dialogs import FilesDialog, SummaryDialog
    from qda.gui.cases.score_sheet_dialog import ScoreSheetDialog
    from qda.model.changes import OpResult
    from qda.model.entities import Case
    from qda.operations.case_matching import Unknown
    from qda.operations.score_sheets import ScoredSheet

WRITTEN = (".xlsx", ".csv", ".docx")


class ScoreActions(QObject):
    """Take score sheets in, show what they come to and the files behind it, remove them."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Work for the workspace `parent`."""
        super().__init__(parent)
        self._context = context
        self._over = parent

    def has_sheets(self) -> bool:
        """Tell whether there is any score sheet."""
        return bool(self.sheets())

    def may_look(self) -> bool:
        """Tell whether there are scores to look at; who codes blind sees no other rater's."""
        return only_coder(self._context) is None and self.has_sheets()

    def sheets(self) -> tuple[ScoreSheet, ...]:
        """Return the score sheets."""
        return scores.all_sheets(self._context.bridge.project.connection)

    # --------------------------------------------------------------------------------- import

    def ask_sheet(self) -> None:
        """Ask for a score sheet."""
        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        path, _ = QFileDialog.getOpenFileName(
            self._over, tr("Import a score sheet"), "", tr("Sheets ({endings})", endings=endings)
        )
        if path:
            self.show_sheet(Path(path))

    def show_sheet(self, path: Path) -> ScoreSheetDialog:
        """Show a score sheet before it is taken in."""
        from qda.gui.cases.score_sheet_dialog import ScoreSheetDialog  # lazy: the sheet readers

        bridge = self._context.bridge
        dialog = ScoreSheetDialog(
            self._context.theme, self._context.jobs, path, bridge.project, bridge.session.coder,
            self._over.window(),
        )  # fmt: skip
        dialog.import_wanted.connect(self.take_in)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.read()
        return dialog

    def take_in(
        self, sheet: ScoredSheet, name: str, scale: tuple[int, int], unknown: Unknown
    ) -> None:
        """Take in a sheet, the window live meanwhile; one step, or none when cancelled."""
        from qda.operations.score_sheets import report_on  # lazy: start-up
        from qda.operations.scores import import_scores

        self._context.bridge.run_in_worker(
            self._context.jobs,
            tr("Importing the sheet"),
            import_scores,
            on_done=self._on_taken_in,
            on_ended=lambda: None,
            initiator=self._over,
            name=name,
            scale=scale,
            rows=sheet.rows,
            items=sheet.items,
            unknown=unknown,
            report=report_on(sheet),
        )

    def _on_taken_in(self, result: OpResult[int]) -> None:
        if result.step is not None:
            self._context.bridge.noticed.emit(
                tr_n("Imported {n} score.", "Imported {n} scores.", result.value)
            )

    # -------------------------------------------------------------------------------- looking

    def show_files(self, case: Case, item: int) -> FilesDialog | None:
        """Show the files behind an indicator of an office."""
        for sheet in self.sheets():
            for one in sheet.items:
                if one.id == item:
                    return self._show_rows(sheet, one, case)
        return None

    def _show_rows(self, sheet: ScoreSheet, item: ScoreItem, case: Case | None) -> FilesDialog:
        """Show the scores on an indicator, of one office or of all."""
        from qda.gui.cases.score_dialogs import FilesDialog  # lazy: start-up

        connection = self._context.bridge.project.connection
        names = {one.id: one.name for one in cases.all_cases(connection)}
        files = {one.id: one for one in scores.files(connection, sheet.id)}
        given = (
            scores.scores_of(connection, sheet.id, case.id)
            if case is not None
            else scores.scores(connection, sheet.id)
        )
        rows = sorted(
            (one for one in given if one.item == item.id),
            key=lambda one: (one.value, names[files[one.file].case]),
        )
        office = case.name if case is not None else tr("All offices")
        dialog = FilesDialog(
            self._context.theme,
            tr("{office}: {indicator}", office=office, indicator=item.name),
            (tr("Score"), tr("File"), tr("Office"), tr("Rater")),
            [
                (one.value, files[one.file].name, names[files[one.file].case], one.rater)
                for one in rows
            ],
            self._over.window(),
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def show_summary(self) -> SummaryDialog | None:
        """Show all offices by indicator, sheet by sheet, and raters two by two."""
        from qda.gui.cases.score_dialogs import SummaryDialog  # lazy: start-up

        views: list[tuple[str, Callable[[], WordTable]]] = []
        owners: list[ScoreSheet] = []
        for sheet in self.sheets():
            for name, make in self._views(sheet):
                views.append((name, make))
                owners.append(sheet)
        if not views:
            return None
        dialog = SummaryDialog(self._context.theme, views, self._over.window())

        def open_row(office: str, item: str) -> None:
            sheet = owners[max(dialog.choice.currentIndex(), 0)]
            everything = cases.all_cases(self._context.bridge.project.connection)
            case = next((one for one in everything if one.name == office), None)
            for one in sheet.items:
                if one.name == item:
                    self._show_rows(sheet, one, case)

        dialog.row_opened.connect(open_row)
        dialog.export_wanted.connect(self.ask_export)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _views(self, sheet: ScoreSheet) -> list[tuple[str, Callable[[], WordTable]]]:
        from qda.analysis.scores import agreement, in_order, summarise  # lazy: brings numpy
        from qda.operations.score_tables import agreement_table, summary_table

        connection, catalogue = self._context.bridge.project.connection, current_catalogue()
        raters = in_order(scores.rater_counts(connection, sheet.id))

        def summary(rater: str) -> WordTable:
            return summary_table(summarise(connection, sheet, rater=rater), catalogue)

        def compared(first: str, second: str) -> WordTable:
            return agreement_table(
                agreement(connection, sheet, first, second), (first, second), catalogue
            )

        views = [(sheet.name, partial(summary, ""))]
        if len(raters) > 1:
            views += [
                (tr("{sheet}, {rater} alone", sheet=sheet.name, rater=one), partial(summary, one))
                for one in raters
            ]
            views += [
                (tr("{sheet}, {first} and {second} compared", sheet=sheet.name, first=one,
                    second=other), partial(compared, one, other))
                for at, one in enumerate(raters[:4])
                for other in raters[at + 1 : 4]
            ]  # fmt: skip
        return list(views)

    def ask_export(self, table: WordTable) -> None:
        """Ask where to write a table."""
        endings = " ".join(f"*{ending}" for ending in WRITTEN)
        path, _ = QFileDialog.getSaveFileName(
            self._over, tr("Export the scores"), "", tr("Sheets ({endings})", endings=endings)
        )
        if path:
            self.write(Path(path), table)

    def write(self, path: Path, table: WordTable) -> None:
        """Write a table to a file."""
        from qda.formats.word_tables import write_word_table  # lazy: start-up
        from qda.model.errors import UserError

        file = path if path.suffix else path.with_suffix(WRITTEN[0])
        try:
            write_word_table(file, table, current_catalogue())
        except UserError as error:
            self._context.bridge.failed.emit(error)
            return
        self._context.bridge.told.emit(tr("Wrote {file}.", file=file.name))

    # -------------------------------------------------------------------------------- removing

    def remove_last(self) -> None:
        """Remove the score sheet that came last; a quiet line says so and offers undo."""
        from qda.operations.scores import remove_score_sheet  # lazy: start-up

        known = self.sheets()
        if known:
            self._context.bridge.run(
                remove_score_sheet, initiator=self._over, sheet=known[-1].id,
                notice=tr("Removed {name} with its scores.", name=known[-1].name),
            )  # fmt: skip
