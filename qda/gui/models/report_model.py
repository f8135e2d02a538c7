"""The lines of a report as an item model: left out, uncertain, decided, came in."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qda.gui.language import current_catalogue, say, tr
from qda.model.import_report import LINE_KINDS, ImportReport, LineKind, ReportLine

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
WHAT, WHERE, WHY, COUNT = range(4)
_GROUP = 0


def kind_headings() -> dict[LineKind, str]:
    """Return what stands above the lines of each kind."""
    return {
        "left out": tr("Left out"),
        "uncertain": tr("Uncertain, to be looked at"),
        "decided": tr("Decided"),
        "came in": tr("Came in"),
    }


class ReportModel(QAbstractItemModel):
    """Headings with the lines below; a row is made only when it is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._groups: list[tuple[LineKind, tuple[ReportLine, ...]]] = []

    def set_report(self, report: ImportReport | None) -> None:
        """Show another report."""
        self.beginResetModel()
        self._groups = []
        for kind in LINE_KINDS:
            lines = report.of_kind(kind) if report is not None else ()
            if lines:
                self._groups.append((kind, lines))
        self.endResetModel()

    def line_at(self, index: Index) -> ReportLine | None:
        """Return the line at an index, None for a heading."""
        if not index.isValid() or index.internalId() == _GROUP:
            return None
        return self._groups[index.internalId() - 1][1][index.row()]

    def kinds(self) -> tuple[LineKind, ...]:
        """Return the kinds of lines that there are, in the order shown."""
        return tuple(kind for kind, _lines in self._groups)

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Return the index of a heading or of a line below it."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _GROUP)

    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]
        """Return the heading above a line."""
        if not index.isValid() or index.internalId() == _GROUP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _GROUP)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows are below `parent`."""
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() != _GROUP or parent.column():
            return 0
        return len(self._groups[parent.row()][1])

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: ARG002
        """Return the number of columns."""
        return COUNT + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("What"), tr("Where"), tr("Why"), tr("Count"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let lines be chosen and headings only be read."""
        if self.line_at(index) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        line = self.line_at(index)
        if line is None:
            return self._heading_data(index, role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _cell(line, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(index.column(), Qt.Orientation.Horizontal)}: " + _cell(
                line, index.column()
            )
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _heading_data(self, index: Index, role: int) -> object:
        if not index.isValid() or index.column() != WHAT:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            kind, lines = self._groups[index.row()]
            number = current_catalogue().format_number(sum(line.count for line in lines))
            return f"{kind_headings()[kind]} ({number})"
        return None


def _cell(line: ReportLine, column: int) -> str:
    if column == WHAT:
        return say(line.what)
    if column == WHERE:
        return line.where
    if column == WHY:
        return say(line.why)
    return current_catalogue().format_number(line.count)
