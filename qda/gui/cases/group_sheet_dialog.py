"""A sheet of memberships, or of mergers and splits, before it is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from qda.gui.cases.sheet_dialog import SheetDialog
from qda.gui.cases.values_model import SHOWN
from qda.gui.language import say, tr, tr_n
from qda.gui.widgets.labels import SmallCaps
from qda.gui.widgets.trouble import Trouble
from qda.jobs.progress import Progress
from qda.model.errors import UserError
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
    from qda.operations.case_matching import Unknown
    from qda.store.project_file import ProjectFile

Found: TypeAlias = MembershipSheet | SuccessionSheet
Kind = Literal["memberships", "successions"]


class GroupSheetDialog(SheetDialog):
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
            (title, tr("The rows as they are read"), tr("Rows that are left out")), parent,
        )  # fmt: skip
        self._kind: Kind = kind
        self._project = project
        self._found: Found | None = None
        self.side = QFrame(self)
        self.side.setProperty("kind", "pane")
        self.counts, self.notes = self._label(), self._label("small")
        self.group_kind = QLineEdit(self.side)
        self.group_kind.setPlaceholderText(tr("as the sheet says"))
        self.group_kind.setAccessibleName(tr("Kind of group"))
        self.doubt = Trouble(theme, self.side)
        self.add = QRadioButton(tr("&Make the offices that are missing"), self.side)
        self.leave = QRadioButton(tr("&Leave rows of unknown offices out"), self.side)
        self.leave.setChecked(True)
        self._lay_out_side()
        self._lay_out(self.side, parent)
        self.add.toggled.connect(self._on_add_toggled)
        self.group_kind.editingFinished.connect(self._on_group_kind_editing_finished)

    def _label(self, kind: str = "") -> QLabel:
        label = QLabel(self.side)
        label.setProperty("kind", kind)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _lay_out_side(self) -> None:
        theme = self._theme
        layout = QVBoxLayout(self.side)
        side = theme.px(16)
        layout.setContentsMargins(side, theme.px(12), side, side)
        layout.setSpacing(theme.px(6))
        layout.addWidget(SmallCaps(theme, tr("The sheet"), self.side))
        layout.addWidget(self.counts)
        layout.addSpacing(theme.px(10))
        self._kind_title = SmallCaps(theme, tr("Kind of group"), self.side)
        for widget in (self._kind_title, self.group_kind):
            layout.addWidget(widget)
            widget.setVisible(self._kind == "memberships")
        layout.addWidget(self.doubt)
        layout.addSpacing(theme.px(10))
        layout.addWidget(SmallCaps(theme, tr("Unknown offices"), self.side))
        layout.addWidget(self.add)
        layout.addWidget(self.leave)
        layout.addSpacing(theme.px(10))
        layout.addWidget(self.notes)
        layout.addStretch(1)

    # ------------------------------------------------------------------------------- reading

    def read(self) -> None:
        """Read the sheet in a worker and show what comes of it."""
        path, kind, group_kind = self._path, self._kind, self.group_kind.text().strip()

        def work(progress: Progress) -> Found | UserError:
            try:
                if kind == "memberships":
                    return read_memberships(path, kind=group_kind, progress=progress)
                return read_successions(path, progress=progress)
            except UserError as error:
                return error

        self._start(work, self._on_read)

    def _on_read(self, found: Found | UserError) -> None:
        if not self._open:
            return
        if isinstance(found, UserError):
            self._show_trouble(found)
            return
        self._found = found
        self._bar.setVisible(False)
        self._pages.setCurrentIndex(1)
        self._show()
        first = self.group_kind if self.doubt.text() else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------- showing

    def _show(self) -> None:
        """Show what an import would take and leave out now."""
        found, unknown = self._found, self.for_unknown()
        if found is None:
            return
        report = report_on(found)
        project, why = self._project, ""
        try:
            if isinstance(found, MembershipSheet):
                count = preview_memberships(
                    project, rows=found.rows, report=report, unknown=unknown
                )
            else:
                count = preview_successions(
                    project, rows=found.rows, report=report, unknown=unknown
                )
        except UserError as error:
            # A name that is taken is mended beside it.
            count, why = 0, say(error.message)
        self.doubt.say(why)
        self.rows.set_rows(*_shown(found))
        left = list(report.of_kind("left out"))
        self._show_left(
            (tr("What"), tr("Why")), [(say(one.what), say(one.why)) for one in left[:SHOWN]]
        )
        self.left_header.set_right(str(len(left)))
        rows = len(found.rows) + len(found.misfits)
        self.counts.setText(tr_n("{n} row", "{n} rows", rows))
        self.notes.setText(
            "\n".join(
                f"{say(one.what)}: {say(one.why)}"
                for kind in ("uncertain", "decided")
                for one in list(report.of_kind(kind))[:4]
            )
        )
        self.header.set_right(tr_n("{n} comes in", "{n} come in", count))
        for table in (self.table, self.left_table):
            self._fit_columns(table)
        self._name_import(tr_n("&Import {n} row", "&Import {n} rows", count))
        self.import_button.setEnabled(count > 0)

    def for_unknown(self) -> Unknown:
        """Return what becomes of offices that are not in the project."""
        return "add" if self.add.isChecked() else "leave out"

    def _on_add_toggled(self) -> None:
        self._show()

    def _on_group_kind_editing_finished(self) -> None:
        if self.group_kind.isModified():
            self.group_kind.setModified(False)
            self.read()

    def _forget(self) -> None:
        self._found = None

    def _has_found(self) -> bool:
        return self._found is not None

    def _on_import_clicked(self) -> None:
        if self._found is not None:
            found, unknown = self._found, self.for_unknown()
            self.accept()
            self.import_wanted.emit(found, unknown)


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
