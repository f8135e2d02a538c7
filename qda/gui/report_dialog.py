"""Reports of imports: what came in, what was decided, what was left out and why."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from qda.gui import alerts
from qda.gui.context import Context
from qda.gui.language import current_catalogue, say, tr, tr_n
from qda.gui.models import report_model as columns
from qda.gui.models.report_model import ReportModel
from qda.gui.widgets.labels import EmptyPlace, PaneHeader
from qda.model.errors import UserError
from qda.model.import_report import (
    KIND_WORDS,
    MAIN_ITEMS,
    ImportReport,
    ImportReportId,
    KeptReport,
    kind_word,
)
from qda.store import import_reports

FEW = 200
"""Lines of one kind that are shown unfolded at once."""


class ReportDialog(QDialog):
    """List the reports at the left, the latest first, and show one at the right."""

    def __init__(
        self, context: Context, parent: QWidget, shown: ImportReport | None = None
    ) -> None:
        """Show the reports that the project keeps, and `shown` first even if it is not kept."""
        super().__init__(parent)
        self._context = context
        self._kept = import_reports.all_reports(context.bridge.project.connection)
        self._report: ImportReport | None = None
        self._passing: ImportReport | None = None
        self._head: KeptReport | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Reports of imports"))
        self._build_list()
        self._build_report()
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._left)
        self._split.addWidget(self._pages)
        self._split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._split, 1)
        layout.addWidget(self._build_footer())
        self._fit(parent)
        self.list.currentItemChanged.connect(self._on_list_current_changed)
        self.tree.selectionModel().currentChanged.connect(self._on_tree_current_changed)
        self.save_button.clicked.connect(self.save)
        self._fill(shown)

    def _build_list(self) -> None:
        self._left = QFrame(self)
        self._left.setProperty("kind", "pane")
        self.list = QListWidget(self._left)
        self.list.setAccessibleName(tr("Reports of imports"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("kind", "entries")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self._left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(PaneHeader(self._context.theme, tr("Imports"), "", self._left))
        layout.addWidget(self.list, 1)

    def _build_report(self) -> None:
        theme = self._context.theme
        page = QFrame(self)
        page.setProperty("kind", "paper")
        self._title = QLabel(page)
        self._title.setProperty("kind", "heading")
        self._facts = QLabel(page)
        self._facts.setProperty("kind", "muted")
        self._counts = QLabel(page)
        for label in (self._title, self._facts, self._counts):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._build_tree(page)
        self._line = QLabel(page)
        self._line.setProperty("kind", "muted")
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setWordWrap(True)
        self._line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._line.setMinimumHeight(theme.px(40))
        self._line.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(page)
        side = theme.px(16)
        layout.setContentsMargins(side, side, side, theme.px(8))
        layout.setSpacing(theme.px(8))
        for widget in (self._title, self._facts, self._counts):
            layout.addWidget(widget)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._line)
        self._empty = EmptyPlace(theme, "import", "", parent=self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(page)
        self._page = page

    def _build_tree(self, page: QWidget) -> None:
        theme = self._context.theme
        self.model = ReportModel(self)
        self.tree = QTreeView(page)
        self.tree.setModel(self.model)
        self.tree.setAccessibleName(tr("What became of each thing"))
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(theme.px(14))
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(columns.WHAT, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(columns.WHERE, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(columns.WHY, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(columns.COUNT, QHeaderView.ResizeMode.Fixed)
        self.tree.setColumnWidth(columns.WHAT, theme.px(220))
        self.tree.setColumnWidth(columns.WHERE, theme.px(160))
        self.tree.setColumnWidth(columns.COUNT, theme.px(70))

    def _build_footer(self) -> QWidget:
        theme = self._context.theme
        footer = QFrame(self)
        footer.setProperty("kind", "ground")
        self.save_button = QPushButton(tr("&Save as a file …"), footer)
        self.save_button.setAutoDefault(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, footer)
        buttons.rejected.connect(self.reject)
        layout = QHBoxLayout(footer)
        side = theme.px(12)
        layout.setContentsMargins(side, side, side, side)
        layout.addWidget(self.save_button)
        layout.addStretch(1)
        layout.addWidget(buttons)
        return footer

    def _fit(self, parent: QWidget) -> None:
        theme = self._context.theme
        room = parent.window().size()
        width = min(theme.px(1080), room.width() - 32)
        self.resize(width, min(theme.px(680), room.height() - 48))
        self._split.setSizes([width * 26 // 100, width * 74 // 100])

    def _fill(self, shown: ImportReport | None) -> None:
        connection = self._context.bridge.project.connection
        latest = import_reports.read(connection, self._kept[0].id) if self._kept else None
        if shown is not None and shown != latest:
            # An import that changed nothing: its report is told, but not kept.
            self._passing = shown
            QListWidgetItem(f"{shown.source}\n{_not_kept()}", self.list)
        for head in self._kept:
            item = QListWidgetItem(_title_of(head), self.list)
            item.setData(Qt.ItemDataRole.UserRole, head.id)
        if self.list.count():
            self.list.setCurrentRow(0)
        else:
            self._show(None, None)

    # ---------------------------------------------------------------------------------- showing
    def _show(self, report: ImportReport | None, head: KeptReport | None) -> None:
        self._report, self._head = report, head
        self.save_button.setEnabled(report is not None)
        self.model.set_report(report)
        self._line.clear()
        if report is None:
            self._empty.set_texts(*self._why_empty(head))
            self._pages.setCurrentWidget(self._empty)
            return
        self._pages.setCurrentWidget(self._page)
        self._title.setText(tr("Report on {name}", name=report.source))
        self._facts.setText(" · ".join(self._facts_of(report, head)))
        self._counts.setText(_counts_of(report))
        for row, kind in enumerate(self.model.kinds()):
            index = self.model.index(row, 0)
            self.tree.setFirstColumnSpanned(row, QModelIndex(), True)
            self.tree.setExpanded(index, kind != "came in" or self.model.rowCount(index) <= FEW)
        # The first line stands below in full, so that one sees what that place is for.
        self.tree.setCurrentIndex(self.model.index(0, 0, self.model.index(0, 0)))

    def _why_empty(self, head: KeptReport | None) -> tuple[str, str]:
        if head is not None:
            return tr("This report cannot be read"), tr("«qda doctor» removes it.")
        return (
            tr("No reports yet"),
            tr("After each import it stands here what came in, what was decided and what was left "
               "out."),
        )  # fmt: skip

    def _facts_of(self, report: ImportReport, head: KeptReport | None) -> list[str]:
        facts = [say(KIND_WORDS[report.kind])]
        if head is not None:
            when = current_catalogue().format_moment(head.created)
            facts.append(tr("{when} by {coder}", when=when, coder=head.coder))
        else:
            facts.append(_not_kept())
        if report.origin:
            facts.append(tr("Written by {origin}", origin=report.origin))
        return facts

    # ------------------------------------------------------------------------------------ slots

    def _on_list_current_changed(self, current: QListWidgetItem | None) -> None:
        if current is None:
            return
        kept = current.data(Qt.ItemDataRole.UserRole)
        if kept is None:
            self._show(self._passing, None)
            return
        number = ImportReportId(int(kept))
        head = next(one for one in self._kept if one.id == number)
        self._show(import_reports.read(self._context.bridge.project.connection, number), head)

    def _on_tree_current_changed(self, current: QModelIndex) -> None:
        line = self.model.line_at(current)
        if line is None:
            self._line.clear()
            return
        place = f" ({line.where})" if line.where else ""
        self._line.setText(f"{say(line.what)}{place}: {say(line.why)}")

    def save(self) -> None:
        """Ask where, and write the report as the ending says."""
        if self._report is None:
            return
        folder = self._context.settings.text("reports.folder")
        start = Path(folder) if folder else self._context.bridge.project.path.parent
        name = tr("Report on {name}", name=Path(self._report.source).stem)
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save the report"),
            str(start / f"{name}.html"),
            f"{tr('Web page')} (*.html);;{tr('Text')} (*.txt);;{tr('Markdown')} (*.md);;"
            f"{tr('Data (JSON)')} (*.json)",
        )
        if chosen:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Write the report shown."""
        from qda.formats.report_files import write_report  # lazy: start-up

        if self._report is None:
            return
        path = path if path.suffix else path.with_suffix(".html")
        try:
            write_report(path, self._report, self._head, say, current_catalogue().format_moment)
        except UserError as error:
            alerts.show_error(self, error)
            return
        self._context.settings.set("reports.folder", str(path.parent))
        self._context.bridge.told.emit(tr("Wrote {file}.", file=path.name))


def _not_kept() -> str:
    return tr("not kept, since nothing in the project changed")


def _title_of(head: KeptReport) -> str:
    """Return a report in the list: what came from where, when, and what there is to look at."""
    when = current_catalogue().format_moment(head.created)
    number = current_catalogue().format_number(head.kept)
    parts = [f"{number} {say(kind_word(MAIN_ITEMS[head.kind]))}"]
    if head.left_out:
        parts.append(tr_n("{n} left out", "{n} left out", head.left_out))
    if head.uncertain:
        parts.append(tr_n("{n} to look at", "{n} to look at", head.uncertain))
    return f"{head.source}\n{when}\n{' · '.join(parts)}"


def _counts_of(report: ImportReport) -> str:
    """Return what came in of what, in one line."""
    number = current_catalogue().format_number
    parts: list[str] = []
    for item in dict.fromkeys([*report.found, *report.kept]):
        kept = report.kept.get(item, 0)
        found = report.found.get(item, kept)
        word = say(kind_word(item))
        parts.append(
            f"{number(kept)} {word}"
            if found <= kept
            else tr("{kept} of {found} {kind}", kept=number(kept), found=number(found), kind=word)
        )
    return " · ".join(parts)
