"""What the user does to memberships and successions in the offices workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from qda.gui.cases.belonging_card import belongings_of
from qda.gui.cases.files import ENDINGS
from qda.gui.context import Context
from qda.gui.language import current_catalogue, tr, tr_n
from qda.model.ids import CaseId, MembershipId, SuccessionId
from qda.store import groups

if TYPE_CHECKING:
    from qda.gui.cases.group_dialogs import MembershipDialog, SuccessionDialog
    from qda.gui.cases.group_sheet_dialog import GroupSheetDialog, Kind
    from qda.model.changes import OpResult
    from qda.model.entities import Case
    from qda.model.groups import SuccessionKind
    from qda.operations.case_matching import Unknown
    from qda.operations.group_sheets import MembershipSheet, SuccessionSheet

WRITTEN = (".csv", ".xlsx", ".docx")


class GroupActions(QObject):
    """Set, change and remove what offices belong to and what became of them; sheets of both."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Work for the workspace `parent`."""
        super().__init__(parent)
        self._context = context
        self._over = parent

    # ---------------------------------------------------------------------------- memberships

    def ask_membership(self, case: Case) -> MembershipDialog:
        """Ask what an office belongs to."""
        return self._membership_dialog(case, None)

    def edit_membership(self, case: Case, membership: int) -> None:
        """Ask how a membership is changed."""
        for one in belongings_of(self._context.bridge.project, case.id):
            if one.membership.id == membership:
                self._membership_dialog(case, one.membership.id).show_belonging(one)

    def _membership_dialog(self, case: Case, membership: MembershipId | None) -> MembershipDialog:
        from qda.gui.cases.group_dialogs import MembershipDialog  # lazy: start-up
        from qda.operations.memberships import edit_membership, set_membership

        connection, run = self._context.bridge.project.connection, self._context.bridge.run
        everything = groups.all_groups(connection)
        known = {
            kind.name: [one.name for one in everything if one.kind == kind.id]
            for kind in groups.all_kinds(connection)
        }

        def save(kind: str, group: str, since: str, until: str) -> bool:
            days = {"since": since, "until": until}
            if membership is not None:
                done = run(
                    edit_membership, initiator=self._over, membership=membership, group=group,
                    **days,
                )  # fmt: skip
                return done is not None
            made = run(
                set_membership, initiator=self._over, case=case.id, kind=kind, group=group, **days
            )
            return made is not None

        dialog = MembershipDialog(self._context.theme, case.name, known, save, self._over.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def remove_membership(self, membership: int) -> None:
        """Take a membership away; a quiet line says so and offers undo."""
        from qda.operations.memberships import clear_memberships  # lazy: start-up

        self._context.bridge.run(
            clear_memberships, initiator=self._over, memberships=[MembershipId(membership)],
            notice=tr("Took the membership away."),
        )  # fmt: skip

    # ---------------------------------------------------------------------------- successions

    def ask_succession(self, case: Case, others: list[tuple[int, str]]) -> SuccessionDialog:
        """Ask which offices an office came from or became."""
        from qda.gui.cases.group_dialogs import SuccessionDialog  # lazy: start-up
        from qda.operations.successions import add_succession

        def save(offices: list[int], after: bool, day: str, kind: SuccessionKind | str) -> bool:  # noqa: FBT001
            chosen = [CaseId(one) for one in offices]
            old, new = ([case.id], chosen) if after else (chosen, [case.id])
            done = self._context.bridge.run(
                add_succession, initiator=self._over, old=old, new=new, at=day, kind=kind or None
            )
            return done is not None

        dialog = SuccessionDialog(self._context.theme, case.name, others, save, self._over.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def remove_succession(self, succession: int) -> None:
        """Forget a merger or split; a quiet line says so and offers undo."""
        from qda.operations.successions import remove_successions  # lazy: start-up

        self._context.bridge.run(
            remove_successions, initiator=self._over, successions=[SuccessionId(succession)],
            notice=tr("Removed what was recorded of the offices."),
        )  # fmt: skip

    # --------------------------------------------------------------------------------- sheets

    def ask_memberships(self) -> None:
        """Ask for a sheet of memberships."""
        self._ask(tr("Import memberships"), "memberships")

    def ask_successions(self) -> None:
        """Ask for a sheet of mergers and splits."""
        self._ask(tr("Import mergers and splits"), "successions")

    def _ask(self, title: str, kind: Kind) -> None:
        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        path, _ = QFileDialog.getOpenFileName(
            self._over, title, "", tr("Sheets ({endings})", endings=endings)
        )
        if path:
            self.show_sheet(Path(path), kind)

    def show_sheet(self, path: Path, kind: Kind) -> GroupSheetDialog:
        """Show a sheet before it is taken in."""
        from qda.gui.cases.group_sheet_dialog import GroupSheetDialog  # lazy: the sheet readers

        dialog = GroupSheetDialog(
            self._context.theme, self._context.jobs, path, kind, self._context.bridge.project,
            self._over.window(),
        )  # fmt: skip
        dialog.import_wanted.connect(self.take_in)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.read()
        return dialog

    def take_in(self, sheet: MembershipSheet | SuccessionSheet, unknown: Unknown) -> None:
        """Take in a sheet, the window live meanwhile; one step, or none when cancelled."""
        from qda.operations.group_sheets import MembershipSheet, report_on  # lazy: start-up
        from qda.operations.memberships import import_memberships
        from qda.operations.successions import import_successions

        belonging = isinstance(sheet, MembershipSheet)
        self._context.bridge.run_in_worker(
            self._context.jobs,
            tr("Importing the sheet"),
            import_memberships if belonging else import_successions,
            on_done=self._on_taken_in,
            on_ended=lambda: None,
            initiator=self._over,
            rows=sheet.rows,
            unknown=unknown,
            report=report_on(sheet),
        )

    def _on_taken_in(self, result: OpResult[int]) -> None:
        if result.step is not None:
            self._context.bridge.noticed.emit(
                tr_n("Imported {n} row.", "Imported {n} rows.", result.value)
            )

    def export_memberships(self) -> None:
        """Ask where to write what offices belong to."""
        self._export(tr("Export memberships"), "memberships")

    def export_successions(self) -> None:
        """Ask where to write mergers and splits."""
        self._export(tr("Export mergers and splits"), "successions")

    def _export(self, title: str, kind: Kind) -> None:
        endings = " ".join(f"*{ending}" for ending in WRITTEN)
        path, _ = QFileDialog.getSaveFileName(
            self._over, title, "", tr("Sheets ({endings})", endings=endings)
        )
        if path:
            self.write(Path(path), kind)

    def write(self, path: Path, kind: Kind) -> None:
        """Write memberships or successions to a sheet."""
        from qda.formats.word_tables import write_word_table  # lazy: start-up
        from qda.model.errors import UserError
        from qda.operations.group_sheets import membership_table, succession_table

        project, catalogue = self._context.bridge.project, current_catalogue()
        table = (
            membership_table(project)
            if kind == "memberships"
            else succession_table(project, catalogue)
        )
        file = path if path.suffix else path.with_suffix(WRITTEN[1])
        try:
            write_word_table(file, table, catalogue)
        except UserError as error:
            self._context.bridge.failed.emit(error)
            return
        self._context.bridge.told.emit(tr("Wrote {file}.", file=file.name))

    # ------------------------------------------------------------------------------- asked for

    def has_memberships(self) -> bool:
        """Tell whether any office is recorded to belong to something."""
        return bool(groups.all_kinds(self._context.bridge.project.connection))

    def has_successions(self) -> bool:
        """Tell whether any merger or split is recorded."""
        return bool(groups.all_successions(self._context.bridge.project.connection))
