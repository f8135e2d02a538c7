"""A sheet of memberships, or of mergers and splits, before it is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from qda.gui.cases.tried_sheet_dialog import Trial, Tried, TriedSheetDialog
from qda.gui.cases.values_model import SHOWN
from qda.gui.language import say, tr, tr_n
from qda.gui.widgets.labels import SmallCaps
from qda.jobs.progress import Progress
from qda.model.groups import SUCCESSION_WORDS, short_since, short_until
from qda.operations.group_sheets import (
    MembershipSheet,
    SuccessionSheet,
    read_memberships,
    read_successions,
    report_on,
)
from qda.operations.memberships import preview_memberships
from qda.operations.successions import preview_successions

if TYPE_CHECKING:
    from qda.gui.job_runner import JobRunner
    from qda.gui.theme import Theme
    from qda.model.import_report import ReportBuilder
    from qda.operations.case_matching import Unknown
    from qda.store.project_file import ProjectFile

Found: TypeAlias = MembershipSheet | SuccessionSheet
Kind = Literal["memberships", "successions"]


class GroupSheetDialog(TriedSheetDialog):
    """Show what would come in; `import_wanted` says that it may."""

    import_wanted = Signal(object, str)
    """The user wants the rows.

    Parameters: the sheet; what becomes of unknown offices, an `Unknown`.
    """

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        path: Path,
        kind: Kind,
        project: ProjectFile,
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog; `project` is what the sheet is tried against."""
        title = (
            tr("Import memberships") if kind == "memberships" else tr("Import mergers and splits")
        )
        super().__init__(
            theme, jobs, path,
            (title, tr("The rows as they are read"), tr("Rows that are left out")), project, parent,
        )  # fmt: skip
        self._kind: Kind = kind
        self.notes = self._label("small")
        self.group_kind = QLineEdit(self.side)
        self.group_kind.setPlaceholderText(tr("as the sheet says"))
        self.group_kind.setAccessibleName(tr("Kind of group"))
        for widget in (SmallCaps(theme, tr("Kind of group"), self.side), self.group_kind):
            self._column.addWidget(widget)
            widget.setVisible(kind == "memberships")
        self._lay_out_rest(parent, self.notes)
        self.add.toggled.connect(self._on_add_toggled)
        self.group_kind.editingFinished.connect(self._on_group_kind_editing_finished)
        self.import_button.clicked.connect(self._on_import_clicked)

    def read(self, *, anew: bool = True) -> None:
        """Read the sheet in a worker and show what comes of it."""
        path, group_kind = self._path, self.group_kind.text().strip()

        def memberships(progress: Progress) -> Found:
            return read_memberships(path, kind=group_kind, progress=progress)

        def successions(progress: Progress) -> Found:
            return read_successions(path, progress=progress)

        reader = memberships if self._kind == "memberships" else successions
        self.try_sheet(Trial(reader, report_on, _preview), self._show, anew=anew)

    def _show(self, tried: Tried) -> None:
        """Show what an import would take and leave out now."""
        found: Found = tried.found
        self.rows.set_rows(*_shown(found))
        rows = len(found.rows) + len(found.misfits)
        self.counts.setText(tr_n("{n} row", "{n} rows", rows))
        self.notes.setText(
            "\n".join(
                f"{say(one.what)}: {say(one.why)}"
                for kind in ("uncertain", "decided")
                for one in list(tried.report.of_kind(kind))[:4]
            )
        )
        self._name_import(tr_n("&Import {n} row", "&Import {n} rows", tried.count))
        if self.doubt.text():
            self.group_kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_add_toggled(self) -> None:
        self.read(anew=False)

    def _on_group_kind_editing_finished(self) -> None:
        if self.group_kind.isModified():
            self.group_kind.setModified(False)
            self.read()

    def _on_import_clicked(self) -> None:
        unknown, tried = self.for_unknown(), self.take()
        if tried is not None:
            self.import_wanted.emit(tried.found, unknown)


def _preview(
    project: ProjectFile, found: Found, report: ReportBuilder, unknown: Unknown, progress: Progress
) -> int:
    if isinstance(found, MembershipSheet):
        return preview_memberships(
            project, rows=found.rows, report=report, unknown=unknown, progress=progress
        )
    return preview_successions(
        project, rows=found.rows, report=report, unknown=unknown, progress=progress
    )


def _shown(found: Found) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return headings and rows for the table."""
    if isinstance(found, MembershipSheet):
        return (
            (tr("Office"), tr("Kind of group"), tr("Group"), tr("From"), tr("To")),
            [
                (one.case, one.kind, one.group, short_since(one.since), short_until(one.until))
                for one in found.rows[:SHOWN]
            ],
        )
    return (
        (tr("Before"), tr("After"), tr("Date"), tr("Kind")),
        [
            (one.old, one.new, one.at, say(SUCCESSION_WORDS[one.kind]) if one.kind else "")
            for one in found.rows[:SHOWN]
        ],
    )
