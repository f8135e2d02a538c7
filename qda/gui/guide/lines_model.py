"""The lines of a guide that was read, each as what it is taken for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from qda.gui.language import tr
from qda.model.guides import GuideLine, LineKind

Index = QModelIndex | QPersistentModelIndex
KIND, NUMBER, TEXT = range(3)
_NOWHERE = QModelIndex()
_PROBE_INDENT = "\u2003\u2003"


def kind_word(kind: LineKind) -> str:
    """Return the word for a kind of line."""
    return {
        "heading": tr("Heading"),
        "question": tr("Question"),
        "probe": tr("Probe"),
        "note": tr("Left out"),
    }[kind]


class LinesModel(QAbstractTableModel):
    """Lines whose kinds can be changed."""

    kinds_changed = Signal()
    """Some line is something else now."""

    def __init__(self, lines: Sequence[GuideLine], parent: QObject | None = None) -> None:
        """Show lines as they were read."""
        super().__init__(parent)
        self._lines = list(lines)

    def lines(self) -> tuple[GuideLine, ...]:
        """Return the lines as they are now."""
        return tuple(self._lines)

    def count(self, kind: LineKind) -> int:
        """Return how many lines are of a kind."""
        return sum(one.kind == kind for one in self._lines)

    def set_kind(self, rows: Iterable[int], kind: LineKind) -> None:
        """Let lines be something else."""
        changed = [row for row in rows if self._lines[row].kind != kind]
        for row in changed:
            self._lines[row] = replace(self._lines[row], kind=kind)
            self.dataChanged.emit(self.index(row, KIND), self.index(row, TEXT))
        if changed:
            self.kinds_changed.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else TEXT + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("What it is"), tr("No."), tr("In the guide"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell; headings are bold, what is left out is muted."""
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            indent = _PROBE_INDENT if line.kind == "probe" else ""
            return (kind_word(line.kind), line.number, indent + line.text)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{kind_word(line.kind)}: {line.number} {line.text}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.text
        if role == Qt.ItemDataRole.FontRole and line.kind in ("heading", "note"):
            font = QFont()
            font.setBold(line.kind == "heading")
            font.setItalic(line.kind == "note")
            return font
        return None
